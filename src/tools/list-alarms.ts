import { z } from "zod";
import type { Condition } from "../plant/records.ts";
import { codeCondition } from "./arguments/codes.ts";
import { machinesArgument, machinesCondition, resolveMachines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, spanConditions } from "./arguments/period.ts";
import { answerListing } from "./listing/answer-listing.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export const listAlarms = defineTool({
  name: "list_alarms",
  title: { ko: "알람 이력", en: "List alarms" },
  description:
    "Alarms, warnings and anomalies that machines raised, newest first, with the count by code: which came, when, how long. " +
    "Use it for “which alarms today”, “when did 2041 last come”. What a code means: look_up_alarm.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    code: z.string().trim().min(1).optional().describe("Only this alarm code."),
    active: z.boolean().optional().describe("Only alarms that are not cleared yet."),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe("Rows wanted; 20 unless told. The count is always of all."),
  }),
  agents: ["maintenance", "planner", "quality"],
  async run(input, context) {
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const where: Condition[] = [
      ...machinesCondition(machines),
      ...(await raisedByMachines(context)),
      ...(await codeCondition("events", "code", input.code, context)),
      ...(input.active === true ? [{ field: "ended_at", op: "is_null" } as const] : []),
      ...spanConditions("started_at", readPeriod(input, context)),
    ];
    return await answerListing(
      {
        question: { records: "events", where, limit: input.limit ?? 20 },
        machines,
        name: { ko: "알람", en: "alarms" },
        breakdown: { field: "code" },
      },
      context,
    );
  },
});

/** Imported events may hold work orders too; they are no alarms. */
async function raisedByMachines({ mes }: ToolContext): Promise<Condition[]> {
  const groups = await mes.vocabulary("events", "group", 100);
  const work = groups
    .map((group) => group.value)
    .filter((value) => /work[\s_-]?order|작업\s?(?:지시|오더)|maintenance|정비/i.test(value));
  return work.length > 0 ? [{ field: "group", op: "not_in", value: work }] : [];
}
