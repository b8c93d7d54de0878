import type { OeeFigures } from "./oee.ts";

export type OeeChange = {
  /** After minus before, in OEE (0.05 is five points). */
  total: number;
  /** What each factor contributes; they add up to the total. */
  availability: number;
  performance: number;
  quality: number;
  /** The factor that moved most in the direction of the total. */
  main: "availability" | "performance" | "quality";
};

/**
 * A change of OEE = A·P·Q split into its factors: each factor's change times the mean of the others over all orders in
 * which the three could have changed (Shapley value), so that nothing is left over and no order is preferred. Works with
 * zeros, where logarithms don't. Null where a factor is unknown. Source: L. S. Shapley (1953); J. W. Sun, "Changes in
 * energy consumption … a complete decomposition model" (Energy Economics 20, 1998), eq. for three factors.
 */
export function explainOeeChange(before: OeeFigures, after: OeeFigures): OeeChange | null {
  const [a0, p0, q0] = [before.availability, before.performance, before.quality];
  const [a1, p1, q1] = [after.availability, after.performance, after.quality];
  if (a0 === null || p0 === null || q0 === null || a1 === null || p1 === null || q1 === null) return null;
  const total = a1 * p1 * q1 - a0 * p0 * q0;
  const parts = {
    availability: (a1 - a0) * shared(p0, p1, q0, q1),
    performance: (p1 - p0) * shared(a0, a1, q0, q1),
    quality: (q1 - q0) * shared(a0, a1, p0, p1),
  };
  const names = ["availability", "performance", "quality"] as const;
  const toward = (name: (typeof names)[number]): number => parts[name] * (total < 0 ? -1 : 1);
  const main = names.toSorted((a, b) => toward(b) - toward(a))[0] ?? "availability";
  return { total, ...parts, main };
}

function shared(x0: number, x1: number, y0: number, y1: number): number {
  return (x0 * y0 + x1 * y1) / 3 + (x0 * y1 + x1 * y0) / 6;
}

export type ReasonChange = {
  reason: string;
  /** Minutes in either span. */
  before: number;
  after: number;
  /** What it did to the availability: minus its change in minutes per planned busy minute. */
  points: number;
};

/** Which stop reasons moved the availability; they add up to its change. Largest first, whichever way. */
export function compareReasons(
  before: { busyMinutes: number; stops: readonly { reason: string; minutes: number }[] },
  after: { busyMinutes: number; stops: readonly { reason: string; minutes: number }[] },
): ReasonChange[] {
  const minutes = (stops: readonly { reason: string; minutes: number }[]) => {
    const out = new Map<string, number>();
    for (const stop of stops) out.set(stop.reason, (out.get(stop.reason) ?? 0) + stop.minutes);
    return out;
  };
  const [then, now] = [minutes(before.stops), minutes(after.stops)];
  const share = (value: number, whole: number): number => (whole > 0 ? value / whole : 0);
  return [...new Set([...then.keys(), ...now.keys()])]
    .map((reason) => {
      const [was, is] = [then.get(reason) ?? 0, now.get(reason) ?? 0];
      return { reason, before: was, after: is, points: share(was, before.busyMinutes) - share(is, after.busyMinutes) };
    })
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}
