import { z } from "zod";
import { catalogue, fieldOf } from "../plant/mes/catalogue.ts";
import type { Grouping, Measure } from "../plant/records.ts";
import { answerRecords } from "./records/answer-records.ts";
import { defineTool } from "./tool.ts";
import { workOrderConditions, workOrderFilter } from "./work-orders-filter.ts";

const buckets = ["hour", "day", "week", "month", "quarter", "year", "weekday", "hour_of_day"] as const;
const groupFields = catalogue.work_orders.fields
  .filter((field) => !["id", "text", "time"].includes(field.type))
  .map((field) => field.name);
const measures: Record<
  "count" | "days" | "total_duration" | "mean_duration" | "total_labor",
  (timeField: string) => Measure
> = {
  count: () => ({ kind: "count" }),
  days: (field) => ({ kind: "distinct", field, bucket: "day" }),
  total_duration: () => ({ kind: "sum", field: "duration_minutes" }),
  mean_duration: () => ({ kind: "avg", field: "duration_minutes" }),
  total_labor: () => ({ kind: "sum", field: "labor_minutes" }),
};

export const countWorkOrders = defineTool({
  name: "count_work_orders",
  title: { ko: "작업지시 집계", en: "Count work orders" },
  description:
    "How many work orders, or their total or mean duration, with filters, as a whole or by machine, code, technician, month and so on. " +
    "Use it for every “how many”, “how often”, “by code”, “which machine most”: never count rows yourself.",
  input: z.object({
    ...workOrderFilter,
    group_by: z
      .enum([...buckets, ...groupFields])
      .optional()
      .describe("A field, or a unit of time, to count by."),
    measure: z
      .enum(["count", "days", "total_duration", "mean_duration", "total_labor"])
      .optional()
      .describe("count unless told; days: on how many different days."),
  }),
  agents: ["planner", "maintenance", "quality"],
  async run(input, context) {
    const { where, machines, timeField } = await workOrderConditions(input, context);
    const measure = measures[input.measure ?? "count"](timeField);
    const answer = await answerRecords(
      {
        records: "work_orders",
        where,
        measure,
        ...(input.group_by === undefined ? {} : { groupBy: [grouping(input.group_by, timeField)] }),
      },
      context,
    );
    const { evidence, coverage, groups, reading, total, value } = answer;
    const output = { found: total > 0, total, value, groups, reading, coverage };
    evidence.data = { ...output, measure };
    if (machines?.one) evidence.equipmentId = machines.one.id;
    if (machines?.sample) evidence.source.sample = true;
    return { output, summary: evidence.text.split("\n")[0] ?? "", evidence: [evidence] };
  },
});

function grouping(name: string, timeField: string): Grouping {
  const bucket = buckets.find((one) => one === name);
  return bucket ? { field: timeField, bucket } : { field: fieldOf("work_orders", name).name };
}
