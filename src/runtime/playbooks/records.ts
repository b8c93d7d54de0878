import type { EvidenceTable } from "../../core/evidence.ts";
import { formatNumber } from "../../core/format/format.ts";
import { withParticle } from "../../core/language/script.ts";
import { catalogue, fieldOf } from "../../plant/mes/catalogue.ts";
import { recordsLabel } from "../../tools/records/describe-query.ts";
import type { RecordsAnswer } from "../../tools/records/answer-records.ts";
import { measureLabel, valueText } from "../../tools/records/answer-records.ts";
import type { RecordsQuestion } from "../../tools/records/query.ts";
import { draft, line, section, type Section } from "../compose/draft.ts";
import { failureLine, restOf, type Playbook, type PlaybookTurn } from "./playbook.ts";

/** Counts, lists and groupings: the number first, then what it was counted over, then the rows. */
export const recordsPlaybook: Playbook = {
  agents: ["planner"],
  async run(turn) {
    const { records, compared } = turn.understood;
    if (!records)
      return draft(
        [
          section(null, [
            line(turn.say("어떤 기록을 말하는지 알 수 없습니다.", "It is not clear which records are meant.")),
          ]),
        ],
        true,
      );
    if (compared.length > 1) {
      const sections = await Promise.all(compared.map((one) => answerSection(turn, one.question, one.label)));
      return draft(
        sections.map((one) => one.section),
        sections.every((one) => one.empty),
      );
    }
    const answer = await answerSection(turn, records, null);
    const days =
      records.measure?.kind === "distinct" && records.measure.bucket === "day"
        ? await daysSection(turn, records)
        : null;
    return draft([answer.section, days], answer.empty);
  },
};

async function answerSection(
  turn: PlaybookTurn,
  question: RecordsQuestion,
  label: string | null,
): Promise<{ section: Section; empty: boolean }> {
  const used = await turn.tools.use("planner", "query_records", toInput(question));
  const [evidence] = used.evidence;
  if (!used.ok || !evidence) return { section: section(label, [failureLine(used)]), empty: true };
  const answer = used.output as Omit<RecordsAnswer, "evidence">;
  const { language } = turn.understood;
  const name = recordsLabel(question.records, language);
  const over = answer.reading === "" ? "" : ` (${answer.reading})`;
  if (answer.total === 0) {
    const coverage = restOf(evidence).at(-1);
    return {
      section: section(label, [
        line(turn.say(`${name}${over}: **없습니다**.`, `${capital(name)}${over}: **none**.`), evidence),
        coverage ? line(coverage, evidence) : null,
      ]),
      // Nothing of this kind is kept here at all: that answers nothing.
      empty: /아예 없습니다|on record at all/.test(coverage ?? "") && turn.understood.periods.length === 0,
    };
  }
  const headline = line(headlineText(turn, question, answer, `${name}${over}`), evidence);
  const top = topLine(turn, question, answer);
  const table =
    answer.groups.length > 0 ? groupTable(turn, question, answer, evidence.table) : rowTable(question, evidence.table);
  const listed =
    answer.groups.length === 0 && answer.total > (table?.rows.length ?? 0)
      ? line(
          turn.say(
            `${answer.total}건 가운데 ${table?.rows.length ?? 0}건을 보입니다.`,
            `Showing ${table?.rows.length ?? 0} of ${answer.total}.`,
          ),
          evidence,
        )
      : null;
  const days = question.measure?.kind === "distinct" && answer.groups.length === 0;
  return {
    section: section(
      label,
      [headline, top ? line(top, evidence) : null, days ? null : listed],
      days ? undefined : table,
    ),
    empty: false,
  };
}

function headlineText(
  turn: PlaybookTurn,
  question: RecordsQuestion,
  answer: Omit<RecordsAnswer, "evidence">,
  subject: string,
): string {
  const { language } = turn.understood;
  const measure = question.measure ?? { kind: "count" as const };
  if (measure.kind === "count")
    return turn.say(
      `${subject}: **${formatNumber(answer.total)}건**`,
      `${capital(subject)}: **${formatNumber(answer.total)}**`,
    );
  const value = valueText(question, measure, answer.value, language);
  if (measure.kind === "distinct" && measure.bucket === "day")
    return turn.say(
      `${withParticle(subject, "이", "가")} 있었던 날: **${value}일**`,
      `Days with ${subject}: **${value}**`,
    );
  return turn.say(
    `${subject} — ${measureLabel(question, measure, language)}: **${value}** (${formatNumber(answer.total)}건)`,
    `${capital(subject)} — ${measureLabel(question, measure, language)}: **${value}** (${formatNumber(answer.total)} records)`,
  );
}

/** "Which … most": the winner in words, ties included. */
function topLine(
  turn: PlaybookTurn,
  question: RecordsQuestion,
  answer: Omit<RecordsAnswer, "evidence">,
): string | null {
  const [first] = answer.groups;
  if (!first || answer.groups.length < 2 || (question.groupBy ?? []).length !== 1) return null;
  const ordered = [...answer.groups]
    .filter((group) => group.key[0] !== null)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const best = ordered.filter((group) => group.value === ordered[0]?.value);
  if (best.length === 0 || best.length > 3 || best.length === ordered.length) return null;
  const names = best.map((group) => group.label).join(", ");
  const value = valueText(
    question,
    question.measure ?? { kind: "count" },
    best[0]?.value ?? null,
    turn.understood.language,
  );
  return turn.say(`가장 많은 것: ${names} (${value})`, `The most: ${names} (${value})`);
}

/** Groups with their share of the whole, where a share makes sense. */
function groupTable(
  turn: PlaybookTurn,
  question: RecordsQuestion,
  answer: Omit<RecordsAnswer, "evidence">,
  table: EvidenceTable | undefined,
): EvidenceTable | undefined {
  if (!table) return undefined;
  const measure = question.measure ?? { kind: "count" as const };
  const whole = answer.groups.reduce((sum, group) => sum + (group.value ?? 0), 0);
  if (!["count", "sum"].includes(measure.kind) || whole === 0)
    return { ...table, rows: table.rows.slice(0, question.limit ?? 40) };
  return {
    columns: [...table.columns, turn.say("비율", "share")],
    total: answer.groupCount,
    rows: table.rows
      .slice(0, question.limit ?? 40)
      .map((row, index) => [...row, `${((100 * (answer.groups[index]?.value ?? 0)) / whole).toFixed(1)}%`]),
  };
}

/** At most seven columns: those that tell the rows apart first. */
function rowTable(question: RecordsQuestion, table: EvidenceTable | undefined): EvidenceTable | undefined {
  if (!table || table.rows.length === 0) return undefined;
  const differs = table.columns.map((_, index) => new Set(table.rows.map((row) => row[index])).size > 1);
  const asked = new Set(
    question.where
      .map((one) => fieldOf(question.records, one.field))
      .flatMap((field) => [field.label.ko, field.label.en]),
  );
  const timeField = catalogue[question.records].timeField;
  const ordered = question.orderBy ? fieldOf(question.records, question.orderBy.field).label : { ko: "", en: "" };
  const time = timeField ? fieldOf(question.records, timeField).label : { ko: "", en: "" };
  const keep = table.columns
    .map((column, index) => ({
      index,
      weight:
        (index === 0 ? 6 : 0) +
        (column === time.ko || column === time.en ? 5 : 0) +
        (column === ordered.ko || column === ordered.en ? 8 : 0) +
        (differs[index] ? 2 : 0) +
        (asked.has(column) && !differs[index] ? -2 : 0),
    }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, 7)
    .map((one) => one.index)
    .sort((a, b) => a - b);
  return {
    ...table,
    columns: keep.map((index) => table.columns[index] ?? ""),
    rows: table.rows.map((row) => keep.map((index) => row[index] ?? null)),
  };
}

async function daysSection(turn: PlaybookTurn, question: RecordsQuestion): Promise<Section | null> {
  const field = question.measure?.kind === "distinct" ? question.measure.field : "";
  const used = await turn.tools.use(
    "planner",
    "query_records",
    toInput({
      records: question.records,
      where: question.where,
      measure: { kind: "count" },
      groupBy: [{ field, bucket: "day" }],
    }),
  );
  const [evidence] = used.evidence;
  const groups = (used.output as RecordsAnswer | null)?.groups ?? [];
  if (!evidence || groups.length === 0 || groups.length > 62) return null;
  return section(turn.say("날짜와 건수", "Dates and counts"), [
    line(groups.map((group) => `${group.label} (${group.value})`).join(", "), evidence),
  ]);
}

/** The tool takes times as ISO strings. */
function toInput(question: RecordsQuestion): unknown {
  return {
    ...question,
    where: question.where.map((one) =>
      "value" in one && one.value instanceof Date ? { ...one, value: one.value.toISOString() } : one,
    ),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
