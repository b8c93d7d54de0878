import { mergeIntervals, type Interval } from "../../plant/analysis/operations/intervals.ts";
import type { MachineTime, Run } from "../../plant/analysis/operations/oee.ts";
import type { Condition, Row } from "../../plant/records.ts";
import { createPlannedTime, type PlannedTime } from "../../plant/site/planned-time.ts";
import { anyOf } from "../arguments/codes.ts";
import type { ToolContext } from "../tool.ts";
import { loadStops, millis, mostRows, push, touching } from "./load-stops.ts";
import type { PlannedBasis } from "./oee-output.ts";

export type LoadedTimes = {
  /** By machine, only those with orders in the span. */
  machines: Map<string, MachineTime>;
  basis: PlannedBasis;
  /** What the records lack, for the notes. */
  lacks: { counts: number; scrap: number; plannedTimes: number; noStops: string[]; undeclared: string[]; left: number };
};

const longestOrderMs = 45 * 86_400_000;
const closed = /cancel|closed|complete|finished|취소|완료|마감/i;

/** Planned time, stops and orders of the machines (all with orders where null) that touch [from, to). */
export async function loadMachineTimes(
  ids: readonly string[] | null,
  span: Interval,
  context: ToolContext,
): Promise<LoadedTimes> {
  const ofMachines: Condition[] = ids === null ? [] : [anyOf("equipment_id", [...ids])];
  const lacks: LoadedTimes["lacks"] = { counts: 0, scrap: 0, plannedTimes: 0, noStops: [], undeclared: [], left: 0 };
  const runs = await loadRuns(ofMachines, span, lacks, context);
  const units = [...runs.keys()].sort();
  const reach = firstStart(runs, span);
  const stops = await loadStops(ofMachines, { from: reach, to: span.to }, lacks, context);
  const busy = await plannedSpans(units, { from: reach, to: span.to }, context);
  lacks.undeclared = busy.undeclared;
  const machines = new Map<string, MachineTime>();
  for (const id of units) {
    const own = stops.get(id) ?? [];
    if (own.length === 0 && (await context.mes.coverage("downtimes", id)).rows === 0) lacks.noStops.push(id);
    machines.set(id, { planned: busy.of(id), stops: own, runs: runs.get(id) ?? [] });
  }
  return { machines, basis: busy.basis, lacks };
}

/** Orders that cross the beginning are prorated by their running time, which began before. */
function firstStart(runs: Map<string, Run[]>, span: Interval): number {
  let first = span.from;
  for (const own of runs.values()) for (const { from } of own) first = Math.min(first, from);
  return Math.max(first, span.from - longestOrderMs);
}

async function loadRuns(
  where: Condition[],
  span: Interval,
  lacks: LoadedTimes["lacks"],
  context: ToolContext,
): Promise<Map<string, Run[]>> {
  const { rows: planned, total } = await context.mes.list({
    records: "job_orders",
    where: [
      ...where,
      { field: "started_at", op: "is_null" },
      { field: "quantity_good", op: "gt", value: 0 },
      { field: "planned_start_at", op: "lt", value: new Date(span.to) },
      { field: "planned_end_at", op: "gt", value: new Date(span.from) },
    ],
    limit: mostRows,
    timeZone: context.ctx.timeZone,
  });
  lacks.left += total - planned.length;
  const out = new Map<string, Run[]>();
  const rows = [...planned, ...(await touching("job_orders", where, span, lacks, context))];
  for (const row of rows) {
    const run = toRun(row, context.ctx.now().getTime(), lacks);
    if (run && run.to > span.from && run.from < span.to) push(out, String(row["equipment_id"]), run);
  }
  return out;
}

function toRun(row: Row, now: number, lacks: LoadedTimes["lacks"]): Run | null {
  const [good, scrap, cycle] = [row["quantity_good"], row["quantity_scrap"], row["cycle_time_seconds"]];
  const started = millis(row["started_at"]);
  const from = started ?? millis(row["planned_start_at"]);
  const over = started === null || closed.test(String(row["status"] ?? ""));
  const to = millis(row["ended_at"]) ?? (over ? millis(row["planned_end_at"]) : now);
  if (typeof row["equipment_id"] !== "string" || from === null || to === null || to <= from) return null;
  if (typeof good !== "number") {
    lacks.counts++;
    return null;
  }
  if (started === null) lacks.plannedTimes++;
  if (typeof scrap !== "number") lacks.scrap++;
  return {
    id: String(row["id"]),
    from,
    to,
    product: typeof row["product"] === "string" ? row["product"] : null,
    good,
    scrap: typeof scrap === "number" ? scrap : 0,
    cycleSeconds: typeof cycle === "number" && cycle > 0 ? cycle : null,
  };
}

/** The site's planned time of each machine; its shifts where it says none; the calendar where those cover all of it. */
async function plannedSpans(units: string[], span: Interval, context: ToolContext) {
  const { byId } = await context.directory.load();
  const [from, to] = [new Date(span.from), new Date(span.to)];
  const chain = (id: string): string[] => {
    const out = [id];
    for (let parent = byId.get(id)?.parentId; parent && !out.includes(parent); parent = byId.get(parent)?.parentId)
      out.push(parent);
    return out;
  };
  const spans = (time: PlannedTime | undefined, id: string) => time?.busySpans(chain(id), from, to) ?? null;
  const shifts = createPlannedTime({
    timeZone: context.ctx.timeZone,
    shifts: context.shifts.map(({ start, end }) => ({
      machines: null,
      days: [1, 2, 3, 4, 5, 6, 7],
      start,
      end,
      breaks: [],
    })),
    holidays: [],
  });
  const inShifts = mergeIntervals((shifts.busySpans("", from, to) ?? []).map(toInterval));
  const [whole] = inShifts;
  const all = inShifts.length === 0 || (inShifts.length === 1 && whole?.from === span.from && whole.to === span.to);
  const declared = units.filter((id) => spans(context.plannedTime, id) !== null);
  const basis: PlannedBasis = declared.length > 0 ? "planned_time" : all ? "calendar" : "shifts";
  return {
    basis,
    undeclared: declared.length > 0 ? units.filter((id) => !declared.includes(id)) : [],
    of(id: string): Interval[] {
      const own = spans(context.plannedTime, id);
      if (own) return mergeIntervals(own.map(toInterval));
      return all ? [{ ...span }] : inShifts;
    },
  };
}

const toInterval = ({ from, to }: { from: Date; to: Date }): Interval => ({ from: from.getTime(), to: to.getTime() });
