import { z } from "zod";
import type { Condition } from "../plant/records.ts";
import { answerListing } from "./listing/answer-listing.ts";
import { say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";
import { workOrderConditions, workOrderFilter } from "./work-orders-filter.ts";

export const listWorkOrders = defineTool({
  name: "list_work_orders",
  title: { ko: "작업지시 목록", en: "List work orders" },
  description:
    "Work orders (repairs and preventive maintenance) with filters, newest first, with their total. " +
    "Use it to show which ones; for a number or a distribution use count_work_orders, for repairs like the present trouble similar_work_orders.",
  input: z.object({
    ...workOrderFilter,
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe("Rows wanted; 20 unless told. The total is always of all."),
  }),
  agents: ["maintenance", "planner"],
  async run(input, context) {
    const { where, machines, timeField } = await workOrderConditions(input, context);
    const everything = input.open === undefined && !input.period && !input.from && !input.to;
    return await answerListing(
      {
        question: {
          records: "work_orders",
          where,
          orderBy: { field: timeField, direction: "desc" },
          limit: input.limit ?? 20,
        },
        machines,
        breakdown: { field: "preventive" },
        notes: everything ? [await openNote(where, context)] : [],
      },
      context,
    );
  },
});

/** Open work orders have no end, and would stand behind all finished ones: they are named first. */
async function openNote(where: Condition[], { mes, ctx, language }: ToolContext): Promise<string> {
  const { rows, total } = await mes.list({
    records: "work_orders",
    where: [...where, { field: "finished_at", op: "is_null" }],
    orderBy: [{ field: "opened_at", direction: "desc" }],
    limit: 5,
    timeZone: ctx.timeZone,
  });
  if (total === 0) return "";
  const named = rows.map((row) => [row["id"], row["equipment_id"], row["description"]].filter(Boolean).join(" "));
  const more = total > rows.length ? " …" : "";
  return say(
    language,
    `아직 끝나지 않은 작업 ${total}건: ${named.join("; ")}${more}`,
    `${total} not finished yet: ${named.join("; ")}${more}`,
  );
}
