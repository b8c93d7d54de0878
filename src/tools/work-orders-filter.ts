import { z } from "zod";
import type { Condition } from "../plant/records.ts";
import { codeCondition, nameCondition } from "./arguments/codes.ts";
import { machinesArgument, machinesCondition, resolveMachines, type Machines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, spanConditions } from "./arguments/period.ts";
import { loadPeople } from "./people.ts";
import type { ToolContext } from "./tool.ts";

/** Filters that listing and counting of work orders share. */
export const workOrderFilter = {
  equipment: machinesArgument.optional(),
  ...periodFields,
  date: z
    .enum(["finished", "opened"])
    .optional()
    .describe("Which date the period is about: finished (taken unless told) or opened."),
  preventive: z.boolean().optional().describe("True: only planned maintenance. False: only repairs."),
  open: z.boolean().optional().describe("True: only those not finished yet. False: only finished ones."),
  technician: z.string().trim().min(1).optional().describe("Who did it: name or id."),
  primary_code: z.string().trim().min(1).optional().describe("Primary failure or maintenance code."),
  secondary_code: z.string().trim().min(1).optional().describe("Secondary code."),
  alarm_code: z.string().trim().min(1).optional().describe("Alarm code that led to it."),
  component: z.string().trim().min(1).optional().describe("Part of the machine."),
  text: z.string().trim().min(1).optional().describe("Words in the description."),
};
const filterSchema = z.object(workOrderFilter);
export type WorkOrderFilter = z.output<typeof filterSchema>;

export async function workOrderConditions(
  input: WorkOrderFilter,
  context: ToolContext,
): Promise<{ where: Condition[]; machines: Machines | null; timeField: "finished_at" | "opened_at" }> {
  const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
  // An open work order has no end: its period can only be about the beginning.
  const timeField = input.date === "opened" || input.open === true ? "opened_at" : "finished_at";
  const people = input.technician === undefined ? undefined : await loadPeople(context);
  const where: Condition[] = [
    ...machinesCondition(machines),
    ...(input.preventive === undefined ? [] : [{ field: "preventive", op: "eq", value: input.preventive } as const]),
    ...(input.open === undefined ? [] : [{ field: "finished_at", op: input.open ? "is_null" : "not_null" } as const]),
    ...(await nameCondition("work_orders", "technician", input.technician, context, people)),
    ...(await codeCondition("work_orders", "primary_code", input.primary_code, context)),
    ...(await codeCondition("work_orders", "secondary_code", input.secondary_code, context)),
    ...(await codeCondition("work_orders", "alarm_code", input.alarm_code, context)),
    ...(await nameCondition("work_orders", "component", input.component, context)),
    ...(input.text === undefined ? [] : [{ field: "description", op: "contains", value: input.text } as const]),
    ...spanConditions(timeField, readPeriod(input, context)),
  ];
  return { where, machines, timeField };
}
