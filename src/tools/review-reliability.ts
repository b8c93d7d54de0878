import { z } from "zod";
import { machinesArgument, resolveMachines } from "./arguments/equipment.ts";
import { periodFields } from "./arguments/period.ts";
import { nothingComputed } from "./condition/nothing-computed.ts";
import type { ReliabilityReport } from "./prognosis/reliability-output.ts";
import { say } from "./wording.ts";
import { defineTool } from "./tool.ts";

export const reviewReliability = defineTool({
  name: "review_reliability",
  title: { ko: "신뢰성 검토", en: "Review reliability" },
  description:
    "How often machines fail and how long repairs take: MTBF and MTTR with intervals, Weibull life with running times censored, whether failures come more and more often, main causes, and bad actors among sister machines. " +
    "Use it for “MTBF”, “MTTR”, “how reliable”, “which machine fails most”, “does it wear out”, “고질 설비”. Leave equipment out for the whole plant.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    basis: z
      .enum(["work_orders", "downtimes"])
      .optional()
      .describe(
        "What counts as a failure: corrective work orders, or unplanned stops. Work orders unless told or there are none.",
      ),
    code: z.string().trim().min(1).optional().describe("Only failures of this failure code, or stop reason."),
    component: z.string().trim().min(1).optional().describe("Only failures of this component, such as “spindle”."),
    mergeHours: z.coerce
      .number()
      .min(0)
      .max(720)
      .optional()
      .describe("Failures of one machine closer than this are one failure; 24 hours unless told."),
  }),
  agents: ["maintenance", "planner"],
  async run(input, context) {
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const output: ReliabilityReport = {
      found: false,
      label: machines?.label ?? say(context.language, "공장 전체", "whole plant"),
      from: context.ctx.now().toISOString(),
      to: context.ctx.now().toISOString(),
      failures: 0,
      basis: input.basis ?? "work_orders",
      units: [],
      mtbfHours: null,
      mttrHours: null,
      weibull: null,
      trend: null,
      causes: [],
    };
    const text = say(context.language, "아직 계산할 수 없습니다.", "This can't be computed yet.");
    const machine = { id: output.label, name: "", nameKo: null, sample: machines?.sample ?? false };
    return { output, summary: text, evidence: [nothingComputed(machine, text, output, context)] };
  },
});
