import type { Evidence } from "../../core/evidence.ts";
import { placeText, unreadText, type NothingFoundData } from "../../tools/knowledge/nothing-found.ts";
import { draft, line, section, type Draft } from "../compose/draft.ts";
import type { PlaybookTurn } from "./playbook.ts";

/**
 * "I don't know", with what is known nearby: the closest passages by title (`near`, or what the search's own "nothing"
 * names), and documents whose pages could not be read, because the answer may stand there.
 */
export function nothingFoundDraft(turn: PlaybookTurn, found: Evidence[], near: Evidence[] = []): Draft {
  const nothing = found.find((one) => (one.data as { found?: boolean } | undefined)?.found === false);
  const data = nothing?.data as Partial<NothingFoundData> | undefined;
  const { language } = turn.understood;
  const places =
    near.length > 0
      ? near
          .slice(0, 3)
          .map((one) => line(placeText({ label: one.source.label, page: one.source.page ?? null }), one, "bullet"))
      : (data?.nearest ?? []).map((one) => line(placeText(one), nothing, "bullet"));
  const unread = (data?.unread ?? []).map((one) => line(unreadText(one, language), nothing, "bullet"));
  return draft(
    [
      section(null, [
        line(
          turn.say(
            "등록된 문서와 기록에서 답을 찾지 못했습니다. 모르는 것은 지어내지 않습니다.",
            "I found no answer in the plant's documents and records, and I don't make one up.",
          ),
          nothing,
        ),
      ]),
      places.length > 0
        ? section(turn.say("가장 가까운 곳 (답은 아닙니다)", "The nearest places (not the answer)"), places)
        : null,
      unread.length > 0
        ? section(
            turn.say("읽지 못한 것 (답이 여기 있을 수 있습니다)", "Not readable (the answer may stand there)"),
            unread,
          )
        : null,
      section(null, [
        line(
          turn.say(
            "설비 번호, 알람 코드, 증상 가운데 하나를 넣어 다시 물어봐 주세요.",
            "Ask again with a machine id, an alarm code or a symptom.",
          ),
        ),
      ]),
    ],
    true,
  );
}
