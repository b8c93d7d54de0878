import { binomialAtLeast, chiSquareQuantile, normalTwoSided, tQuantile } from "../distributions/distributions.ts";
import { mean, standardDeviation } from "../mean.ts";
import type { Interval } from "./weibull.ts";

/**
 * Mean time between failures: hours over failures, with the chi-square interval of a time-terminated observation
 * (MIL-HDBK-338B 8.3; NIST handbook 8.4.5.1): 2T/χ²(1−α/2; 2r+2) to 2T/χ²(α/2; 2r). Supposes a constant rate. Without
 * a failure only a one-sided lower bound exists: T/−ln(α).
 */
export function meanTimeBetweenFailures(
  hours: number,
  failures: number,
  confidence = 0.95,
): { estimate: Interval | null; atLeast: number | null } {
  if (!(hours > 0) || failures < 0) return { estimate: null, atLeast: null };
  const alpha = 1 - confidence;
  if (failures === 0) return { estimate: null, atLeast: hours / -Math.log(alpha) };
  return {
    estimate: {
      value: hours / failures,
      low: (2 * hours) / chiSquareQuantile(1 - alpha / 2, 2 * failures + 2),
      high: (2 * hours) / chiSquareQuantile(alpha / 2, 2 * failures),
    },
    atLeast: null,
  };
}

/**
 * Mean time to repair with an interval that is symmetric on the logarithm (repair times are skewed and above 0):
 * mean·exp(±t·s/(mean·√n)). Null below two repairs.
 */
export function meanTimeToRepair(times: readonly number[], confidence = 0.95): Interval | null {
  const usable = times.filter((time) => Number.isFinite(time) && time > 0);
  const deviation = standardDeviation(usable);
  if (deviation === null) return null;
  const value = mean(usable);
  const reach = tQuantile((1 + confidence) / 2, usable.length - 1) * (deviation / (value * Math.sqrt(usable.length)));
  return { value, low: value * Math.exp(-reach), high: value * Math.exp(reach) };
}

/**
 * One machine's failures against its sisters': how many times their rate, and the probability of so many or more if it
 * were like them, given the sum (two Poisson counts compared by the binomial; Przyborowski and Wilenski, 1940). Null
 * where there is nothing to compare with.
 */
export function compareRates(
  own: { failures: number; hours: number },
  sisters: { failures: number; hours: number },
): { ratio: number; p: number } | null {
  if (!(own.hours > 0 && sisters.hours > 0) || own.failures + sisters.failures === 0) return null;
  const share = own.hours / (own.hours + sisters.hours);
  const rate = sisters.failures / sisters.hours;
  return {
    ratio: rate === 0 ? Infinity : own.failures / own.hours / rate,
    p: binomialAtLeast(own.failures, own.failures + sisters.failures, share),
  };
}

/** Failure times of one machine, from the start of its observation, which ends at `until`. */
export type Observed = { times: readonly number[]; until: number };

/**
 * Do failures come more and more often? Laplace's test, pooled over machines (Cox and Lewis, 1966; NIST handbook
 * 8.2.3.4): u is about normal without a trend; above 0 worse, below 0 better. Null below three failures.
 */
export function laplaceTrend(machines: readonly Observed[]): { u: number; p: number } | null {
  const counted = machines.filter(({ times, until }) => times.length > 0 && until > 0);
  const all = counted.reduce((sum, { times }) => sum + times.length, 0);
  if (all < 3) return null;
  const sum = counted.reduce((total, { times }) => total + times.reduce((part, time) => part + time, 0), 0);
  const expected = counted.reduce((total, { times, until }) => total + (times.length * until) / 2, 0);
  const variance = counted.reduce((total, { times, until }) => total + (times.length * until ** 2) / 12, 0);
  const u = (sum - expected) / Math.sqrt(variance);
  return { u, p: normalTwoSided(u) };
}
