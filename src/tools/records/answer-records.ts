import type { Language } from "../../core/context.ts";
import type { EvidenceDraft, EvidenceTable } from "../../core/evidence.ts";
import { formatDay, formatMinutes, formatNumber } from "../../core/format/format.ts";
import { catalogue, fieldOf } from "../../plant/mes/catalogue.ts";
import type { Group, Measure, RecordQuery, Row } from "../../plant/records.ts";
import type { Coverage } from "../../plant/mes-store.ts";
import type { ToolContext } from "../tool.ts";
import { describeConditions, describeGrouping, recordsLabel } from "./describe-query.ts";
import { evidenceKinds, renderKey, renderRows, renderRowText } from "./render.ts";
import type { RecordsQuestion } from "./query.ts";

export type RecordsAnswer = {
  /** Rows that meet the conditions. */
  total: number;
  /** The measure over all rows; equals `total` for a count. */
  value: number | null;
  groups: (Group & { label: string })[];
  /** How many groups there are, which may be more than are in `groups`. */
  groupCount: number;
  rows: Row[];
  /** The conditions in words. */
  reading: string;
  /** What there is at all, told where nothing was found. */
  coverage: Coverage | null;
  evidence: EvidenceDraft;
};

const shownRows = 20;
/** More than five years of days. */
const mostGroups = 2_000;
const toldGroups = 200;

/** Runs one question on the records: everything is counted and grouped by the store, nothing by the caller. */
export async function answerRecords(question: RecordsQuestion, context: ToolContext): Promise<RecordsAnswer> {
  const { mes, language, ctx } = context;
  const directory = await context.directory.load();
  const equipmentName = (id: string): string => {
    const found = directory.byId.get(id);
    if (!found) return id;
    const name = language === "ko" ? (found.nameKo ?? found.name) : found.name;
    return name === id ? id : `${id} ${name}`;
  };
  const base: RecordQuery = { records: question.records, where: question.where, timeZone: ctx.timeZone };
  const reading = describeConditions(question, { language, timeZone: ctx.timeZone, equipmentName });
  const measure: Measure = question.measure ?? { kind: "count" };
  const grouped = question.groupBy !== undefined && question.groupBy.length > 0;

  const whole = await mes.aggregate({ ...base, measure });
  const { groups, groupCount } = grouped
    ? await labelledGroups(question, base, measure, context, equipmentName)
    : { groups: [], groupCount: 0 };
  const list = await mes.list({
    ...base,
    ...(orderOf(question) ? { orderBy: [orderOf(question) as { field: string; direction: "asc" | "desc" }] } : {}),
    limit: question.limit ?? shownRows,
  });
  const value = whole.groups[0]?.value ?? null;
  const answer = { total: list.total, value, groups, groupCount, rows: list.rows, reading };
  const coverage = list.total === 0 ? await mes.coverage(question.records, onlyEquipment(question)) : null;
  const evidence = toEvidence(question, measure, { ...answer, coverage }, context);
  evidence.source.sample = sampleOf(list.rows, question, directory.byId);
  return { ...answer, coverage, evidence };
}

function orderOf(question: RecordsQuestion): { field: string; direction: "asc" | "desc" } | null {
  if (question.orderBy) return question.orderBy;
  const timeField = catalogue[question.records].timeField;
  return timeField ? { field: timeField, direction: "desc" } : null;
}

async function labelledGroups(
  question: RecordsQuestion,
  base: RecordQuery,
  measure: Measure,
  context: ToolContext,
  equipmentName: (id: string) => string,
): Promise<Pick<RecordsAnswer, "groups" | "groupCount">> {
  const groupBy = question.groupBy ?? [];
  const byKey = groupBy.some((grouping) => grouping.bucket !== undefined);
  const { groups, groupCount } = await context.mes.aggregate({
    ...base,
    measure,
    groupBy,
    orderBy: byKey ? "key" : "value",
    limit: mostGroups,
  });
  const labels = await Promise.all(
    groupBy.map(async (grouping) => {
      if (grouping.bucket || !fieldOf(question.records, grouping.field).describedBy) return new Map<string, string>();
      const entries = await context.mes.vocabulary(question.records, grouping.field, 2000);
      return new Map(entries.flatMap((entry) => (entry.label ? [[entry.value, entry.label] as [string, string]] : [])));
    }),
  );
  const labelled = groups.map((group) => ({
    ...group,
    label: groupBy
      .map((grouping, index) =>
        renderKey(question.records, grouping, group.key[index] ?? null, {
          language: context.language,
          labels: labels[index] ?? new Map(),
          equipmentName,
        }),
      )
      .join(" / "),
  }));
  return { groups: labelled, groupCount };
}

function toEvidence(
  question: RecordsQuestion,
  measure: Measure,
  answer: Omit<RecordsAnswer, "evidence">,
  { language, ctx, isDeclared }: ToolContext,
): EvidenceDraft {
  const stores = [...new Set(answer.rows.map((row) => String(row["source"])))].filter((one) => isDeclared?.(one));
  const name = recordsLabel(question.records, language);
  const grouped = answer.groups.length > 0;
  const heads = (question.groupBy ?? []).map((grouping) => describeGrouping(question.records, grouping, language));
  const measured = measureText(question, measure, answer.value, language);
  const told = answer.groups.slice(0, toldGroups);
  const groupLines = told.map((group) => `${group.label}: ${valueText(question, measure, group.value, language)}`);
  if (answer.groupCount > told.length)
    groupLines.push(
      language === "ko"
        ? `… 모두 ${answer.groupCount}줄 가운데 ${told.length}줄입니다.`
        : `… these are ${told.length} of ${answer.groupCount}.`,
    );
  const lines = grouped
    ? groupLines
    : answer.rows.map((row) => renderRowText(question.records, row, language, ctx.timeZone));
  const table: EvidenceTable = grouped
    ? {
        columns: [heads.join(" / "), measureLabel(question, measure, language)],
        rows: answer.groups.map((group) => [group.label, valueText(question, measure, group.value, language)]),
        total: answer.groupCount,
      }
    : renderRows(question.records, answer.rows, answer.total, language, ctx.timeZone);
  const nothing = answer.coverage ? coverageText(answer.coverage, name, language, ctx.timeZone) : "";
  return {
    kind: question.measure || grouped || answer.total === 0 ? "count" : evidenceKinds[question.records],
    title: [name, ...heads].join(" "),
    text: [`${name}${answer.reading ? ` (${answer.reading})` : ""}: ${measured}`, ...lines, nothing]
      .filter((line) => line !== "")
      .join("\n"),
    language,
    source: {
      label: [name, ...stores].join(" · "),
      store: question.records,
      records: answer.rows.map((row) => String(row["id"])),
    },
    trust: "record",
    table,
    data: { question, total: answer.total, value: answer.value, groups: answer.groups },
  };
}

export function valueText(
  question: RecordsQuestion,
  measure: Measure,
  value: number | null,
  language: Language,
): string {
  if (value === null) return "–";
  const minutes =
    "field" in measure && measure.kind !== "distinct" && fieldOf(question.records, measure.field).type === "minutes";
  return minutes ? formatMinutes(value, language) : formatNumber(value);
}

function measureText(question: RecordsQuestion, measure: Measure, value: number | null, language: Language): string {
  const shown = valueText(question, measure, value, language);
  if (measure.kind === "count") return language === "ko" ? `${shown}건` : shown;
  if (measure.kind === "distinct" && measure.bucket === "day")
    return language === "ko" ? `${shown}일` : `${shown} days`;
  return `${measureLabel(question, measure, language)} ${shown}`;
}

export function measureLabel(question: RecordsQuestion, measure: Measure, language: Language): string {
  if (measure.kind === "count") return language === "ko" ? "건수" : "count";
  const field = fieldOf(question.records, measure.field).label[language];
  const words = {
    distinct: ["가짓수", "distinct"],
    sum: ["합계", "total"],
    avg: ["평균", "mean"],
    min: ["최소", "min"],
    max: ["최대", "max"],
  }[measure.kind];
  return language === "ko" ? `${field} ${words[0]}` : `${words[1]} ${field}`;
}

function coverageText(coverage: Coverage, name: string, language: Language, timeZone: string): string {
  if (coverage.rows === 0)
    return language === "ko" ? `${name} 기록이 아예 없습니다.` : `There are no ${name} on record at all.`;
  if (!coverage.from || !coverage.to) return "";
  const from = formatDay(coverage.from, timeZone);
  const to = formatDay(coverage.to, timeZone);
  return language === "ko"
    ? `기록은 ${from}부터 ${to}까지 ${coverage.rows}건 있습니다.`
    : `On record: ${coverage.rows} from ${from} to ${to}.`;
}

function onlyEquipment(question: RecordsQuestion): string | undefined {
  const found = question.where.find((one) => one.field === "equipment_id");
  return found?.op === "eq"
    ? String(found.value)
    : found?.op === "in" && found.value.length === 1
      ? String(found.value[0])
      : undefined;
}

function sampleOf(rows: Row[], question: RecordsQuestion, byId: Map<string, { sample: boolean }>): boolean {
  const ids = rows.map((row) => row["equipment_id"]).filter((id) => typeof id === "string");
  const asked = onlyEquipment(question);
  return [...ids, ...(asked ? [asked] : [])].some((id) => byId.get(String(id))?.sample === true);
}
