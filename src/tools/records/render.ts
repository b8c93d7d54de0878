import type { Language } from "../../core/context.ts";
import type { EvidenceKind, EvidenceTable } from "../../core/evidence.ts";
import { formatMinutes, formatNumber, formatTime } from "../../core/format/format.ts";
import { catalogue, fieldOf } from "../../plant/mes/catalogue.ts";
import type { Field, Grouping, RecordSetName, Row, Value } from "../../plant/records.ts";

export const evidenceKinds: Record<RecordSetName, EvidenceKind> = {
  equipment: "equipment",
  tags: "equipment",
  events: "event",
  work_orders: "work-order",
  failure_codes: "code",
  code_maps: "code",
  job_orders: "job-order",
  lots: "lot",
  lot_links: "lot",
  inspections: "inspection",
  parts: "part",
  downtimes: "downtime",
  people: "equipment",
};

const weekdays = {
  ko: ["월", "화", "수", "목", "금", "토", "일"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};

/** A value as people read it: times in the plant's zone, durations in hours and minutes, yes/no in words. */
function renderValue(
  field: Field,
  value: Value | undefined,
  language: Language,
  timeZone: string,
): string | number | null {
  if (value === null || value === undefined || value === "") return null;
  if (value instanceof Date) return formatTime(value, timeZone);
  if (Array.isArray(value)) return value.join(", ");
  if (field.type === "minutes" && typeof value === "number") return formatMinutes(value, language);
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "boolean") return language === "ko" ? (value ? "예" : "아니오") : value ? "yes" : "no";
  return value;
}

/** The columns that hold anything, in the catalogue's order; texts that only repeat another column are left out. */
export function renderRows(
  records: RecordSetName,
  rows: Row[],
  total: number,
  language: Language,
  timeZone: string,
): EvidenceTable {
  const fields = catalogue[records].fields.filter((field) => rows.some((row) => !isEmpty(row[field.name])));
  return {
    columns: fields.map((field) => field.label[language]),
    rows: rows.map((row) => fields.map((field) => renderValue(field, row[field.name], language, timeZone))),
    total,
  };
}

/** One line that says the row: used as the quotable text of a record. */
export function renderRowText(records: RecordSetName, row: Row, language: Language, timeZone: string): string {
  return catalogue[records].fields
    .filter((field) => !isEmpty(row[field.name]))
    .map((field) => `${field.label[language]}: ${renderValue(field, row[field.name], language, timeZone)}`)
    .join(" · ");
}

/** A group's key in words; codes with their description. */
export function renderKey(
  records: RecordSetName,
  grouping: Grouping,
  key: string | number | boolean | null,
  options: { language: Language; labels: Map<string, string>; equipmentName: (id: string) => string },
): string {
  const { language } = options;
  if (key === null) return language === "ko" ? "(없음)" : "(none)";
  if (grouping.bucket === "weekday") return weekdays[language][Number(key) - 1] ?? String(key);
  if (grouping.bucket === "hour_of_day") return `${String(key).padStart(2, "0")}:00`;
  if (grouping.bucket) return String(key);
  const field = fieldOf(records, grouping.field);
  if (field.type === "equipment") return options.equipmentName(String(key));
  if (typeof key === "boolean") return booleanKey(field, key, language);
  const label = options.labels.get(String(key));
  return label && label !== key ? `${key} ${label}` : String(key);
}

function booleanKey(field: Field, key: boolean, language: Language): string {
  if (field.name === "preventive")
    return language === "ko" ? (key ? "예방정비" : "사후정비") : key ? "preventive" : "corrective";
  if (field.name === "planned") return language === "ko" ? (key ? "계획" : "비계획") : key ? "planned" : "unplanned";
  return language === "ko" ? (key ? "예" : "아니오") : key ? "yes" : "no";
}

function isEmpty(value: Value | undefined): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
