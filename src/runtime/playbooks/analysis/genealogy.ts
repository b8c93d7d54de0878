import type { Row } from "../../../plant/records.ts";
import type { Playbook, PlaybookTurn } from "../playbook.ts";
import { draft, line, section, type Draft } from "../../compose/draft.ts";
import { computedDraft, spanOf } from "./computed.ts";

/** What went into a lot and where it went. Which lot is asked where none is named; those that failed are offered. */
export const genealogyPlaybook: Playbook = {
  agents: ["quality"],
  async run(turn) {
    const { understood } = turn;
    const named = understood.recordIds.filter((one) => one.records === "lots").map((one) => one.id);
    const lots = named.length > 0 ? named : understood.contextLots;
    if (lots.length === 0) return await whichLot(turn);
    const direction = directionAsked(understood.question);
    const used = await turn.tools.use("quality", "trace_lots", {
      lot: lots.slice(0, 4),
      ...(direction === null ? {} : { direction }),
    });
    return computedDraft(turn, [used], { details: 12, others: 4, table: true, noneIsAnswer: used.ok });
  },
};

/** Lots with rejects of late, newest first, so that the next reply can name one. */
async function whichLot(turn: PlaybookTurn): Promise<Draft> {
  const { machines } = turn.understood;
  const ids = machines.map((machine) => machine.id);
  const failed = await turn.tools.use("quality", "query_records", {
    records: "inspections",
    where: [
      { field: "lot_id", op: "not_null" },
      { field: "result", op: "in", value: ["fail", "failed", "reject", "rejected", "NG", "불합격"] },
      ...(ids.length > 0 ? [{ field: "equipment_id", op: "in", value: ids }] : []),
      ...Object.entries(spanOf(turn.understood.periods[0])).map(([end, value]) => ({
        field: "inspected_at",
        op: end === "from" ? "gte" : "lt",
        value,
      })),
    ],
    orderBy: { field: "inspected_at", direction: "desc" },
    limit: 8,
  });
  const rows = (failed.output as { rows?: Row[] } | null)?.rows ?? [];
  const byLot = Map.groupBy(rows, (row) => String(row["lot_id"]));
  const shown = [...byLot].slice(0, 5).map(([lot, own]) => {
    const what = [own[0]?.["product"], own[0]?.["defect"] ?? own[0]?.["characteristic"]].filter(Boolean).join(" · ");
    return line(what === "" ? lot : `${lot} — ${what}`, failed.evidence, "bullet");
  });
  return draft(
    [
      section(null, [
        line(
          turn.say(
            "어느 로트입니까? 로트 번호를 알려 주시면 무엇으로 만들었고 어디로 갔는지 찾겠습니다.",
            "Which lot? Give its number and I trace what went into it and where it went.",
          ),
        ),
      ]),
      section(turn.say("최근 불합격한 로트", "Lots that failed of late"), shown),
    ],
    true,
  );
}

/** Back: what it was made of. Forward: where it went. Null for both. */
export function directionAsked(question: string): "back" | "forward" | null {
  if (/같은|동일|\bsame\b/i.test(question)) return null;
  if (
    /\bwhat (?:went|goes|was put) into\b|에\s?(?:들어간|투입(?:된|한)|쓰인)\s?(?:자재|원자재|원료|소재|로트|거|것|게)/i.test(
      question,
    )
  )
    return "back";
  const back =
    /\b(?:come from|came from|made (?:from|of|out of)|used (?:to make|for making|for)|contains?|suppliers?|upstream|backwards?)\b|역\s?추적|무슨\s?(?:자재|원자재|원료|소재)|어디서\s?(?:왔|온)|뭐로\s?만들|공급/i.test(
      question,
    );
  const forward =
    /\b(?:go|goes|gone|went|end(?:ed)? up|shipped|customers?|downstream|forward|affected)\b|정\s?추적|어디(?:로|에|까지)|쓴\s?(?:제품|로트|데|곳)|쓰인|퍼졌|고객|출하|나갔/i.test(
      question,
    );
  return back === forward ? null : back ? "back" : "forward";
}
