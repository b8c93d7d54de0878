import { z } from "zod";
import { machinesArgument } from "./arguments/equipment.ts";
import { periodFields } from "./arguments/period.ts";
import { reviewAlarmsOf } from "./alarms/review-alarms-of.ts";
import { defineTool } from "./tool.ts";

export const reviewAlarms = defineTool({
  name: "review_alarms",
  title: { ko: "알람 부하 검토", en: "Review alarms" },
  description:
    "Alarm load by ISA-18.2 and EEMUA 191: alarms per operator and hour, the worst ten minutes, floods, chattering, fleeting, standing and most frequent alarms, of a machine, line or the plant in a period. " +
    "Use it for “too many alarms”, “alarm flood”, “which alarm chatters”, “top alarms”, “알람 폭주”, “채터링”.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    operators: z.coerce
      .number()
      .min(1)
      .max(100)
      .optional()
      .describe("Operators who share these alarms; one unless told."),
    code: z.string().trim().min(1).optional().describe("Only this alarm code."),
  }),
  agents: ["maintenance", "planner"],
  run: reviewAlarmsOf,
});
