import { z } from "zod";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { periodFields } from "./arguments/period.ts";
import { tagsArgument } from "./arguments/tags.ts";
import { nothingComputed } from "./condition/nothing-computed.ts";
import type { AlarmLimitReport } from "./prognosis/alarm-limit-output.ts";
import { say } from "./wording.ts";
import { defineTool } from "./tool.ts";

export const reviewAlarmLimit = defineTool({
  name: "review_alarm_limit",
  title: { ko: "알람 기준값 검토", en: "Review an alarm limit" },
  description:
    "Whether a sensor's alarm limit still fits: how often readings passed it, how many of those were false alarms, which failures it missed, and what limit the healthy readings suggest, with the alarms a week before and after. A proposal for a person: nothing is changed. " +
    "Use it for “review the alarm limit”, “too many false alarms”, “이 알람 기준값 다시 잡아줘”.",
  input: z.object({
    equipment: machineArgument,
    tags: tagsArgument,
    code: z.string().trim().min(1).optional().describe("The alarm code whose limit it is, where the asker names one."),
    limit: z.coerce.number().optional().describe("A limit to try out instead of the computed proposal."),
    ...periodFields,
  }),
  agents: ["maintenance"],
  async run(input, context) {
    const machine = await resolveMachine(input.equipment, context);
    const output: AlarmLimitReport = { found: false, equipmentId: machine.id, reviews: [] };
    const text = say(context.language, "아직 계산할 수 없습니다.", "This can't be computed yet.");
    return { output, summary: text, evidence: [nothingComputed(machine, text, output, context)] };
  },
});
