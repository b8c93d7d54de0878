import type { Evidence } from "../../../core/evidence.ts";
import { line, section, type Section } from "../../compose/draft.ts";
import type { Used } from "../../turn/turn-tools.ts";
import { gist, type Playbook, type PlaybookTurn } from "../playbook.ts";
import { definition } from "./definitions.ts";
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
        ...(period === undefined && by === "month" ? lastMonths(turn) : spanOf(period)),
        ...(by === null ? {} : { by }),
        ...(spans.length > 1 ? { compare: false } : {}),
      })),
      4,
    );
    const both = spans.length > 1 ? compared(turn, used) : null;
    return computedDraft(turn, used, {
      before: [
        definition(turn),
        both ?? extreme(turn, used[0]?.evidence[0]) ?? otherwise(turn, used[0]?.evidence.find(isChange)),
      ],
      headline: both === null,
      ...(changed.test(question) ? { first: isChange } : {}),
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

/** "By month" without a period: the last three months. */
function lastMonths({ tools }: PlaybookTurn): { from: string; to: string } {
  const now = tools.context.ctx.now();
  return { from: new Date(now.getTime() - 92 * 86_400_000).toISOString(), to: now.toISOString() };
}

const changed =
  /왜|떨어|내려|낮아|올라|높아|나빠|좋아졌|변했|바뀌|달라|\bwhy\b|\bdrop|\bf[ae]ll|\bchang|\bworse|\bbetter|\brose\b|\blower|\bdecrease|\bincrease/i;
const dropped = /떨어|내려|낮아|나빠|\bdrop|\bf[ae]ll|\bworse|\blower|\bdecrease|\bdown\b/i;
const risen = /올라|올랐|높아|좋아|\brose\b|\brise|\bbetter|\bincrease|\bimprov/i;
/** What the tool says of the period before. */
const isChange = (evidence: Evidence): boolean =>
  typeof evidence.data === "object" && evidence.data !== null && "change" in evidence.data && "after" in evidence.data;

/** Which machine has the lowest or highest OEE, where that is asked: the rows are in that order. */
function extreme(turn: PlaybookTurn, evidence: Evidence | undefined): Section | null {
  const { question } = turn.understood;
  const rows = evidence?.table?.rows ?? [];
  const by = (evidence?.data as { by?: string } | undefined)?.by;
  const low = /\bworst\b|\blowest\b|낮은|나쁜|제일\s?안|꼴찌|손실.{0,6}큰/i.test(question);
  const high = /\bbest\b|\bhighest\b|높은|좋은/i.test(question);
  if (by !== "machine" || rows.length < 2 || low === high) return null;
  const [name, value] = (low ? rows[0] : rows.at(-1)) ?? [];
  const text = low
    ? turn.say(`OEE가 가장 낮은 설비: **${name}** (${value})`, `The lowest OEE: **${name}** (${value})`)
    : turn.say(`OEE가 가장 높은 설비: **${name}** (${value})`, `The highest OEE: **${name}** (${value})`);
  return section(null, [line(text, evidence)]);
}

/** "Why did it drop" where it did not: said first. */
function otherwise(turn: PlaybookTurn, evidence: Evidence | undefined): Section | null {
  const { after, change } = (evidence?.data ?? {}) as {
    after?: { oee: number | null };
    change?: { before: { oee: number | null } };
  };
  const [was, is] = [change?.before.oee ?? null, after?.oee ?? null];
  if (was === null || is === null) return null;
  const { question } = turn.understood;
  if (dropped.test(question) && is > was)
    return section(null, [line(turn.say("떨어지지 않고 올랐습니다.", "It did not drop: it rose."), evidence)]);
  if (risen.test(question) && is < was)
    return section(null, [line(turn.say("오르지 않고 떨어졌습니다.", "It did not rise: it dropped."), evidence)]);
  return null;
}

type Total = { from: string; total: { oee: number | null } };

/** Each period by a line, the earlier first, and which way it went. */
function compared(turn: PlaybookTurn, used: Used[]): Section | null {
  const known = used
    .flatMap((one) => (one.evidence[0] ? [{ evidence: one.evidence[0], output: one.output as Total }] : []))
    .filter(({ output }) => typeof output?.total?.oee === "number")
    .toSorted((a, b) => a.output.from.localeCompare(b.output.from));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < 2) return null;
  const [was, is] = [first.output.total.oee ?? 0, last.output.total.oee ?? 0];
  const way =
    is === was
      ? turn.say("OEE는 그대로입니다.", "The OEE is the same.")
      : is > was
        ? turn.say("OEE가 올랐습니다.", "The OEE went up.")
        : turn.say("OEE가 떨어졌습니다.", "The OEE went down.");
  return section(null, [
    line(way, [first.evidence, last.evidence]),
    ...known.map(({ evidence }) => line(gist(evidence), evidence, "bullet")),
  ]);
}

function rowsAsked(question: string): "machine" | "day" | "week" | "month" | null {
  if (/\b(?:by|per|each|every) (?:machine|equipment|line)|설비별|기계별|호기별|라인별|장비별/i.test(question))
    return "machine";
  if (/\b(?:by|per|each|every) day\b|\bdaily\b|일별|날짜별|일자별|매일/i.test(question)) return "day";
  if (/\b(?:by|per|each|every) week\b|\bweekly\b|주별|주간별|매주/i.test(question)) return "week";
  return /\b(?:by|per|each|every) month\b|\bmonthly\b|월별|매월|달별/i.test(question) ? "month" : null;
}
