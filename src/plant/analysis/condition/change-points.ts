import { mean, median } from "../mean.ts";

// Regime: a stretch of a signal with one level ("mean") or one straight line ("line"). Change point: the index where
// the next regime begins.

export type Regime = {
  /** [from, to) of the values. */
  from: number;
  to: number;
  /** Of the fitted level or line, at the stretch's first and last value. */
  start: number;
  end: number;
};

export type ChangeOptions = {
  /** What a regime looks like; "mean" unless told. */
  shape?: "mean" | "line";
  /** Fewest values of a regime; 5 unless told. */
  shortest?: number;
  /** The price of one more change as a multiple of the scatter's variance; BIC's unless told. */
  penalty?: number;
};

/** Beyond this many values neighbours are averaged; places stay those of the given values. */
const mostValues = 1_500;
const madToSigma = 1.4826;
/** Neighbours more alike than this are taken for a random walk. */
const walkFrom = 0.9;
/** E[z² | |z| in its calmest 90 %] of a standard normal z. */
const calmestShare = 0.62301;

/**
 * Regimes of equally spaced values, by PELT: the exact minimum of squared residuals plus a penalty for each change
 * (Killick, Fearnhead and Eckley, JASA 2012). The penalty is Schwarz's: ln n for each parameter that a change adds (2 for
 * a level, 3 for a line), times the variance of the scatter, taken from differences so that changes don't enter it, and
 * widened by (1+ρ)/(1−ρ) where neighbours are alike. Single spikes are pulled in first. Values are finite. Never throws.
 */
export function regimes(values: readonly number[], options: ChangeOptions = {}): Regime[] {
  if (values.length === 0) return [];
  const every = Math.ceil(values.length / mostValues);
  const calm = thinned(withoutSpikes(values), every);
  const cost = options.shape === "line" ? lineCost(calm) : meanCost(calm);
  const parameters = options.shape === "line" ? 3 : 2;
  const variance = scatterVariance(calm, options.shape ?? "mean");
  const penalty = (options.penalty ?? parameters * Math.log(calm.length)) * variance;
  const shortest = Math.max(2, Math.ceil((options.shortest ?? 5) / every));
  const cuts = calm.length < 2 * shortest || variance === Infinity ? [] : pelt(calm.length, cost.of, penalty, shortest);
  return [0, ...cuts].map((from, index, starts) => {
    const to = starts[index + 1] ?? calm.length;
    return { from: from * every, to: Math.min(values.length, to * every), ...cost.ends(from, to) };
  });
}

/** The places where regimes begin, the first left out. */
export function changePoints(values: readonly number[], options: ChangeOptions = {}): number[] {
  return regimes(values, options)
    .slice(1)
    .map(({ from }) => from);
}

function thinned(values: number[], every: number): number[] {
  if (every === 1) return values;
  return Array.from({ length: Math.ceil(values.length / every) }, (_, index) =>
    mean(values.slice(index * every, (index + 1) * every)),
  );
}

type Cost = {
  of: (from: number, to: number) => number;
  ends: (from: number, to: number) => { start: number; end: number };
};

function sums(values: number[]): (from: number, to: number) => number {
  const running = new Float64Array(values.length + 1);
  for (const [index, value] of values.entries()) running[index + 1] = (running[index] ?? 0) + value;
  return (from, to) => (running[to] ?? 0) - (running[from] ?? 0);
}

/** Values about their median, so that squares of large levels lose no digits. */
function centred(values: number[]): { shift: number; plain: number[] } {
  const shift = median(values) ?? 0;
  return { shift, plain: values.map((value) => value - shift) };
}

function meanCost(values: number[]): Cost {
  const { shift, plain } = centred(values);
  const [sum, squares] = [sums(plain), sums(plain.map((value) => value * value))];
  return {
    of: (from, to) => Math.max(0, squares(from, to) - sum(from, to) ** 2 / (to - from)),
    ends(from, to) {
      const level = shift + sum(from, to) / (to - from);
      return { start: level, end: level };
    },
  };
}

function lineCost(values: number[]): Cost {
  const { shift, plain } = centred(values);
  const [sum, squares] = [sums(plain), sums(plain.map((value) => value * value))];
  const weighted = sums(plain.map((value, index) => value * index));
  function fit(from: number, to: number) {
    const n = to - from;
    const middle = (from + to - 1) / 2;
    const sxx = (n * (n * n - 1)) / 12;
    const sxy = weighted(from, to) - middle * sum(from, to);
    const slope = sxx === 0 ? 0 : sxy / sxx;
    return { n, slope, mean: sum(from, to) / n, rss: squares(from, to) - sum(from, to) ** 2 / n - slope * sxy };
  }
  return {
    of: (from, to) => Math.max(0, fit(from, to).rss),
    ends(from, to) {
      const { n, slope, mean } = fit(from, to);
      const half = (slope * (n - 1)) / 2;
      return { start: shift + mean - half, end: shift + mean + half };
    },
  };
}

function pelt(n: number, cost: Cost["of"], penalty: number, shortest: number): number[] {
  const best = new Float64Array(n + 1).fill(Infinity);
  const previous = new Int32Array(n + 1);
  best[0] = -penalty;
  let candidates = [0];
  for (let to = shortest; to <= n; to++) {
    const begun = to - shortest;
    if (begun >= shortest) candidates.push(begun);
    for (const from of candidates) {
      const total = (best[from] ?? Infinity) + cost(from, to) + penalty;
      if (total < (best[to] ?? Infinity)) [best[to], previous[to]] = [total, from];
    }
    candidates = candidates.filter((from) => (best[from] ?? Infinity) + cost(from, to) <= (best[to] ?? Infinity));
  }
  const cuts: number[] = [];
  for (let at = previous[n] ?? 0; at > 0; at = previous[at] ?? 0) cuts.unshift(at);
  return cuts;
}

/**
 * The variance that a regime's own scatter gives its mean, per value, from what changes and slopes don't enter: steps
 * over one and four values (levels), or second differences (lines). In a first-order autoregression their mean squares
 * are 2σ²(1 − ρᵏ) and 2σ²(3 − 4ρᵏ + ρ²ᵏ); infinite for a random walk, where no level exists to change.
 */
function scatterVariance(values: number[], shape: "mean" | "line"): number {
  const [near, far] = [differenceSquares(values, 1, shape), differenceSquares(values, 4, shape)];
  const part = (likeness: number): number => (shape === "mean" ? 1 - likeness : 3 - 4 * likeness + likeness ** 2);
  // Few differences at all: nothing tells scatter from change but their size.
  if (near.calm === 0) return near.all / (2 * part(0));
  let rho = 0;
  while (rho < walkFrom && part(rho ** 4) / part(rho) < far.calm / near.calm) rho += 0.01;
  return rho >= walkFrom ? Infinity : (near.calm / (2 * part(rho))) * ((1 + rho) / (1 - rho));
}

/** The mean square of differences over a lag: of all, and of the calmest nine tenths, as of a normal distribution. */
function differenceSquares(values: number[], lag: number, shape: "mean" | "line"): { all: number; calm: number } {
  const at = (index: number): number => values[index] ?? 0;
  const differences =
    shape === "mean"
      ? values.slice(lag).map((value, index) => value - at(index))
      : values.slice(2 * lag).map((value, index) => value - 2 * at(index + lag) + at(index));
  const squares = differences.map((value) => value * value);
  const calmest = squares.toSorted((a, b) => a - b).slice(0, Math.ceil(squares.length * 0.9));
  if (squares.length === 0) return { all: 0, calm: 0 };
  return { all: mean(squares), calm: mean(calmest) / calmestShare };
}

/** Each value that is far off the median of its five neighbours becomes that median (Hampel's filter). */
function withoutSpikes(values: readonly number[]): number[] {
  const off = values.map((value, index) => {
    const near = values.slice(Math.max(0, index - 2), index + 3);
    const middle = median(near) ?? value;
    return { value, middle, gap: Math.abs(value - middle) };
  });
  const usual = (median(off.map(({ gap }) => gap)) ?? 0) * madToSigma;
  const typical = usual > 0 ? usual : off.reduce((sum, { gap }) => sum + gap, 0) / Math.max(1, off.length);
  return off.map(({ value, middle, gap }) => (gap > 8 * typical ? middle : value));
}
