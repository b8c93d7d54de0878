import { pareto } from "../../plant/analysis/pareto.ts";
import { timesBetween, type Failure } from "../../plant/analysis/prognosis/failures.ts";
import {
  compareRates,
  laplaceTrend,
  meanTimeBetweenFailures,
  meanTimeToRepair,
} from "../../plant/analysis/prognosis/rates.ts";
import { fitWeibull } from "../../plant/analysis/prognosis/weibull.ts";
import type { CauseShare, Estimate, ReliabilityReport, UnitReliability, WeibullReport } from "./reliability-output.ts";

const hourMs = 3_600_000;
const badActorRatio = 1.5;
const badActorP = 0.05;

export type Review = {
  /** Machines that are reviewed. */
  ids: string[];
  /** For each machine its sisters: others like it, reviewed or not. */
  sistersOf: (id: string) => string[];
  /** Merged failures within the span, of the machines and their sisters. */
  failures: Failure[];
  from: Date;
  to: Date;
};

/** Everything that the failures of some machines say about how they hold, worst machine first. */
export function reviewUnits({
  ids,
  sistersOf,
  failures,
  from,
  to,
}: Review): Pick<ReliabilityReport, "failures" | "units" | "mtbfHours" | "mttrHours" | "weibull" | "trend" | "causes"> {
  const hours = (to.getTime() - from.getTime()) / hourMs;
  const byMachine = Map.groupBy(failures, ({ equipmentId }) => equipmentId);
  const count = (id: string): number => byMachine.get(id)?.length ?? 0;
  const own = failures.filter(({ equipmentId }) => ids.includes(equipmentId));
  const [one = ""] = ids;
  const areAlike = ids.every((id) => id === one || sistersOf(one).includes(id));
  const compared = ids.filter((id) => sistersOf(id).length > 0).length;
  const units = ids.map((id): UnitReliability => {
    const { estimate, atLeast } = meanTimeBetweenFailures(hours, count(id));
    const repairs = repairHours(byMachine.get(id) ?? []);
    const mttr = meanTimeToRepair(repairs);
    const sisters = sistersOf(id);
    const against = compareRates(
      { failures: count(id), hours },
      { failures: sisters.reduce((sum, sister) => sum + count(sister), 0), hours: hours * sisters.length },
    );
    return {
      equipmentId: id,
      failures: count(id),
      hours,
      mtbfHours: estimate,
      mtbfAtLeastHours: atLeast,
      mttrHours: mttr,
      repairs: repairs.length,
      availability: estimate && mttr ? estimate.value / (estimate.value + mttr.value) : null,
      againstSisters: against,
      // Of many machines one is always worst: the probability is divided by their number (Bonferroni).
      badActor: against !== null && against.ratio >= badActorRatio && against.p < badActorP / Math.max(1, compared),
    };
  });
  units.sort((a, b) => b.failures - a.failures || a.equipmentId.localeCompare(b.equipmentId));
  const trend = laplaceTrend(
    ids.map((id) => ({
      times: (byMachine.get(id) ?? []).map(({ at }) => (at.getTime() - from.getTime()) / hourMs),
      until: hours,
    })),
  );
  return {
    failures: own.length,
    units,
    mtbfHours: meanTimeBetweenFailures(hours * ids.length, own.length).estimate,
    mttrHours: meanTimeToRepair(repairHours(own)),
    // Machines of different kinds have no life in common.
    weibull: own.length === 0 || !areAlike ? null : weibullOf(own, to),
    trend: trend && { ...trend, direction: trend.p >= 0.05 ? "none" : trend.u > 0 ? "worse" : "better" },
    causes: causesOf(own),
  };
}

function repairHours(failures: Failure[]): number[] {
  return failures.flatMap(({ minutes }) => (minutes === null ? [] : [minutes / 60]));
}

function weibullOf(failures: Failure[], until: Date): WeibullReport {
  const fit = fitWeibull(timesBetween(failures, until));
  const { failures: count, censored } = fit;
  if ("refused" in fit) return { found: false, reason: fit.refused, failures: count, censored };
  const plain = ({ value, low, high }: Estimate): Estimate => ({ value, low, high });
  return {
    found: true,
    shape: plain(fit.shape),
    scaleHours: plain(fit.scale),
    b10Hours: plain(fit.b10),
    medianHours: plain(fit.median),
    failures: count,
    censored,
    pattern: fit.pattern,
  };
}

function causesOf(failures: Failure[]): CauseShare[] {
  const groups = Map.groupBy(failures, ({ cause }) => cause ?? "");
  const items = [...groups].map(([key, own]) => {
    const timed = own.flatMap(({ minutes }) => minutes ?? []);
    const minutes = timed.length === 0 ? null : timed.reduce((sum, one) => sum + one, 0);
    return { key, label: own[0]?.causeLabel ?? key, value: own.length, minutes };
  });
  return pareto(items).map(({ key, label, value, minutes, share }) => ({ key, label, count: value, minutes, share }));
}
