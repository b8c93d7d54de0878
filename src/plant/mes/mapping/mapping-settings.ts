import { z } from "zod";
import { compileTimeFormat, isSpecialTimeFormat } from "../../import/values/time-format.ts";
import { isTimeZone } from "../../import/values/zoned-time.ts";
import { suggestion } from "../../import/mapping/nearest.ts";
import { catalogue, recordSetNames } from "../catalogue.ts";
import type { RecordSetName } from "../../records.ts";

// How a field's value is made from what a foreign source holds: the import's words for a cell, as far as a source that
// is read live can know them (no look-ups, no counters).

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const name = z.union([z.string().min(1), z.number()]).transform(String);
const asText = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const pattern = z
  .string()
  .refine(isPattern, { error: (issue) => `"${String(issue.input)}" is no regular expression.` });
const timeZone = z.string().refine(isTimeZone, {
  error: (issue) => `"${String(issue.input)}" is no IANA time zone; write one such as "Asia/Seoul".`,
});

const cellObject = z
  .strictObject({
    column: name.optional(),
    /** Text with columns in braces: "{order}-{step}"; empty where one of them is. */
    template: z.string().min(1).optional(),
    constant: scalar.optional(),
    trim: z.boolean().optional(),
    empty: z.array(asText).optional(),
    extract: pattern.optional(),
    replace: z.tuple([pattern, z.string()]).optional(),
    /** What a value of the source means; "*" stands for every other. */
    values: z.record(z.string(), scalar).optional(),
    split: z.string().min(1).optional(),
    format: z.string().optional(),
    day_first: z.boolean().optional(),
    time_zone: timeZone.optional(),
    unit: z.string().optional(),
    scale: z.number().optional(),
    offset: z.number().optional(),
    decimal: z.enum([".", ","]).optional(),
  })
  .refine((cell) => [cell.column, cell.template, cell.constant].filter((source) => source !== undefined).length === 1, {
    message: "say where the value comes from: exactly one of column, template, constant.",
  });
export const cell = z.preprocess(
  (value) => (typeof value === "string" || typeof value === "number" ? { column: value } : value),
  cellObject,
);
export type Cell = z.infer<typeof cellObject>;
export type Scalar = z.infer<typeof scalar>;

const match = z.union([scalar, z.array(scalar)]);
export type Match = z.infer<typeof match>;

/** Spread into an entry: which field is which column, and which rows count. */
export const entryShape = {
  columns: z.record(z.string(), cell),
  only_when: z.record(z.string(), match).optional(),
  skip_when: z.record(z.string(), match).optional(),
};
export type EntryColumns = Record<string, Cell>;

/** One entry a record set; at least one. */
export function recordEntries<T extends z.ZodType<{ columns: EntryColumns }>>(entry: T) {
  const shape = Object.fromEntries(recordSetNames.map((records) => [records, entry.optional()]));
  // fromEntries forgets the names of its keys: they are the record sets'.
  return (z.strictObject(shape) as unknown as z.ZodType<Partial<Record<RecordSetName, z.infer<T>>>>).superRefine(
    (records, context) => {
      const given = Object.entries(records) as [RecordSetName, { columns: EntryColumns }][];
      if (given.length === 0)
        context.addIssue({ code: "custom", message: `map at least one of ${recordSetNames.join(", ")}.` });
      for (const [records, { columns }] of given)
        for (const { path, message } of problemsOf(records, columns))
          context.addIssue({ code: "custom", path: [records, "columns", ...path], message });
    },
  );
}

function problemsOf(records: RecordSetName, columns: EntryColumns): { path: string[]; message: string }[] {
  const { fields } = catalogue[records];
  const names = fields.map((field) => field.name);
  const problems = columns["id"]
    ? []
    : [{ path: [], message: `${records} need an id: a column or a template that names a row.` }];
  return Object.entries(columns).reduce((found: { path: string[]; message: string }[], [name, spec]) => {
    const field = fields.find((one) => one.name === name);
    const add = (key: string, message: string) => found.push({ path: [name, key], message });
    if (!field) found.push({ path: [name], message: `${records} have no field "${name}". ${suggestion(name, names)}` });
    else if (spec.format !== undefined && field.type === "time") {
      if (!isSpecialTimeFormat(spec.format) && !isTimeFormat(spec.format))
        add(
          "format",
          `"${spec.format}" is no format of a time; write one such as "YYYY-MM-DD HH:mm:ss", iso or epoch_ms.`,
        );
    } else if (spec.format !== undefined && field.type !== "minutes")
      add("format", `format is for times and durations; ${name} is a ${field.type}.`);
    if (field?.type === "minutes" && spec.unit && !["seconds", "minutes", "hours", "days"].includes(spec.unit))
      add("unit", "a duration's unit is one of seconds, minutes, hours, days.");
    return found;
  }, problems);
}

function isTimeFormat(format: string): boolean {
  try {
    return compileTimeFormat(format) !== undefined;
  } catch {
    return false;
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
