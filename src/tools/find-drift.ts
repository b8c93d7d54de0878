import { z } from "zod";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields } from "./arguments/period.ts";
import { tagsArgument } from "./arguments/tags.ts";
import type { DriftReport } from "./condition/drift-output.ts";
import { nothingComputed } from "./condition/not-yet.ts";
import { say } from "./wording.ts";
import { defineTool } from "./tool.ts";

const lookbackHours = 24;

export const findDrift = defineTool({
  name: "find_drift",
  title: { ko: "정지 전 변화 찾기", en: "Find drift before stops" },
  description:
    "What drifted before a machine's last stops or alarms: per sensor, before how many of them it left its ordinary level, to which side, how many hours before, and how often that happens without any stop. " +
    "Use it for “what drifted before the last three stops”, “what announces the alarm”, “멈추기 전에 뭐가 변했어”. For how it runs now use compare_with_normal.",
  input: z.object({
    equipment: machineArgument,
    tags: tagsArgument,
    before: z
      .enum(["stops", "alarms"])
      .optional()
      .describe("Unplanned stops (downtime) or alarms. Stops unless told; alarms where an alarm code is given."),
    count: z.coerce.number().int().min(1).max(10).optional().describe("How many of the latest; 3 unless told."),
    code: z.string().trim().min(1).optional().describe("Only alarms or stops of this alarm or reason code."),
    hours: z.coerce
      .number()
      .min(1)
      .max(336)
      .optional()
      .describe(`How far to look back before each, in hours; ${lookbackHours} unless told.`),
    ...periodFields,
  }),
  agents: ["maintenance", "quality"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const output: DriftReport = {
      found: false,
      equipmentId: machine.id,
      events: [],
      tags: [],
      lookbackHours: input.hours ?? lookbackHours,
    };
    const text = say(context.language, "아직 계산할 수 없습니다.", "This can't be computed yet.");
    return { output, summary: text, evidence: [nothingComputed(machine, text, output, context)] };
  },
});
