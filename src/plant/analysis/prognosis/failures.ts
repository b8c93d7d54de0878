import type { Lifetime } from "./weibull.ts";

// Failure: one breakdown of one machine, however many records tell of it.

export type FailureRecord = {
  equipmentId: string;
  at: Date;
  /** How long the repair or the stop took; null where it was not recorded. */
  minutes: number | null;
  cause: string | null;
  causeLabel: string | null;
};
export type Failure = FailureRecord & { records: number };

const hourMs = 3_600_000;

/** Records of one machine that follow each other within `mergeHours` are one failure, at its first record's time. */
export function mergeFailures(records: readonly FailureRecord[], mergeHours: number): Failure[] {
  const sorted = records
    .filter(({ at }) => Number.isFinite(at.getTime()))
    .toSorted((a, b) => a.equipmentId.localeCompare(b.equipmentId) || a.at.getTime() - b.at.getTime());
  const merged: Failure[] = [];
  let last: FailureRecord | null = null;
  for (const record of sorted) {
    const open = merged.at(-1);
    const near = last && record.at.getTime() - last.at.getTime() < mergeHours * hourMs;
    if (open && near && open.equipmentId === record.equipmentId) {
      open.records++;
      if (record.minutes !== null) open.minutes = (open.minutes ?? 0) + record.minutes;
      open.cause ??= record.cause;
      open.causeLabel ??= record.causeLabel;
    } else merged.push({ ...record, records: 1 });
    last = record;
  }
  return merged;
}

/**
 * Times between failures in hours, and for each machine the time since its last one, which still runs (censored). The
 * time up to the first failure is left out: how old the machine then was is not on record. As good as new after each
 * repair is supposed.
 */
export function timesBetween(failures: readonly Failure[], until: Date): Lifetime[] {
  const machines = Map.groupBy(failures, ({ equipmentId }) => equipmentId);
  return [...machines.values()].flatMap((own) => {
    const times = own.map(({ at }) => at.getTime()).sort((a, b) => a - b);
    return times.map((at, index) => {
      const next = times[index + 1];
      return { time: ((next ?? until.getTime()) - at) / hourMs, failed: next !== undefined };
    });
  });
}
