import type { Language } from "../../core/context.ts";
import { formatNumber, formatSpan } from "../../core/format/format.ts";
import { catalogue, fieldOf } from "../../plant/mes/catalogue.ts";
import type { Bucket, Condition, Grouping, RecordSetName } from "../../plant/records.ts";
import type { RecordsQuestion } from "./query.ts";

type Naming = { language: Language; timeZone: string; equipmentName: (id: string) => string };

const bucketNames: Record<Bucket, Record<Language, string>> = {
  hour: { ko: "시간별", en: "by hour" },
  day: { ko: "일별", en: "by day" },
  week: { ko: "주별", en: "by week" },
  month: { ko: "월별", en: "by month" },
  quarter: { ko: "분기별", en: "by quarter" },
  year: { ko: "연도별", en: "by year" },
  weekday: { ko: "요일별", en: "by weekday" },
  hour_of_day: { ko: "시간대별", en: "by hour of day" },
};

/** The conditions in words, so that a wrong reading is seen at once: "CWC04013 Chiller 13 · 2017-01-01 – 2017-12-31". */
export function describeConditions(question: RecordsQuestion, naming: Naming): string {
  const { from, to, field, rest } = splitTime(question);
  const parts = rest.map((one) => describeCondition(question.records, one, naming)).filter((text) => text !== "");
  if (field) {
    const label = fieldOf(question.records, field).label[naming.language];
    parts.push(`${label} ${formatSpan(from, to, naming.timeZone, naming.language)}`);
  }
  return parts.join(" · ");
}

export function describeGrouping(records: RecordSetName, grouping: Grouping, language: Language): string {
  if (grouping.bucket) return bucketNames[grouping.bucket][language];
  const label = fieldOf(records, grouping.field).label[language];
  return language === "ko" ? `${label}별` : `by ${label}`;
}

/** The lower and upper bound on the same time field, if there are any. */
function splitTime(question: RecordsQuestion): {
  from: Date | null;
  to: Date | null;
  field: string | null;
  rest: Condition[];
} {
  const bounds = question.where.filter((one) => "value" in one && one.value instanceof Date);
  const field = bounds[0]?.field ?? null;
  const bound = (ops: string[]): Date | null => {
    const found = bounds.find((one) => one.field === field && ops.includes(one.op));
    return found && "value" in found && found.value instanceof Date ? found.value : null;
  };
  return {
    from: bound(["gte", "gt"]),
    to: bound(["lt", "lte"]),
    field,
    rest: question.where.filter((one) => !bounds.includes(one)),
  };
}

function describeCondition(records: RecordSetName, one: Condition, naming: Naming): string {
  const field = fieldOf(records, one.field);
  const label = field.label[naming.language];
  const name = (value: unknown): string =>
    field.type === "equipment" ? naming.equipmentName(String(value)) : String(value);
  switch (one.op) {
    case "eq":
      if (typeof one.value === "boolean")
        return one.value ? label : naming.language === "ko" ? `${label} 아님` : `not ${label}`;
      return field.type === "equipment" ? name(one.value) : `${label} ${name(one.value)}`;
    case "ne":
      return naming.language === "ko" ? `${label} ${name(one.value)} 제외` : `${label} not ${name(one.value)}`;
    case "in":
      return field.type === "equipment" ? list(one.value.map(name)) : `${label} ${list(one.value.map(name))}`;
    case "not_in":
      // A list of alarms leaves out other groups as a matter of course.
      if (one.field === "group") return "";
      return naming.language === "ko"
        ? `${label} ${list(one.value.map(name))} 제외`
        : `${label} not ${list(one.value.map(name))}`;
    case "contains":
      return `${label} ∋ “${one.value}”`;
    case "is_null":
      return naming.language === "ko" ? `${label} 없음` : `no ${label}`;
    case "not_null":
      return naming.language === "ko" ? `${label} 있음` : `with ${label}`;
    default:
      return `${label} ${{ gte: "≥", gt: ">", lte: "≤", lt: "<" }[one.op]} ${formatNumber(Number(one.value))}`;
  }
}

function list(names: string[]): string {
  return names.length <= 6 ? names.join(", ") : `${names.slice(0, 5).join(", ")} … (${names.length})`;
}

export function recordsLabel(records: RecordSetName, language: Language): string {
  return catalogue[records].label[language];
}
