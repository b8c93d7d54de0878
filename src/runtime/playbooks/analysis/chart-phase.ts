import type { Condition } from "../../../plant/records.ts";
import type { PlaybookTurn } from "../playbook.ts";

const phase =
  /\b(?:phase|stage)\s?-?(i{1,3}|[1-3]|one|two|three)\b|(?<!\d)([1-3])\s?단계|단계\s?(i{1,3}|[1-3])(?!\d)|페이즈\s?([1-3])/gi;
const numberOf: Record<string, number> = { i: 1, one: 1, ii: 2, two: 2, iii: 3, three: 3, 1: 1, 2: 2, 3: 3 };
const forLimits =
  /\blimits?\b.{0,20}\b(?:from|of|by|based on|using|with)\b|\b(?:based on|calibrat\w+|judged? by|estimat\w+ from)\b|한계|기준|판정|잡[고아은]/i;

/** Phases that a text names, as their numbers. */
export function phasesSaid(text: string): number[] {
  return [...text.matchAll(phase)].flatMap((match) => {
    const said = match.slice(1).find((part) => part !== undefined);
    return said === undefined ? [] : (numberOf[said.toLowerCase()] ?? []);
  });
}

/**
 * "phase I" where inspections of these conditions carry such a label: only these records, or, where the question says
 * so or names both phases, the points that limits come from.
 */
export async function phaseArguments(
  turn: PlaybookTurn,
  where: Condition[],
): Promise<{ lot?: string; phase_one?: string }> {
  const said = phasesSaid(turn.understood.question);
  const [first] = said;
  if (first === undefined) return {};
  const { mes, ctx } = turn.tools.context;
  const { groups } = await mes.aggregate({
    records: "inspections",
    where,
    timeZone: ctx.timeZone,
    measure: { kind: "count" },
    groupBy: [{ field: "lot_id" }],
    limit: 100,
  });
  const labels = groups.map(({ key }) => key[0]).filter((one): one is string => typeof one === "string");
  const label = labels.find((one) => phasesSaid(/^(?:i{1,3}|[1-3])$/i.test(one) ? `phase ${one}` : one)[0] === first);
  if (label === undefined) return {};
  return new Set(said).size > 1 || forLimits.test(turn.understood.question) ? { phase_one: label } : { lot: label };
}
