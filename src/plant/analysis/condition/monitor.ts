import { fQuantile, normalQuantile } from "../distributions/distributions.ts";
import { median, mean, standardDeviation } from "../mean.ts";
import { symmetricEigen } from "./eigen.ts";

// Several sensors at once. Monitor: what normal running taught about how the sensors move together. T² (Hotelling):
// how far a reading is from the usual within the usual patterns. Q (SPE): how badly the patterns explain it.

export type MonitorOptions = {
  /** Share of the variance that the kept patterns explain; .85 unless told. */
  explained?: number;
  /** Share of normal readings beyond each limit; .001 unless told. */
  alpha?: number;
};

export type Monitor = {
  names: string[];
  /** Sensors that never varied in the training: they can't be judged and are left out. */
  constant: string[];
  rows: number;
  kept: number[];
  center: number[];
  scale: number[];
  /** Eigenvalues of all components, largest first, and the vectors of those that are retained. */
  eigenvalues: number[];
  components: number[][];
  t2Limit: number;
  /** Null where every component is retained: nothing is left unexplained. */
  qLimit: number | null;
  alpha: number;
};

export type Contribution = { name: string; t2: number; q: number };
export type Observation = { t2: number; q: number; beyond: boolean; contributions: Contribution[] };

/**
 * Learns from rows of normal running, one value per sensor; rows with a value that is none are left out. Values are
 * scaled to mean 0 and deviation 1. Limits: T² for new readings a(n²−1)/(n(n−a))·F(a, n−a) (Tracy, Young and Mason,
 * 1992), Q by Jackson and Mudholkar, Technometrics 1979. Both hold for independent readings: autocorrelated ones exceed
 * them more often. Null where fewer than three rows a sensor, or no sensor varied.
 */
export function trainMonitor(
  names: string[],
  rows: readonly (readonly number[])[],
  options: MonitorOptions = {},
): Monitor | null {
  const whole = rows.filter((row) => row.length === names.length && row.every(Number.isFinite));
  const columns = names.map((_, index) => whole.map((row) => row[index] ?? NaN));
  const deviations = columns.map((column) => standardDeviation(column) ?? 0);
  const kept = names.map((_, index) => index).filter((index) => varies(columns[index] ?? [], deviations[index] ?? 0));
  const n = whole.length;
  if (kept.length === 0 || n < Math.max(10, 3 * kept.length)) return null;
  const center = kept.map((index) => mean(columns[index] ?? []));
  const scale = kept.map((index) => deviations[index] ?? 1);
  const scaled = whole.map((row) =>
    kept.map((index, at) => ((row[index] ?? 0) - (center[at] ?? 0)) / (scale[at] ?? 1)),
  );
  const correlation = kept.map((_, i) =>
    kept.map((__, j) => scaled.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0) / (n - 1)),
  );
  const { values, vectors } = symmetricEigen(correlation);
  const eigenvalues = values.map((value) => Math.max(0, value));
  const a = retained(eigenvalues, options.explained ?? 0.85);
  const alpha = options.alpha ?? 0.001;
  return {
    names,
    constant: names.filter((_, index) => !kept.includes(index)),
    rows: n,
    kept,
    center,
    scale,
    eigenvalues,
    components: vectors.slice(0, a),
    t2Limit: ((a * (n * n - 1)) / (n * (n - a))) * fQuantile(1 - alpha, a, n - a),
    qLimit: jacksonMudholkar(eigenvalues.slice(a), alpha),
    alpha,
  };
}

/** T² and Q of one reading with each sensor's part in them; null where a value is missing. */
export function observe(monitor: Monitor, row: readonly number[]): Observation | null {
  const z = monitor.kept.map(
    (index, at) => ((row[index] ?? NaN) - (monitor.center[at] ?? 0)) / (monitor.scale[at] ?? 1),
  );
  if (!z.every(Number.isFinite)) return null;
  const scores = monitor.components.map((vector) =>
    vector.reduce((sum, weight, index) => sum + weight * (z[index] ?? 0), 0),
  );
  const explained = z.map((_, index) =>
    scores.reduce((sum, score, k) => sum + score * (monitor.components[k]?.[index] ?? 0), 0),
  );
  const contributions = z.map((value, index) => ({
    name: monitor.names[monitor.kept[index] ?? 0] ?? "",
    // Complete decomposition: the parts add up to T², single ones may be negative (Alcala and Qin, 2009).
    t2: scores.reduce(
      (sum, score, k) => sum + (score / (monitor.eigenvalues[k] ?? 1)) * (monitor.components[k]?.[index] ?? 0) * value,
      0,
    ),
    q: (value - (explained[index] ?? 0)) ** 2,
  }));
  const t2 = scores.reduce((sum, score, k) => sum + score ** 2 / (monitor.eigenvalues[k] ?? 1), 0);
  const q = contributions.reduce((sum, part) => sum + part.q, 0);
  return { t2, q, beyond: t2 > monitor.t2Limit || (monitor.qLimit !== null && q > monitor.qLimit), contributions };
}

/** Which readings are beyond a limit by the median of the last `window` of T² and of Q; false until it is full. */
export function alarms(monitor: Monitor, rows: readonly (readonly number[])[], window = 1): boolean[] {
  const seen = rows.map((row) => observe(monitor, row));
  return seen.map((_, index) => {
    const last = seen.slice(Math.max(0, index + 1 - window), index + 1).filter((one) => one !== null);
    if (last.length < window) return false;
    const t2 = median(last.map((one) => one.t2)) ?? 0;
    const q = median(last.map((one) => one.q)) ?? 0;
    return t2 > monitor.t2Limit || (monitor.qLimit !== null && q > monitor.qLimit);
  });
}

/** Rounding of a large level is no variation. */
function varies(column: number[], deviation: number): boolean {
  return deviation > 1e-12 * Math.max(...column.map(Math.abs), Number.MIN_VALUE);
}

function retained(eigenvalues: number[], explained: number): number {
  const total = eigenvalues.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (const [index, value] of eigenvalues.entries()) {
    sum += value;
    if (sum >= explained * total) return index + 1;
  }
  return eigenvalues.length;
}

/** Q's limit from the eigenvalues left out; null where they are nothing. */
export function jacksonMudholkar(left: number[], alpha: number): number | null {
  const theta = (power: number): number => left.reduce((sum, value) => sum + value ** power, 0);
  const [t1, t2, t3] = [theta(1), theta(2), theta(3)];
  if (t1 < 1e-12) return null;
  const h = 1 - (2 * t1 * t3) / (3 * t2 * t2);
  const z = normalQuantile(1 - alpha);
  const inner = (z * Math.sqrt(2 * t2 * h * h)) / t1 + 1 + (t2 * h * (h - 1)) / (t1 * t1);
  return h === 0 || inner <= 0 ? null : t1 * inner ** (1 / h);
}
