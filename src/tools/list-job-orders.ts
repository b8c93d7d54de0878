import { z } from "zod";
import type { Condition } from "../plant/records.ts";
import { nameCondition } from "./arguments/codes.ts";
import { machinesArgument, machinesCondition, resolveMachines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, spanConditions } from "./arguments/period.ts";
import { answerListing } from "./listing/answer-listing.ts";
import { defineTool } from "./tool.ts";

const timeFields = { planned_start: "planned_start_at", due: "due_at", ended: "ended_at" } as const;

export const listJobOrders = defineTool({
  name: "list_job_orders",
  title: { ko: "생산오더 목록", en: "List job orders" },
  description:
    "Production orders with filters: what runs now, what comes next, what is late, what was made. " +
    "Use affected_orders instead for what a breakdown delays.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    date: z
      .enum(["planned_start", "due", "ended"])
      .optional()
      .describe("Which date the period is about; planned_start unless told."),
    state: z
      .enum(["running", "coming", "finished", "late"])
      .optional()
      .describe("late: past its due time and not finished."),
    product: z.string().trim().min(1).optional().describe("Product, or a part of its name."),
    customer: z.string().trim().min(1).optional().describe("Customer, or a part of the name."),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe("Rows wanted; 20 unless told. The total is always of all."),
  }),
  agents: ["planner"],
  async run(input, context) {
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const field = timeFields[input.date ?? "planned_start"];
    const where: Condition[] = [
      ...machinesCondition(machines),
      ...stateConditions(input.state, context.ctx.now()),
      ...(await nameCondition("job_orders", "product", input.product, context)),
      ...(await nameCondition("job_orders", "customer", input.customer, context)),
      ...spanConditions(field, readPeriod(input, context)),
    ];
    const ahead = input.state === "running" || input.state === "coming" || input.state === "late";
    return await answerListing(
      {
        question: {
          records: "job_orders",
          where,
          orderBy: { field, direction: ahead ? "asc" : "desc" },
          limit: input.limit ?? 20,
        },
        machines,
        breakdown: { field: "product" },
      },
      context,
    );
  },
});

/** By the times, which every source has, not by its words for a state. */
function stateConditions(state: "running" | "coming" | "finished" | "late" | undefined, now: Date): Condition[] {
  const unfinished: Condition = { field: "ended_at", op: "is_null" };
  if (state === "running") return [unfinished, { field: "started_at", op: "not_null" }];
  if (state === "coming") return [unfinished, { field: "started_at", op: "is_null" }];
  if (state === "late") return [unfinished, { field: "due_at", op: "lt", value: now }];
  return state === "finished" ? [{ field: "ended_at", op: "not_null" }] : [];
}
