import { line } from "../../compose/draft.ts";
import type { Playbook, PlaybookTurn } from "../playbook.ts";
import { askBack, computedDraft, spanOf, useEach } from "./computed.ts";

/** What left its ordinary level before the last stops or alarms of a machine. */
export const driftPlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood } = turn;
    if (understood.machines.length === 0)
      return askBack(
        turn,
        "어느 설비가 멈추기 전(알람 전)을 볼까요? 설비 번호를 알려 주세요.",
        "Before the stops (or alarms) of which machine? Name it.",
      );
    const code = understood.codes.find((one) => !/\d\.\d/.test(one.code))?.code ?? understood.listedCodes[0];
    const { tags } = understood;
    const used = await useEach(
      turn,
      "maintenance",
      "find_drift",
      understood.machines.map(({ id }) => ({
        equipment: id,
        ...optional(
          "tags",
          tags.filter((tag) => tag.equipmentId === id).map((tag) => tag.id),
        ),
        count: eventsAsked(understood.question),
        ...(code === undefined ? (alarms(understood.question) ? { before: "alarms" } : {}) : { code }),
        ...spanOf(understood.periods[0]),
      })),
      3,
    );
    return computedDraft(turn, used, { others: 5, details: 9, next: [nextLine(turn)] });
  },
};

function nextLine(turn: PlaybookTurn) {
  return line(
    turn.say(
      "먼저 움직인 센서가 원인이라는 뜻은 아닙니다. 같은 때의 작업·알람 이력을 함께 보고, 지금 값이 평소와 같은지 확인하세요.",
      "What moved first need not be the cause. Look at work and alarms of the same hours, and whether it is normal now.",
    ),
    [],
    "bullet",
  );
}

function optional(name: string, values: string[]): Record<string, string[]> {
  return values.length > 0 ? { [name]: values } : {};
}

const alarms = (question: string): boolean =>
  /\balarms?\b|\balerts?\b|\banomal|알람|경보|알림|이상/i.test(question) &&
  !/\bstop|\bdowntime|멈|정지|섰|서기/i.test(question);

const words: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  두: 2,
  세: 3,
  네: 4,
  다섯: 5,
  여섯: 6,
};

/** "the last three stops", "지난 세 번", "최근 5회"; one for "the last stop"; three where nothing is said. */
export function eventsAsked(question: string): number {
  const match =
    /\b(?:last|latest|past|recent|previous)\s+(\d{1,2}|two|three|four|five|six)\b(?!\s*(?:hours?|days?|weeks?|months?|years?))|(\d{1,2}|두|세|네|다섯|여섯)\s?(?:번|회|차례)/i.exec(
      question,
    );
  const said = (match?.[1] ?? match?.[2] ?? "").toLowerCase();
  const count = words[said] ?? Number(said);
  if (said !== "" && count >= 1) return Math.min(10, count);
  return /\bthe (?:last|latest) (?:stop|alarm|trip|failure|breakdown|shutdown|stoppage|time)\b|마지막|가장 최근/i.test(
    question,
  )
    ? 1
    : 3;
}
