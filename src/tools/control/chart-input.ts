import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import type { RuleName } from "../../plant/analysis/spc/control-chart.ts";
import { ruleLabels, rulesOf } from "../../plant/analysis/spc/control-rules.ts";
import { machinesArgument } from "../arguments/equipment.ts";
import { periodFields } from "../arguments/period.ts";

export const chartKinds = ["xbar_r", "xbar_s", "r", "s", "i_mr", "p", "np", "c", "u", "ewma", "cusum"] as const;
export const attributeKinds = ["p", "np", "c", "u"] as const;

const ruleNames = Object.keys(ruleLabels).filter((name): name is RuleName => /^(?:nelson|western)/.test(name));

export const chartInput = z.object({
  equipment: machinesArgument.optional(),
  ...periodFields,
  product: z.string().trim().min(1).optional().describe("Product, or a part of its name."),
  characteristic: z.string().trim().min(1).optional().describe("What was inspected, or a part of its name."),
  lot: z.string().trim().min(1).optional().describe("Only records of this lot or phase label."),
  chart: z
    .enum(chartKinds)
    .optional()
    .describe(
      "Leave out for the chart that fits: subgroups xbar_r (xbar_s above 10), single values i_mr, counts p or u. " +
        "p, np: defective units; c, u: defects of which a unit may have several.",
    ),
  phase_one: z
    .union([z.number(), z.string().trim().min(1)])
    .optional()
    .describe(
      "Points that limits come from, the rest is judged by them: a number of first points, a lot or phase label, or a period. All points unless told.",
    ),
  exclude: z
    .array(z.union([z.number(), z.string().trim().min(1)]))
    .optional()
    .describe("Points with a known cause, left out: position counted from 1, or subgroup's name as text."),
  reason: z.string().trim().min(1).optional().describe("Why points are left out."),
  rules: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe("nelson, western_electric, or single rules such as nelson_2; nelson unless told (1 to 4 on counts)."),
  lsl: z.coerce.number().optional().describe("Lower specification limit; that of the records unless told."),
  usl: z.coerce.number().optional().describe("Upper specification limit; that of the records unless told."),
  target: z.coerce.number().optional().describe("Target of the specification (Cpm), and of a CUSUM."),
  center: z.coerce.number().optional().describe("Known centre instead of the computed one."),
  sigma: z
    .union([z.number().positive(), z.enum(["range", "s", "pooled", "moving_range", "sd"])])
    .optional()
    .describe(
      "How sigma is estimated, or its known value. range (R/d2), s (s/c4), pooled, moving_range, sd (overall).",
    ),
  constants: z
    .enum(["table", "exact"])
    .optional()
    .describe("d2 with the tables' three decimals (as AIAG and most programs) or exact; table unless told."),
  L: z.coerce.number().positive().optional().describe("Width of the limits in standard errors; 3 unless told."),
  lambda: z.coerce.number().optional().describe("Weight of the newest point of an EWMA; 0.2 unless told."),
  ewma_limits: z
    .enum(["exact", "steady"])
    .optional()
    .describe(
      "Limits of an EWMA: exact (narrower at the first points) or steady (as in the NIST handbook); exact unless told.",
    ),
  k: z.coerce.number().optional().describe("Reference value of a CUSUM in standard errors; 0.5 unless told."),
  h: z.coerce.number().optional().describe("Decision interval of a CUSUM in standard errors; 5 unless told."),
  head_start: z.coerce.number().optional().describe("Head start of a CUSUM in standard errors; 0 unless told."),
});

export type ChartInput = z.output<typeof chartInput>;

/** The rules asked for; Nelson's where none are, on counts only the first four. */
export function askedRules(asked: ChartInput["rules"], attributes: boolean): RuleName[] {
  if (asked === undefined) return rulesOf("nelson", attributes ? 4 : Infinity);
  const each = Array.isArray(asked) ? asked : [asked];
  return [...new Set(each.flatMap(rulesNamed))];
}

function rulesNamed(name: string): RuleName[] {
  const folded = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  if (folded === "nelson" || folded === "western_electric") return rulesOf(folded);
  const rule = ruleNames.find((one) => one === folded);
  if (rule) return [rule];
  throw new SunbaeError("invalid_input", `There is no rule “${name}”.`, {
    fix: `Use nelson, western_electric, or one of: ${ruleNames.join(", ")}.`,
  });
}
