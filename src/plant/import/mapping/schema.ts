import { z } from "zod";
import type { RecordSetName } from "../../records.ts";

// A mapping: which files hold which records of the plant, and which column is which field.
//
// Entry: one item of `files`: a file (or a pattern of files) read into one record set. Cell: how a field's value is
// made from a row: a column's name, or an object with one source (column, template, constant) and what happens to it.
// Join: a second table whose columns are added to the rows it matches.

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const name = z.union([z.string().min(1), z.number()]).transform(String);
const names = z.union([name.transform((one) => [one]), z.array(name)]);
const asText = z.union([z.string(), z.number(), z.boolean()]).transform(String);
export const decimals = [".", ","] as const;
export const durationUnits = ["seconds", "minutes", "hours", "days"] as const;

export const recordSets = [
  "equipment",
  "tags",
  "events",
  "work_orders",
  "failure_codes",
  "code_maps",
  "job_orders",
  "lots",
  "lot_links",
  "inspections",
  "parts",
  "downtimes",
  "people",
] as const satisfies readonly RecordSetName[];
const recordSet = z.enum(recordSets);

const cellObject = z
  .strictObject({
    column: name.optional(),
    template: z.string().optional(),
    constant: scalar.optional(),
    /** Where the row's other columns say nothing, this column may be absent from the file. */
    optional: z.boolean().optional(),
    /** A row without this value is left out. */
    required: z.boolean().optional(),
    trim: z.boolean().optional(),
    empty: z.array(asText).optional(),
    extract: z.string().optional(),
    replace: z.tuple([z.string(), z.string()]).optional(),
    values: z.record(z.string(), scalar).optional(),
    lookup: z.strictObject({ records: recordSet, by: names, take: z.string().default("id") }).optional(),
    split: z.string().optional(),
    format: z.string().optional(),
    day_first: z.boolean().optional(),
    time_zone: z.string().optional(),
    unit: z.string().optional(),
    scale: z.number().optional(),
    offset: z.number().optional(),
    decimal: z.enum(decimals).optional(),
    if_invalid: z.enum(["leave_out", "empty"]).optional(),
  })
  .refine((cell) => [cell.column, cell.template, cell.constant].filter((source) => source !== undefined).length === 1, {
    message: "say where the value comes from: exactly one of column, template, constant",
  });
export const cell = z.preprocess(
  (value) => (typeof value === "string" || typeof value === "number" ? { column: value } : value),
  cellObject,
);

const match = z.union([scalar, z.array(scalar)]);
const table = {
  file: z.string().min(1),
  /** No error where no file of this name exists. */
  optional: z.boolean().optional(),
  format: z.enum(["csv", "xlsx", "jsonl"]).optional(),
  encoding: z.string().optional(),
  delimiter: z.string().min(1).optional(),
  sheet: z.union([z.string(), z.number().int().min(1)]).optional(),
  /** The row that names the columns, from 1; 0 where there is none. */
  header: z.number().int().min(0).optional(),
  names: z.array(name).optional(),
  short_rows: z.enum(["leave_out", "fill"]).optional(),
  decimal: z.enum(decimals).optional(),
  skip_when: z.record(z.string(), match).optional(),
  only_when: z.record(z.string(), match).optional(),
  ignore: z.array(name).optional(),
};
const join = z.strictObject({
  ...table,
  as: z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*$/u, "use letters, digits and _"),
  on: z.array(z.strictObject({ here: cell, there: cell, as: z.enum(["text", "time"]).default("text") })).min(1),
});
const entry = { ...table, join: z.array(join).optional() };

const recordsEntry = z.strictObject({
  ...entry,
  records: recordSet,
  columns: z.record(z.string(), cell),
  defaults: z.record(z.string(), scalar).optional(),
  /** Fields whose values name a row; without it and without an id, the row's whole content does. */
  key: z.array(z.string()).min(1).optional(),
  /** Repeated ids are the same thing seen again: the first row counts, the others are passed over. */
  unique: z.boolean().optional(),
  /** Inspections with one measurement a column: each becomes a row of its own. */
  measurements: z
    .strictObject({
      columns: z.union([z.literal("*"), z.array(name).min(1)]),
      except: z.array(name).optional(),
      /** characteristic: every column is another characteristic; subgroup: repeated measurements of one. */
      as: z.enum(["subgroup", "characteristic"]).default("subgroup"),
    })
    .optional(),
});

const tagDetails = z.strictObject({
  id: name.optional(),
  name: z.string().optional(),
  name_ko: z.string().optional(),
  aliases: z.array(z.string()).optional(),
  unit: z.string().optional(),
  normal_low: z.number().optional(),
  normal_high: z.number().optional(),
  alarm_low: z.number().optional(),
  alarm_high: z.number().optional(),
  scale: z.number().optional(),
  offset: z.number().optional(),
});
const readingsEntry = z.strictObject({
  ...entry,
  records: z.literal("readings"),
  time: cell,
  equipment: cell.optional(),
  /** Long form: one reading a row. */
  tag: cell.optional(),
  value: cell.optional(),
  unit: cell.optional(),
  /** Wide form: one column a tag. "*" stands for every column that nothing else uses. */
  tags: z
    .union([
      z.literal("*").transform(() => ({ "*": {} })),
      z.array(name).transform((list) => Object.fromEntries(list.map((one) => [one, {}]))),
      z.record(z.string(), z.union([tagDetails, z.null().transform(() => ({}))])),
    ])
    .optional(),
  except: z.array(name).optional(),
});

export const mappingSchema = z.strictObject({
  source: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u, "use 1–64 letters, digits, . _ -"),
  title: z.string().min(1).optional(),
  time_zone: z.string(),
  sample: z.boolean().default(false),
  files: z.array(z.discriminatedUnion("records", [recordsEntry, readingsEntry])).min(1),
});

export type Scalar = z.infer<typeof scalar>;
export type CellSpec = z.infer<typeof cellObject>;
export type TableSpec = z.infer<z.ZodObject<typeof table, z.core.$strict>>;
export type JoinSpec = z.infer<typeof join>;
export type TagDetails = z.infer<typeof tagDetails>;
export type RecordsEntry = z.infer<typeof recordsEntry>;
export type ReadingsEntry = z.infer<typeof readingsEntry>;
export type Entry = RecordsEntry | ReadingsEntry;
export type MappingDocument = z.infer<typeof mappingSchema>;
