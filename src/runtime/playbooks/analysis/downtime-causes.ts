import { line } from "../../compose/draft.ts";
import type { Playbook, PlaybookTurn } from "../playbook.ts";
import { recordsPlaybook } from "../records.ts";
import { computedDraft, equipmentOf, spanOf } from "./computed.ts";

const whichMachine =
  /\bwhich (?:machine|line|equipment|unit)\b|(?:어느|어떤|선|멈춘|있던|정지한)\s?(?:설비|기계|장비|라인|호기)/i;

/** What stood still longest: stops by reason, or machines by the time of their stops. Planned ones only where asked for. */
export const downtimeCausesPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood } = turn;
    const { question } = understood;
    if (whichMachine.test(question)) return await byMachine(turn);
    const used = await turn.tools.use("planner", "list_downtime", {
      ...equipmentOf(turn),
      ...spanOf(understood.periods[0]),
      ...plannedOf(question),
      limit: 5,
    });
    return computedDraft(turn, [used], {
      details: 10,
      // The stops themselves: their reasons were asked for.
      without: /^(?:- )?(?:번호|number):|건만 표시|shown/i,
      next: [
        line(
          turn.say(
            "맨 위 사유의 작업지시와 그 정지 전에 달라진 센서를 보세요 (“멈추기 전에 뭐가 달라졌어”).",
            "Look at the work orders of the first reason, and at what drifted before those stops (“what drifted before the last stops”).",
          ),
          [],
          "bullet",
        ),
      ],
    });
  },
};

function plannedOf(question: string): { planned?: boolean } {
  if (/\ball stops\b|\bincluding planned\b|계획\s?포함|전체\s?정지/i.test(question)) return {};
  return {
    planned: /\bplanned\b(?!.*\bunplanned)|계획\s?정지|예방/i.test(question) && !/\bunplanned|비계획/i.test(question),
  };
}

/** Machines by the sum of their stops, the longest first: counted by the records' playbook. */
async function byMachine(turn: PlaybookTurn) {
  const { understood } = turn;
  const [period] = understood.periods;
  const { planned } = plannedOf(understood.question);
  const ids = understood.machines.map((machine) => machine.id);
  const reasons = understood.records?.records === "downtimes" ? understood.records.where : [];
  return await recordsPlaybook.run({
    ...turn,
    understood: {
      ...understood,
      compared: [],
      records: {
        records: "downtimes",
        where: [
          ...(ids.length > 0 ? [{ field: "equipment_id", op: "in" as const, value: ids }] : []),
          ...(planned === undefined ? [] : [{ field: "planned", op: "eq" as const, value: planned }]),
          ...reasons.filter((one) => one.field === "reason_code" || one.field === "reason"),
          ...(period?.from ? [{ field: "started_at", op: "gte" as const, value: new Date(period.from) }] : []),
          ...(period?.to ? [{ field: "started_at", op: "lt" as const, value: new Date(period.to) }] : []),
        ],
        measure: { kind: "sum", field: "duration_minutes" },
        groupBy: [{ field: "equipment_id" }],
      },
    },
  });
}
