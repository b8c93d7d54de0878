import type { Period } from "../../core/periods/period.ts";
import { draft, line, section } from "../compose/draft.ts";
import { factsSection, failureLine, type Playbook, type PlaybookTurn } from "./playbook.ts";

const mostSingly = 4;

/** Work orders that one visit could have done: neighbours in time, per machine. */
export const bundlesPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { understood, tools } = turn;
    const ids = understood.machines.map(({ id }) => id);
    // A few machines are told one by one, many of them together.
    const asked = ids.length > mostSingly ? [ids.join(", ")] : ids.length > 0 ? ids : [null];
    const gap = gapDays(understood.question);
    const preventive = preventiveOf(turn);
    // "2주 이내" says how close, not when.
    const period = joined(understood.periods.filter(({ label }) => !/이내|간격|within|apart/i.test(label)));
    const used = await Promise.all(
      asked.map((equipment) =>
        tools.use("planner", "bundle_work_orders", {
          ...(equipment === null ? {} : { equipment }),
          ...(period?.from ? { from: period.from } : {}),
          ...(period?.to ? { to: period.to } : {}),
          ...(preventive === null ? {} : { preventive }),
          ...(gap === null ? {} : { max_gap_days: gap }),
        }),
      ),
    );
    const evidence = used.flatMap((one) => one.evidence);
    const failed = used.map(failureLine).filter((one) => one !== null);
    const unsaid =
      gap === null && evidence.length > 0
        ? line(
            turn.say(
              "간격을 말하지 않아 14일로 보았습니다. “7일 이내로”처럼 바꿀 수 있습니다.",
              "No gap was given, so 14 days were taken; say “within 7 days” for another.",
            ),
          )
        : null;
    return draft(
      [
        factsSection(turn.say("작업지시 묶음", "Bundles of work orders"), evidence, { details: true }),
        section(null, [unsaid, ...failed]),
      ],
      evidence.length === 0,
    );
  },
};

/** "2017, 2018 and 2019" is one stretch: a bundle may cross New Year. What does not touch the first is no part of it. */
function joined(periods: Period[]): Pick<Period, "from" | "to"> | null {
  const ordered = periods.toSorted((a, b) => (a.from ?? "").localeCompare(b.from ?? ""));
  const [first, ...others] = ordered;
  if (!first) return null;
  let { to } = first;
  for (const other of others)
    if (to !== null && other.from !== null && other.from <= to) to = other.to === null || other.to > to ? other.to : to;
  return { from: first.from, to };
}

/** Preventive or corrective, as the records' values or the plain words say; null for both. */
function preventiveOf({ understood }: PlaybookTurn): boolean | null {
  const linked = understood.records?.where.find((one) => one.field === "preventive" && one.op === "eq");
  if (linked && "value" in linked && typeof linked.value === "boolean") return linked.value;
  if (/\bcorrective\b|사후|고장\s?(?:수리|정비)|돌발/i.test(understood.question)) return false;
  return /\bpreventive\b|예방|계획\s?정비/i.test(understood.question) ? true : null;
}

const numbers: Record<string, number> = {
  a: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  한: 1,
  두: 2,
  세: 3,
  네: 4,
};
const unitDays = (unit: string): number =>
  /^(?:week|주|wk)/i.test(unit) ? 7 : /^(?:month|달|개월)/i.test(unit) ? 30 : 1;

/** "14 days", "two weeks", "2주", "14일 이내", "보름"; null where no gap is said. A date's day is none. */
export function gapDays(question: string): number | null {
  if (/보름/.test(question)) return 15;
  for (const match of question.matchAll(
    /(?<!\d|월\s?)(\d{1,3}|a|one|two|three|four|한|두|세|네)[\s-]?(days?|weeks?|months?|일|주일?|달|개월)(?![가-힣]*(?:부터|까지(?!\s?간격)))/gi,
  )) {
    const count = Number(match[1]) || numbers[(match[1] ?? "").toLowerCase()];
    if (count) return count * unitDays(match[2] ?? "");
  }
  return null;
}
