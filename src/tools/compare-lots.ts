import { z } from "zod";
import { machinesArgument } from "./arguments/equipment.ts";
import { periodFields } from "./arguments/period.ts";
import { compareLotsOf } from "./lots/compare-lots-of.ts";
import { defineTool } from "./tool.ts";

export const compareLots = defineTool({
  name: "compare_lots",
  title: { ko: "양품·불량 로트 비교", en: "Compare good and bad lots" },
  description:
    "What differs between good and bad lots: sensor values while each lot was made, inspection values, machine, material lots and suppliers, inspector; with effect size and a test corrected for how many things were compared. It names differences, never causes. " +
    "Use it for “what was different with the bad lots”, “why is the scrap high”, “불량 로트는 뭐가 달랐어”.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    product: z.string().trim().min(1).optional().describe("Product, or a part of its name."),
    bad_lots: z
      .array(z.string().trim().min(1))
      .optional()
      .describe("The bad lots, where they are named; the rest of the period are good."),
    bad_by: z
      .enum(["auto", "status", "inspection", "scrap"])
      .optional()
      .describe(
        "What makes a lot bad: its status (held, rejected, sorted), a failed inspection, its scrap share, or any of the first two (auto).",
      ),
    scrap_percent: z.coerce
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe("With bad_by scrap: bad from this share of scrap on, in percent."),
  }),
  agents: ["quality"],
  run: compareLotsOf,
});
