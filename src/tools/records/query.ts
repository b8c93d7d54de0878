import { z } from "zod";
import { recordSetNames } from "../../plant/mes/catalogue.ts";
import type { Bucket, Condition, Grouping, Measure, RecordSetName } from "../../plant/records.ts";

/** A question to the records, as rules or a model put it; times as ISO strings. */
export type RecordsQuestion = {
  records: RecordSetName;
  where: Condition[];
  /** Absent: the rows themselves are wanted. */
  measure?: Measure;
  groupBy?: Grouping[];
  /** For rows: newest first unless told. */
  orderBy?: { field: string; direction: "asc" | "desc" };
  limit?: number;
};

const buckets = [
  "hour",
  "day",
  "week",
  "month",
  "quarter",
  "year",
  "weekday",
  "hour_of_day",
] as const satisfies Bucket[];
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const instant = z.union([z.number(), z.iso.datetime({ offset: true, local: true }), z.iso.date()]);

const condition = z.discriminatedUnion("op", [
  z.object({ field: z.string(), op: z.enum(["eq", "ne"]), value: scalar }),
  z.object({
    field: z.string(),
    op: z.enum(["in", "not_in"]),
    value: z.array(z.union([z.string(), z.number()])).min(1),
  }),
  z.object({ field: z.string(), op: z.literal("contains"), value: z.string().min(1) }),
  z.object({ field: z.string(), op: z.enum(["gte", "gt", "lte", "lt"]), value: instant }),
  z.object({ field: z.string(), op: z.enum(["is_null", "not_null"]) }),
]);

export const recordsQuestionSchema = z.object({
  records: z.enum(recordSetNames as [RecordSetName, ...RecordSetName[]]).describe("Which records."),
  where: z.array(condition).default([]).describe("Conditions that all must hold. Times as ISO 8601."),
  measure: z
    .union([
      z.object({ kind: z.literal("count") }),
      z.object({ kind: z.literal("distinct"), field: z.string(), bucket: z.enum(buckets).optional() }),
      z.object({ kind: z.enum(["sum", "avg", "min", "max"]), field: z.string() }),
    ])
    .optional()
    .describe(
      "What to compute. Leave out to get the rows. {kind:'distinct', field:'started_at', bucket:'day'} counts days.",
    ),
  groupBy: z
    .array(z.object({ field: z.string(), bucket: z.enum(buckets).optional() }))
    .max(2)
    .optional(),
  orderBy: z.object({ field: z.string(), direction: z.enum(["asc", "desc"]) }).optional(),
  limit: z.number().int().min(1).max(200).optional(),
});
