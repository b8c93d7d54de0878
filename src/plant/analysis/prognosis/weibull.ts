import { normalQuantile } from "../distributions/distributions.ts";

/** A time to failure, or how long it has run without one (censored). */
export type Lifetime = { time: number; failed: boolean };
export type Interval = { value: number; low: number; high: number };

export type WeibullFit = {
  shape: Interval;
  scale: Interval;
  /** The times by which a share of 10 % and 50 % has failed. */
  b10: Interval;
  median: Interval;
  failures: number;
  censored: number;
  logLikelihood: number;
  /** early: shape surely below 1 (failures get rarer with age). wear: surely above 1. random: neither is sure. */
  pattern: "early" | "random" | "wear";
};
export type WeibullRefusal = { refused: "few_failures" | "all_alike"; failures: number; censored: number };

const fewestFailures = 4;

/**
 * Weibull distribution with two parameters from failures and running (right-censored) times, by maximum likelihood; the
 * intervals from the observed Fisher information of (ln scale, 1/shape), normal on the logarithm (Meeker and Escobar,
 * "Statistical Methods for Reliability Data", 1998, ch. 8). Refuses below four failures, where no interval would mean
 * anything, and where all failures came at the same time. A Weibull with a guessed shape (Weibayes) is not offered.
 */
export function fitWeibull(lifetimes: readonly Lifetime[], confidence = 0.95): WeibullFit | WeibullRefusal {
  const usable = lifetimes.filter(({ time }) => Number.isFinite(time) && time > 0);
  const failed = usable.filter((one) => one.failed);
  const [r, censored] = [failed.length, usable.length - failed.length];
  if (r < fewestFailures) return { refused: "few_failures", failures: r, censored };
  const longest = Math.max(...usable.map(({ time }) => time));
  const logs = usable.map(({ time }) => Math.log(time / longest));
  const failedMean = failed.reduce((sum, { time }) => sum + Math.log(time / longest), 0) / r;
  if (failed.every(({ time }) => time === failed[0]?.time)) return { refused: "all_alike", failures: r, censored };

  /** Σ tᵝ, Σ tᵝ·ln t and Σ tᵝ·ln² t of all times. */
  const moments = (shape: number) => {
    let [zero, one, two] = [0, 0, 0];
    for (const log of logs) {
      const weight = Math.exp(shape * log);
      zero += weight;
      one += weight * log;
      two += weight * log * log;
    }
    return { zero, one, two };
  };
  const score = (shape: number): number => {
    const { zero, one } = moments(shape);
    return one / zero - 1 / shape - failedMean;
  };
  const shape = root(score);
  const { zero } = moments(shape);
  const sigma = 1 / shape;
  const mu = Math.log(zero / r) / shape;

  // Observed information in (μ, σ) of z = (ln t − μ)/σ, the smallest-extreme-value form.
  let [a, b, c] = [0, 0, 0];
  for (const [index, log] of logs.entries()) {
    const z = (log - mu) / sigma;
    const e = Math.exp(z);
    const d = usable[index]?.failed ? 1 : 0;
    a += e;
    b += z * e + e - d;
    c += z * z * e + 2 * z * e - 2 * z * d - d;
  }
  const s2 = sigma * sigma;
  const determinant = a * c - b * b;
  const [varMu, varSigma, covariance] = [(s2 * c) / determinant, (s2 * a) / determinant, (-s2 * b) / determinant];

  const z = normalQuantile((1 + confidence) / 2);
  const around = (value: number, logDeviation: number): Interval => {
    const factor = Math.exp(z * logDeviation);
    return { value, low: value / factor, high: value * factor };
  };
  const quantile = (share: number): Interval => {
    const w = Math.log(-Math.log(1 - share));
    const deviation = Math.sqrt(Math.max(0, varMu + 2 * w * covariance + w * w * varSigma));
    return around(longest * Math.exp(mu + w * sigma), deviation);
  };
  const shapeInterval = around(shape, Math.sqrt(varSigma) / sigma);
  return {
    shape: shapeInterval,
    scale: around(longest * Math.exp(mu), Math.sqrt(varMu)),
    b10: quantile(0.1),
    median: quantile(0.5),
    failures: r,
    censored,
    logLikelihood: logLikelihood(usable, shape, longest * Math.exp(mu)),
    pattern: shapeInterval.high < 1 ? "early" : shapeInterval.low > 1 ? "wear" : "random",
  };
}

function logLikelihood(lifetimes: Lifetime[], shape: number, scale: number): number {
  return lifetimes.reduce((sum, { time, failed }) => {
    const log = Math.log(time / scale);
    return sum - Math.exp(shape * log) + (failed ? Math.log(shape / scale) + (shape - 1) * log : 0);
  }, 0);
}

/** The score rises with the shape: bisection on a logarithmic scale. */
function root(score: (shape: number) => number): number {
  let [low, high] = [1e-3, 1e-2];
  while (score(high) < 0 && high < 1e4) high *= 2;
  for (let step = 0; step < 200; step++) {
    const middle = Math.sqrt(low * high);
    if (middle === low || middle === high) break;
    if (score(middle) < 0) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
