import {
  expectEnergy,
  fitEnergyBaseline,
  type EnergyBaseline,
} from "../../plant/analysis/operations/energy-baseline.ts";
import type { Interval } from "../../plant/analysis/operations/intervals.ts";
import { resolveMachine } from "../arguments/equipment.ts";
import { readPeriod } from "../arguments/period.ts";
import { loadMachineTimes } from "../oee/load-machine-times.ts";
import type { ToolContext, ToolResult } from "../tool.ts";
import { energyEvidence, noEnergy } from "./energy-evidence.ts";
import type { EnergyReport, EnergyRow } from "./energy-output.ts";
import { energyByDay, energyByOrder, leastCovered, type EnergyPeriod } from "./energy-rows.ts";
import { bucketFor, findMeter, loadEnergy } from "./load-energy.ts";

type Input = {
  equipment: string;
  by?: "day" | "order" | undefined;
  tag?: string | string[] | undefined;
  period?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const dayMs = 86_400_000;
const usualDays = 14;
const baselineDays = 60;

export async function energyPerPartOf(input: Input, context: ToolContext): Promise<ToolResult> {
  const machine = await resolveMachine(input.equipment, context);
  const { meter, tags } = await findMeter(machine, input.tag, context);
  if (!meter) return noEnergy(machine, tags, "no-meter", context);
  const by = input.by ?? "day";
  const span = readSpan(input, context);
  const whole: Interval = { from: span.from - baselineDays * dayMs, to: span.to };
  const { stretches, resets } = await loadEnergy(meter, whole, bucketFor(whole, by), context);
  const { machines } = await loadMachineTimes([machine.id], whole, context);
  const own = machines.get(machine.id) ?? null;
  const periods = (of: Interval): EnergyPeriod[] =>
    by === "day" ? energyByDay(stretches, own, of, context) : energyByOrder(stretches, own?.runs ?? [], of);
  const [before, during] = [periods({ from: whole.from, to: span.from }), periods(span)];
  if (!during.some(({ covered }) => covered > 0)) return noEnergy(machine, tags, "no-readings", context, meter.tag);
  const usable = (all: EnergyPeriod[]): EnergyPeriod[] => all.filter((one) => isWhole(one, by));
  const first = fitEnergyBaseline(usable(before));
  const baseline = first ?? fitEnergyBaseline(usable(during));
  const rows = during.filter(({ covered }) => covered > 0).map((one) => toRow(one, isWhole(one, by) ? baseline : null));
  const sum = (all: readonly EnergyRow[], of: (row: EnergyRow) => number): number =>
    all.reduce((total, row) => total + of(row), 0);
  const judged = rows.filter(({ expected }) => expected !== null);
  // Parts made while the meter slept would make each look cheaper.
  const metered = rows.filter(({ covered }) => covered >= leastCovered);
  const counted = metered.length > 0 ? metered : rows;
  const [kWh, parts] = [sum(counted, (row) => row.kWh), sum(counted, (row) => row.parts)];
  const used = first ? usable(before) : usable(during);
  const report: EnergyReport = {
    found: true,
    equipmentId: machine.id,
    tagId: meter.tag.id,
    unit: meter.tag.unit ?? "",
    by,
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    kWh,
    parts,
    perPart: parts > 0 ? kWh / parts : null,
    expected: judged.length > 0 ? sum(judged, (row) => row.expected ?? 0) : null,
    compared: judged.length > 0 ? sum(judged, (row) => row.kWh) : null,
    baseline,
    baselineFrom: baseline && {
      kind: first ? "before" : "itself",
      from: new Date(used[0]?.from ?? span.from).toISOString(),
      to: new Date(used.at(-1)?.to ?? span.to).toISOString(),
    },
    rows,
    resets,
  };
  const evidence = [energyEvidence(report, machine, meter.tag, context)];
  return { output: report, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
}

/** A day that is not over, or that the meter slept through, can't be compared with whole days. */
function isWhole({ from, to, covered }: EnergyPeriod, by: "day" | "order"): boolean {
  return covered >= leastCovered && (by === "order" || to - from >= 0.95 * dayMs);
}

function readSpan(input: Input, context: ToolContext): Interval {
  const now = context.ctx.now().getTime();
  const asked = readPeriod(input, context);
  const to = Math.min(asked?.to?.getTime() ?? now, now);
  const start = new Date(to - usualDays * dayMs);
  // Whole days: the first one begins at the site's midnight.
  const midnight = readPeriod({ from: localDay(start, context.ctx.timeZone) }, context)?.from ?? start;
  return { from: Math.min((asked?.from ?? midnight).getTime(), to), to };
}

function localDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(at);
}

function toRow({ key, label, kWh, parts, covered }: EnergyPeriod, baseline: EnergyBaseline | null): EnergyRow {
  const expected = baseline ? expectEnergy(baseline, parts) : null;
  const verdict = !expected ? "unknown" : kWh > expected.high ? "above" : kWh < expected.low ? "below" : "within";
  return {
    key,
    label,
    kWh,
    parts,
    perPart: parts > 0 ? kWh / parts : null,
    expected: expected?.kWh ?? null,
    low: expected?.low ?? null,
    high: expected?.high ?? null,
    verdict,
    covered,
  };
}
