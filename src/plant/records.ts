import type { Language } from "../core/context.ts";

// The plant's records, named after ISA-95 / ISO 14224, as one catalogue of data: what an import maps onto, what
// a MES store must answer, what a question may ask for. Adding a field here adds it everywhere.
//
// Record set: a table of plant facts. Field: one of its columns. Source: the data set a row came from ("sample", or
// an import's name); (source, id) identifies a row. Code: a value of a coded field, explained in failure_codes.

export type RecordSetName =
  | "equipment"
  | "tags"
  | "events"
  | "work_orders"
  | "failure_codes"
  | "code_maps"
  | "job_orders"
  | "lots"
  | "lot_links"
  | "inspections"
  | "parts"
  | "downtimes"
  | "people";

/**
 * text: free text. name: short text worth grouping by. code: a coded value. number, boolean: as they are.
 * time: an instant. minutes: a duration in minutes. equipment: an equipment id. person: a person id or name.
 * list: several short texts.
 */
export type FieldType =
  | "id"
  | "text"
  | "name"
  | "code"
  | "number"
  | "boolean"
  | "time"
  | "minutes"
  | "equipment"
  | "person"
  | "list";

export type Field = {
  name: string;
  type: FieldType;
  label: Record<Language, string>;
  /** Other words people use for the field, lower case, both languages. */
  words?: string[];
  /** Field of the same record set that spells this code out ("primary_code" → "primary_code_description"). */
  describedBy?: string;
  unit?: string;
};

export type RecordSet = {
  name: RecordSetName;
  label: Record<Language, string>;
  words: string[];
  /** The field that says when a row happened; absent where rows have no time. */
  timeField?: string;
  fields: Field[];
};

export type Value = string | number | boolean | Date | string[] | null;
export type Row = Record<string, Value>;

/** "ne" and "not_in" are the complements of "eq" and "in": they hold for rows where the field is null. A list is null where it is empty. */
export type Condition =
  | { field: string; op: "eq" | "ne"; value: string | number | boolean }
  | { field: string; op: "in" | "not_in"; value: (string | number)[] }
  | { field: string; op: "contains"; value: string } // case-insensitive substring; for list fields: any element equals
  | { field: string; op: "gte" | "gt" | "lte" | "lt"; value: number | Date }
  | { field: string; op: "is_null" | "not_null" };

export type Bucket = "hour" | "day" | "week" | "month" | "quarter" | "year" | "weekday" | "hour_of_day";
/** Without a bucket: the field's own value. With one: the instant's bucket in the query's time zone. */
export type Grouping = { field: string; bucket?: Bucket };

export type Measure =
  | { kind: "count" }
  | { kind: "distinct"; field: string; bucket?: Bucket } // how many different values, or different days
  | { kind: "sum" | "avg" | "min" | "max"; field: string };

export type RecordQuery = { records: RecordSetName; where: Condition[]; timeZone: string };
export type ListQuery = RecordQuery & {
  orderBy?: { field: string; direction: "asc" | "desc" }[];
  limit: number;
  offset?: number;
};
export type AggregateQuery = RecordQuery & {
  measure: Measure;
  groupBy?: Grouping[];
  orderBy?: "value" | "key";
  limit?: number;
};

/** `key` has one entry per grouping, in order; buckets as "2020-06-01 13:00", "2020-06-01", "2020-06", "2020-W23" (ISO week), "2020-Q2", "2020", 1–7 (Mon–Sun), 0–23; a time without a bucket as ISO string. */
export type Group = { key: (string | number | boolean | null)[]; value: number | null };
