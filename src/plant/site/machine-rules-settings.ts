import { z } from "zod";
import type { Limit, LimitCondition, MachineRule, Quantity } from "../analysis/condition/explain-by-limits.ts";
import { createMachineFilter } from "./machine-glob.ts";
import { machineList } from "./source-shape.ts";

// Documented limits of machines: which cause they tell where readings, put together, are beyond them.

const quantity: z.ZodType<Quantity> = z.lazy(() =>
  z.union([
    z.string().min(1),
    z.number(),
    z.strictObject({ sum: z.array(quantity).min(1) }),
    z.strictObject({ product: z.array(quantity).min(1) }),
    z.strictObject({ difference: z.tuple([quantity, quantity]) }),
    z.strictObject({ ratio: z.tuple([quantity, quantity]) }),
    z.strictObject({ absolute: quantity }),
    z.strictObject({ power: z.strictObject({ torque: quantity, speed: quantity }) }),
  ]),
);
const limit: z.ZodType<Limit> = z.union([z.number(), z.record(z.string(), z.number())]);
const condition = z
  .strictObject({ quantity, above: limit.optional(), below: limit.optional(), unit: z.string().optional() })
  .refine((one) => one.above !== undefined || one.below !== undefined, "says no limit: write above, below or both")
  .transform(({ quantity: of, above, below, unit }): LimitCondition => ({
    quantity: of,
    ...(above !== undefined && { above }),
    ...(below !== undefined && { below }),
    ...(unit !== undefined && { unit }),
  }));

export const machineRulesSettings = z.array(
  z.strictObject({
    machines: machineList.optional(),
    rules: z.array(z.strictObject({ cause: z.string().min(1), when: z.array(condition).min(1) })).min(1),
  }),
);

/** The rules that hold for a machine. */
export type MachineRules = (machineId: string) => MachineRule[];

export function createMachineRules(settings: z.output<typeof machineRulesSettings>): MachineRules {
  const groups = settings.map(({ machines, rules }) => ({
    rules,
    meant: machines ? createMachineFilter(machines) : () => true,
  }));
  return (machineId) => groups.flatMap(({ rules, meant }) => (meant(machineId) ? rules : []));
}
