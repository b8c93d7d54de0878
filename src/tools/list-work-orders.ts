import { z } from "zod";
import { answerListing } from "./listing/answer-listing.ts";
import { defineTool } from "./tool.ts";
import { workOrderConditions, workOrderFilter } from "./work-orders-filter.ts";

export const listWorkOrders = defineTool({
  name: "list_work_orders",
  title: { ko: "작업지시 목록", en: "List work orders" },
  description:
    "Work orders (repairs and preventive maintenance) with filters, newest first, with their total. " +
    "Use it to show which ones; for a number or a distribution use count_work_orders, for repairs like the present trouble similar_work_orders.",
  input: z.object({
    ...workOrderFilter,
    limit: z.coerce.number().int().min(1).max(100).optional().describe("Rows wanted; 20 unless told. The total is always of all."),
  }),
  agents: ["maintenance", "planner"],
  async run(input, context) {
    const { where, machines, timeField } = await workOrderConditions(input, context);
    return await answerListing(
      {
        question: { records: "work_orders", where, orderBy: { field: timeField, direction: "desc" }, limit: input.limit ?? 20 },
        machines,
        breakdown: { field: "preventive" },
      },
      context,
    );
  },
});
