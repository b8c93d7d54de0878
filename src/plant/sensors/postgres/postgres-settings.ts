import { z } from "zod";
import { timeZoneName } from "../../site/source-shape.ts";
import { problemOfConnection, sqlConnection } from "../../sql/connection-settings.ts";
import { qualityShape, sourceShape, tagShape } from "../tag-settings.ts";

// Sensor readings in the customer's PostgreSQL or TimescaleDB. Long table: a row is one reading (time, tag, value).
// Wide table: a row is an instant, a column is a tag. Key: how a long table writes a tag ("4711" for CNC-07.temp).

const column = z.string().min(1).max(63);
const table = z
  .string()
  .regex(/^[^."]{1,63}(\.[^."]{1,63})?$/, 'is written as "table" or "schema.table", without quotes');
const where = z.record(column, z.union([z.string(), z.number(), z.boolean()]));

const readingsTable = z.strictObject({
  table,
  time: column,
  /** Of a time column that is a number: what it counts since 1970. */
  time_unit: z.enum(["s", "ms", "us", "ns"]).optional(),
  /** Of a time column without a zone; the source's zone where it is left out. */
  time_zone: timeZoneName.optional(),
  /** Of a long table: the columns of the tag's key and of the value. */
  tag: column.optional(),
  value: column.optional(),
  quality: z.strictObject({ column, ...qualityShape }).optional(),
  /** Of rows with one tag and time the one where this column is greatest counts (an id, or when it was inserted). */
  newest_by: column.optional(),
  /** There is never more than one row of a tag and time: saves looking. */
  unique_times: z.boolean().default(false),
  where: where.optional(),
});

const tag = z.strictObject({
  ...tagShape,
  /** One of `readings`; the first where it is left out. */
  table: table.optional(),
  /** In a long table; the id where it is left out. */
  key: z.union([z.string(), z.number()]).optional(),
  /** In a wide table: the column of its values. */
  column: column.optional(),
  /** Rows of a table that several machines share: { machine_no: 7 }. */
  where: where.optional(),
});

const tagTable = z.strictObject({
  table,
  where: where.optional(),
  readings: table.optional(),
  /** Which column says what: { id: tag_name, equipment: machine, unit: eng_unit }. */
  columns: z.strictObject({
    id: column,
    equipment: column,
    ...Object.fromEntries(
      (["key", "name", "name_ko", "unit", "scale", "offset"] as const).map((name) => [name, column.optional()]),
    ),
    normal_low: column.optional(),
    normal_high: column.optional(),
    alarm_low: column.optional(),
    alarm_high: column.optional(),
  }),
});

export const postgresSensorSettings = z
  .strictObject({
    ...sourceShape,
    kind: z.enum(["postgres", "timescaledb"]),
    ...sqlConnection,
    time_zone: timeZoneName.optional(),
    readings: z.array(readingsTable).min(1),
    tags: z.array(tag).default([]),
    /** The customer's own list of tags, of a long table; a table with a row for each tag, or a small one with more. */
    tag_table: tagTable.optional(),
  })
  .superRefine((settings, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    const problem = problemOfConnection(settings);
    if (problem) fault([], problem);
    if (settings.tags.length === 0 && !settings.tag_table) fault(["tags"], "is empty: list tags, or name a tag_table");
    const byName = new Map(settings.readings.map((one) => [one.table, one]));
    const check = (path: (string | number)[], name: string | undefined, isWide: boolean) => {
      const found = name === undefined ? settings.readings[0] : byName.get(name);
      if (!found) fault(path, `names the table ${name}, which is not among readings`);
      else if (!isWide && !(found.tag && found.value))
        fault(path, `is in ${found.table}, which has no tag and value columns: say its column, or the table's`);
    };
    settings.tags.forEach((one, at) => check(["tags", at], one.table, one.column !== undefined));
    if (settings.tag_table) check(["tag_table"], settings.tag_table.readings, false);
    const ids = settings.tags.map((one) => one.id);
    ids.forEach((id, at) => ids.indexOf(id) < at && fault(["tags", at, "id"], `"${id}" is there twice`));
  });

export type PostgresSensorSettings = z.infer<typeof postgresSensorSettings>;
export type ReadingsTable = PostgresSensorSettings["readings"][number];
