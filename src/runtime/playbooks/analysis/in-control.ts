import type { Evidence } from "../../../core/evidence.ts";
import type { Equipment } from "../../../plant/mes-store.ts";
import { draft, line, section, type Draft } from "../../compose/draft.ts";
import type { Playbook, PlaybookTurn } from "../playbook.ts";
import { phaseArguments } from "./chart-phase.ts";
import { chartWords } from "./chart-words.ts";
import { conditionsOf, meantCharacteristics, numbered } from "./characteristics.ts";
import { definition } from "./definitions.ts";
import { askBack, computedDraft, equipmentOf, spanOf, useEach } from "./computed.ts";

const mostCharts = 3;
const mostNamed = 20;
const capability = /\bc?pp?k\b|\bcpm\b|\bcp\b|capab|공정\s?능력|능력\s?지수/i;

/** A control chart's verdict and capability in words; the chart itself travels as the evidence's data. */
export const inControlPlaybook: Playbook = {
  agents: ["quality"],
  async run(turn) {
    const { understood } = turn;
    const meant = await meantCharacteristics(turn, mostCharts);
    if (meant.unknown) return notInspected(turn, meant.unknown);
    const [first] = meant.charted;
    const line2 = understood.machines.length > 0 ? null : numbered(understood.question, meant.on);
    if (line2 && line2.number !== null && line2.machines.length === 0 && meant.on.length > 0)
      return whichMachine(
        turn,
        line2.number,
        meant.named ? (first?.characteristic ?? first?.product ?? null) : null,
        meant.on,
      );
    const machines =
      line2 && line2.machines.length > 0
        ? { equipment: line2.machines.map(({ id }) => id).join(", ") }
        : equipmentOf(turn);
    const lot = understood.recordIds.find((one) => one.records === "lots")?.id;
    const used = await useEach(
      turn,
      "quality",
      "check_control_limits",
      await Promise.all(
        meant.charted.slice(0, mostCharts).map(async ({ characteristic, product }) => ({
          ...machines,
          ...(characteristic === null ? {} : { characteristic }),
          ...(product === null ? {} : { product }),
          ...(lot === undefined ? {} : { lot }),
          ...(await phaseArguments(turn, conditionsOf({ characteristic, product }))),
          ...chartWords(understood.question),
          ...spanOf(understood.periods[0]),
        })),
      ),
      mostCharts,
    );
    const unstable = used.some(({ evidence }) => evidence.some(isUnstable));
    return computedDraft(turn, used, {
      before: [definition(turn)],
      basis: turn.say("한계와 근거", "Limits and what they rest on"),
      details: 14,
      others: 6,
      ...(meant.named ? {} : { first: isUnstable }),
      ...(capability.test(understood.question) ? { lead: /\bC?pp?k? \d/ } : {}),
      next: [
        unstable
          ? line(
              turn.say(
                "규칙을 어긴 점의 시각에 있던 알람·교체·자재 로트를 보세요. 안정되기 전의 공정능력은 약속이 아닙니다.",
                "Look at alarms, changes and material lots at the hours of those points. Capability before stability is no promise.",
              ),
              [],
              "bullet",
            )
          : null,
      ],
    });
  },
};

const isUnstable = (one: Evidence): boolean => (one.data as { inControl?: boolean } | undefined)?.inControl === false;

/** What was named is not inspected: what there is to chart is said instead of charting something else. */
function notInspected(turn: PlaybookTurn, { named, instead }: { named: string; instead: string[] }): Draft {
  const more = instead.length > mostNamed ? ` … +${instead.length - mostNamed}` : "";
  const list = `${instead.slice(0, mostNamed).join("; ")}${more}`;
  return askBack(
    turn,
    `“${named}”의 검사 기록을 찾지 못했습니다. 관리도를 그릴 수 있는 것: ${list}. 어느 것입니까?`,
    `I found no inspections of “${named}”. There is to chart: ${list}. Which one is meant?`,
  );
}

/** "line 2" where no machine of that number has such inspections: those that have are named. */
function whichMachine(turn: PlaybookTurn, number: string, characteristic: string | null, on: Equipment[]): Draft {
  const ids = on.map((one) => one.id).join(", ");
  return draft(
    [
      section(null, [
        line(
          characteristic === null
            ? turn.say(
                `검사 기록이 있는 ${number}번 라인·설비를 찾지 못했습니다. 기록이 있는 설비: ${ids}. 어느 설비입니까?`,
                `I found no line or machine ${number} with inspections. There are some for ${ids}. Which one is meant?`,
              )
            : turn.say(
                `“${characteristic}” 검사 기록이 있는 ${number}번 라인·설비를 찾지 못했습니다. 이 특성은 ${ids}에서 검사합니다. 어느 설비입니까?`,
                `I found no line or machine ${number} where “${characteristic}” is inspected. It is inspected on ${ids}. Which one is meant?`,
              ),
        ),
      ]),
    ],
    true,
  );
}
