import { line } from "../../compose/draft.ts";
import type { Playbook } from "../playbook.ts";
import { computedDraft, equipmentOf, spanOf, useEach } from "./computed.ts";

/** OEE of a period, of each of several periods, and why it changed; the tool compares with the period before. */
export const oeePlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood } = turn;
    const { periods, question } = understood;
    const spans = periods.length > 0 ? periods : [undefined];
    const by = rowsAsked(question);
    const used = await useEach(
      turn,
      "planner",
      "oee",
      spans.map((period) => ({
        ...equipmentOf(turn),
        ...spanOf(period),
        ...(by === null ? {} : { by }),
        ...(spans.length > 1 ? { compare: false } : {}),
      })),
      4,
    );
    return computedDraft(turn, used, {
      details: 10,
      others: 6,
      table: true,
      next: [
        line(
          turn.say(
            "가장 큰 손실부터 보세요: 비가동이면 사유별 정지와 작업지시, 성능이면 짧은 멈춤과 사이클 시간, 품질이면 불량 유형과 검사 기록.",
            "Begin with the largest loss: stops by reason and work orders for availability, short stops and cycle times for performance, defects and inspections for quality.",
          ),
          [],
          "bullet",
        ),
      ],
    });
  },
};

function rowsAsked(question: string): "machine" | "day" | "week" | "month" | null {
  if (/\b(?:by|per|each|every) (?:machine|equipment|line)|설비별|기계별|호기별|라인별|장비별/i.test(question))
    return "machine";
  if (/\b(?:by|per|each|every) day\b|\bdaily\b|일별|날짜별|일자별|매일/i.test(question)) return "day";
  if (/\b(?:by|per|each|every) week\b|\bweekly\b|주별|주간별|매주/i.test(question)) return "week";
  return /\b(?:by|per|each|every) month\b|\bmonthly\b|월별|매월|달별/i.test(question) ? "month" : null;
}
