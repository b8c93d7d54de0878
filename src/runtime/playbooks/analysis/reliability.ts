import { line } from "../../compose/draft.ts";
import type { Playbook, PlaybookTurn } from "../playbook.ts";
import { definition } from "./definitions.ts";
import { recordsPlaybook } from "../records.ts";
import { computedDraft, equipmentOf, spanOf } from "./computed.ts";

/** MTBF, MTTR, life and bad actors of the machines named, or of the plant. */
export const reliabilityPlaybook: Playbook = {
  agents: ["maintenance"],
  async run(turn) {
    const { understood } = turn;
    if (whichPart.test(understood.question)) return await byComponent(turn);
    const used = await turn.tools.use("maintenance", "review_reliability", {
      ...equipmentOf(turn),
      ...spanOf(understood.periods[0]),
      ...component(turn),
      ...(/비가동|정지(?!\s?없)|(?:자주|많이|잘)\s?(?:서[는나냐네던]|섰|멈)|\bstop(?:s|ped)?\b|\bdowntime\b/i.test(
        understood.question,
      )
        ? { basis: "downtimes" }
        : {}),
    });
    const several = ((used.output as { units?: unknown[] } | null)?.units?.length ?? 0) > 1;
    const causes = /원인|잦은\s?고장|흔한\s?고장|\bcauses?\b|\bfailure modes?\b/i.test(understood.question);
    const machines = causes ? used.evidence.at(-1) : several ? used.evidence[1] : undefined;
    return computedDraft(turn, [used], {
      before: [definition(turn)],
      details: 8,
      others: 4,
      table: true,
      // "Which machine" is answered by the comparison of machines, not by the plant's MTBF.
      ...(machines && (causes || which.test(understood.question)) && !/믿을|reliable/i.test(understood.question)
        ? { first: (one) => one.id === machines.id }
        : {}),
      next: [
        line(
          turn.say(
            "많은 고장의 원인이 같은지 작업지시 내용을 보고, 예방정비 주기를 그에 맞춰 보세요.",
            "See in the work orders whether the failures have one cause, and fit the preventive interval to it.",
          ),
          [],
          "bullet",
        ),
      ],
    });
  },
};

const whichPart = /\bwhich (?:parts?|components?)\b|(?:어느|어떤|무슨)\s?(?:부품|부위|구성품|파트)/i;

/** Components by the number of their corrective work orders: counted by the records' playbook. */
async function byComponent(turn: PlaybookTurn) {
  const { understood } = turn;
  const [period] = understood.periods;
  const ids = understood.machines.map((machine) => machine.id);
  return await recordsPlaybook.run({
    ...turn,
    understood: {
      ...understood,
      compared: [],
      records: {
        records: "work_orders",
        where: [
          ...(ids.length > 0 ? [{ field: "equipment_id", op: "in" as const, value: ids }] : []),
          { field: "preventive", op: "eq" as const, value: false },
          { field: "component", op: "not_null" as const },
          ...(period?.from ? [{ field: "finished_at", op: "gte" as const, value: new Date(period.from) }] : []),
          ...(period?.to ? [{ field: "finished_at", op: "lt" as const, value: new Date(period.to) }] : []),
        ],
        measure: { kind: "count" },
        groupBy: [{ field: "component" }],
      },
    },
  });
}

const which =
  /\bwhich\b|\bworst\b|\bbad[\s-]actors?\b|\bmost\b|\bproblem machines?|\bvs\b|\bversus\b|비교|더\s|순으로|순위|\brank|어느|어떤|제일|가장|고질|말썽|골칫|속\s?썩/i;

/** A failure code or a component that the question names by the plant's own words. */
function component({ understood }: PlaybookTurn): { code?: string; component?: string } {
  const where: readonly object[] = understood.records?.where ?? [];
  const text = (field: string): string | null => {
    const found = where.find((one) => "field" in one && one.field === field && "value" in one) as
      | { value: unknown }
      | undefined;
    const value = Array.isArray(found?.value) ? found.value[0] : found?.value;
    return typeof value === "string" ? value : null;
  };
  const [code, part] = [text("primary_code"), text("component")];
  // A code that is only guessed from words ("고장" for some code's description) would hide the other failures.
  const spelled = code !== null && understood.question.toLowerCase().includes(code.toLowerCase());
  return { ...(spelled ? { code } : {}), ...(part === null ? {} : { component: part }) };
}
