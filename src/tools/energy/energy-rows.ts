import { energyWithin, type EnergyStretch } from "../../plant/analysis/operations/energy.ts";
import type { Interval } from "../../plant/analysis/operations/intervals.ts";
import { computeOee, type MachineTime, type Run } from "../../plant/analysis/operations/oee.ts";
import { bucketsOf } from "../oee/spans.ts";
import type { ToolContext } from "../tool.ts";

/** Energy and good parts of one day or order; `covered` is the share of it that the meter told about. */
export type EnergyPeriod = Interval & { key: string; label: string; kWh: number; parts: number; covered: number };

/** Less metered than this is no measure of a day. */
export const leastCovered = 0.9;

/** Whole days of the span with their energy and good parts, orders over midnight prorated by running time. */
export function energyByDay(
  stretches: readonly EnergyStretch[],
  machine: MachineTime | null,
  span: Interval,
  context: ToolContext,
): EnergyPeriod[] {
  return bucketsOf(span, "day", context).map((day) => {
    const parts = machine ? computeOee(machine, day).pieces.good : 0;
    return { ...day, parts, ...energyWithin(stretches, day) };
  });
}

/** Finished orders of the span. */
export function energyByOrder(
  stretches: readonly EnergyStretch[],
  orders: readonly Run[],
  span: Interval,
): EnergyPeriod[] {
  return orders
    .filter(({ from, to }) => from >= span.from && to <= span.to)
    .map(({ id = "", from, to, good }) => ({
      key: id,
      label: id,
      from,
      to,
      parts: good,
      ...energyWithin(stretches, { from, to }),
    }))
    .sort((a, b) => a.from - b.from);
}
