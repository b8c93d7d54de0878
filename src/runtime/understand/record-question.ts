import type { Period } from "../../core/periods/period.ts";
import { catalogue } from "../../plant/mes/catalogue.ts";
import type { Condition, RecordSetName } from "../../plant/records.ts";
import type { RecordsQuestion } from "../../tools/records/query.ts";
import { chooseRecords, readEventFamilies } from "./choose-records.ts";
import { defaultGrouping, readGroupings } from "./groupings.ts";
import type { Link } from "./link-values.ts";
import {
  correctiveWords,
  countWords,
  distributionWords,
  mostWords,
  openWords,
  preventiveWords,
  shareWords,
} from "./measure-words.ts";
import { readMeasure } from "./read-measure.ts";

export type RecordQuestionInput = {
  /** The question with machines and periods blanked out. */
  text: string;
  /** Machines meant; empty for the whole plant. */
  units: string[];
  /** More than one machine was named, so that the answer is split by machine. */
  severalNamed: boolean;
  periods: Period[];
  links: Link[];
  /** Event groups of the machines, as the plant names them. */
  eventGroups: string[];
  /** Codes named in the question (alarm codes). */
  codes: string[];
  /** The question before, where this one only adds to it. */
  inherited: RecordsQuestion | null;
};

/** Puts a question in words into a question to the records; null where it names none. */
export function readRecordQuestion(input: RecordQuestionInput): RecordsQuestion | null {
  const { text, inherited } = input;
  const records = chooseRecords(text, input.links, input.eventGroups) ?? inherited?.records ?? null;
  if (!records) return null;
  const base = inherited?.records === records ? inherited : null;
  const bothKinds = preventiveWords.test(text) && correctiveWords.test(text);
  let groupBy = readGroupings(text, records);
  if (groupBy.length === 0 && bothKinds && records === "work_orders") groupBy = [{ field: "preventive" }];
  if (groupBy.length === 0 && shareWords.test(text) && records === "work_orders" && preventiveWords.test(text))
    groupBy = [{ field: "preventive" }];
  const ordered = /\blongest\b|\bshortest\b|오래|짧|빨/i.test(text);
  if (
    groupBy.length === 0 &&
    !input.severalNamed &&
    mostWords.test(text) &&
    !ordered &&
    !readMeasure(text, records, false).orderBy
  )
    groupBy = defaultGrouping(records);
  if (groupBy.length === 0 && distributionWords.test(text)) groupBy = defaultGrouping(records);
  const families = records === "events" ? eventCondition(text, input.eventGroups) : null;
  if (groupBy.length === 0 && families && families.values.length > 1 && families.named > 1)
    groupBy = [{ field: "group" }];
  if (groupBy.length === 0 && input.severalNamed && input.units.length > 1) groupBy = [{ field: "equipment_id" }];
  if (groupBy.length === 0 && records === "inspections" && (mostWords.test(text) || distributionWords.test(text)))
    groupBy = [{ field: "defect_code" }];
  const read = readMeasure(text, records, groupBy.length > 0);
  const timeField = catalogue[records].timeField;
  const newest = isVague(input.periods[0], text) && timeField && !read.measure && !read.orderBy;
  const reading = newest
    ? { ...read, orderBy: { field: timeField, direction: "desc" as const }, limit: read.limit ?? 5 }
    : read;
  if (reading.measure?.kind === "distinct" && !/(?:by|per|별)/i.test(text)) groupBy = [];

  const where: Condition[] = [];
  const conditions = (items: (Condition | null)[]): void => {
    for (const item of items)
      if (item && !where.some((one) => one.field === item.field && one.op === item.op)) where.push(item);
  };
  conditions([
    equipmentCondition(records, input.units),
    ...periodConditions(records, isVague(input.periods[0], text) ? undefined : input.periods[0], text),
    kindCondition(
      text,
      records,
      groupBy.some((one) => one.field === "preventive"),
    ),
  ]);
  if (
    families &&
    families.values.length > 0 &&
    families.values.length < input.eventGroups.length + (groupBy.length ? 0 : 1)
  )
    conditions([inOrEq("group", families.values)]);
  conditions(codeConditions(records, input.codes));
  conditions(numberConditions(text, records));
  conditions(
    linkConditions(
      records,
      input.links,
      where,
      groupBy.map((one) => one.field),
    ),
  );
  if (records === "job_orders" && /진행\s?중|\brunning\b|\bin progress\b|생산\s?중|\bcurrent\b/i.test(text))
    conditions([
      { field: "started_at", op: "not_null" },
      { field: "ended_at", op: "is_null" },
    ]);
  if (records === "work_orders" && openWords.test(text)) conditions([{ field: "finished_at", op: "is_null" }]);
  if (base) conditions(base.where.filter((one) => !where.some((mine) => mine.field === one.field)));
  const kept =
    base && !reading.measure && groupBy.length === 0 ? { ...(base.measure ? { measure: base.measure } : {}) } : {};
  return { records, where, ...kept, ...reading, ...(groupBy.length > 0 ? { groupBy } : {}) };
}

/** "최근 사후정비 알려줘" wants the newest, not a span; "최근 몇 건" wants a span. */
function isVague(period: Period | undefined, text: string): boolean {
  return (
    period !== undefined && /^(?:최근에?|요즘|요새|recently|lately)$/i.test(period.label) && !countWords.test(text)
  );
}

/** "priority 1", "우선순위 1": a number right after the name of a number field. */
function numberConditions(text: string, records: RecordSetName): Condition[] {
  return catalogue[records].fields
    .filter((field) => field.type === "number")
    .flatMap((field) => {
      const words = [field.label.ko, field.label.en, field.name.replaceAll("_", " "), ...(field.words ?? [])];
      const names = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
      const match = new RegExp(
        `(?:${names})(?:가|이|는|은)?\\s*(?:=|:|is|of|level)?\\s*(\\d+(?:\\.\\d+)?)(?![\\d-])`,
        "i",
      ).exec(text);
      return match ? [{ field: field.name, op: "eq" as const, value: Number(match[1]) }] : [];
    });
}

function equipmentCondition(records: RecordSetName, units: string[]): Condition | null {
  if (units.length === 0 || !catalogue[records].fields.some((field) => field.name === "equipment_id")) return null;
  return inOrEq("equipment_id", units);
}

function inOrEq(field: string, values: string[]): Condition {
  return values.length === 1 ? { field, op: "eq", value: values[0] as string } : { field, op: "in", value: values };
}

/** The period on the field that says when: work orders by completion unless opening or open ones are asked for. */
function periodConditions(records: RecordSetName, period: Period | undefined, text: string): Condition[] {
  const timeField = catalogue[records].timeField;
  if (!period || !timeField) return [];
  const opened =
    records === "work_orders" &&
    (/\b(?:opened|raised|issued|created|requested)\b|발행|접수|의뢰|열린/i.test(text) || openWords.test(text));
  const due = records === "job_orders" && /\bdue\b|납기/i.test(text);
  const field = opened ? "opened_at" : due ? "due_at" : timeField;
  return [
    ...(period.from ? [{ field, op: "gte" as const, value: new Date(period.from) }] : []),
    ...(period.to ? [{ field, op: "lt" as const, value: new Date(period.to) }] : []),
  ];
}

function kindCondition(text: string, records: RecordSetName, grouped: boolean): Condition | null {
  if (records === "downtimes") {
    if (/\bunplanned\b|비계획|돌발/i.test(text)) return { field: "planned", op: "eq", value: false };
    return /\bplanned\b|계획/i.test(text) ? { field: "planned", op: "eq", value: true } : null;
  }
  if (records !== "work_orders" || grouped) return null;
  const corrective = correctiveWords.test(text);
  const preventive = preventiveWords.test(text.replace(correctiveWords, " "));
  if (preventive !== corrective) return { field: "preventive", op: "eq", value: preventive };
  const failures =
    /\b(?:breakdowns?|failures?|broke down)\b(?! codes?)|고장(?!\s?코드)(?:이|은)?\s?(?:몇|횟수|건수|났|많|작업|정비|수리)/i.test(
      text,
    );
  return failures && !preventive ? { field: "preventive", op: "eq", value: false } : null;
}

/** The plant's own group names for the families of events that were named: "알람" is ALERT where there is no ALARM. */
function eventCondition(text: string, groups: string[]): { values: string[]; named: number } | null {
  const families = readEventFamilies(text, groups);
  const wanted = families.filter((family) => family.concept !== "work_order" || families.length > 1);
  if (wanted.length === 0) return null;
  const values = new Set<string>();
  for (const family of wanted) {
    const own = groups.filter((group) => family.values.test(group));
    const related = ["alert", "alarm", "warning"].includes(family.concept)
      ? groups.filter((group) => /alarm|alert|warn|알람|경보|경고/i.test(group))
      : [];
    for (const group of own.length > 0 ? own : related) values.add(group);
  }
  return { values: [...values], named: wanted.length };
}

function codeConditions(records: RecordSetName, codes: string[]): (Condition | null)[] {
  if (codes.length === 0) return [];
  if (records === "events") return [inOrEq("code", codes)];
  return records === "work_orders" ? [inOrEq("alarm_code", codes)] : [];
}

/** Linked phrases as conditions; of two fields that the same words fit, the one they fit better. */
function linkConditions(records: RecordSetName, links: Link[], where: Condition[], grouped: string[]): Condition[] {
  const usable = links
    .filter((link) => link.records === records && !where.some((one) => one.field === link.field))
    .filter((link) => !(grouped.includes(link.field) && link.share < 1))
    .filter(
      (link) =>
        !(
          records === "events" &&
          (link.field === "group" || (link.field === "category" && where.some((one) => one.field === "group")))
        ),
    );
  // A whole description is what was meant; parts of others that share a word with it are not.
  const whole = usable.filter((link) => link.share === 1);
  const out: Condition[] = [];
  const used: [number, number][] = [];
  for (const link of whole.length > 0 ? whole : usable) {
    if (used.some(([start, end]) => start < link.span[1] && link.span[0] < end)) continue;
    used.push(link.span);
    out.push(inOrEq(link.field, link.values));
  }
  return out;
}
