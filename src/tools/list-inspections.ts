import { z } from "zod";
import type { Condition } from "../plant/records.ts";
import { codeCondition, nameCondition } from "./arguments/codes.ts";
import { machinesArgument, machinesCondition, resolveMachines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, spanConditions } from "./arguments/period.ts";
import { answerListing } from "./listing/answer-listing.ts";
import { defineTool } from "./tool.ts";

export const listInspections = defineTool({
  name: "list_inspections",
  title: { ko: "검사 기록", en: "List inspections" },
  description:
    "Inspection records (measurements and defect counts) of a machine, product, lot or characteristic, newest first, with how many passed and failed. " +
    "Use check_control_limits to judge a process, defect_pareto for which defects weigh most.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    product: z.string().trim().min(1).optional().describe("Product, or a part of its name."),
    characteristic: z.string().trim().min(1).optional().describe("What was measured, e.g. a dimension."),
    lot: z.string().trim().min(1).optional().describe("Lot id."),
    failed: z.boolean().optional().describe("Only records judged as failed."),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe("Rows wanted; 20 unless told. The total is always of all."),
  }),
  agents: ["quality"],
  async run(input, context) {
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const failing = input.failed === true ? await failedResults() : [];
    const where: Condition[] = [
      ...machinesCondition(machines),
      ...(await nameCondition("inspections", "product", input.product, context)),
      ...(await nameCondition("inspections", "characteristic", input.characteristic, context)),
      ...(await codeCondition("inspections", "lot_id", input.lot, context)),
      ...failing,
      ...spanConditions("inspected_at", readPeriod(input, context)),
    ];
    return await answerListing(
      {
        question: { records: "inspections", where, limit: input.limit ?? 20 },
        machines,
        breakdown: { field: "result" },
      },
      context,
    );

    async function failedResults(): Promise<Condition[]> {
      const words = await context.mes.vocabulary("inspections", "result", 100);
      const failed = words.map((word) => word.value).filter((word) => /^(?:fail|ng|nok|reject|no|불|ng)/i.test(word));
      return [{ field: "result", op: "in", value: failed.length > 0 ? failed : ["fail"] }];
    }
  },
});
