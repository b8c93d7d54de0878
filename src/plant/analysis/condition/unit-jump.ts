import { robustCenter } from "../robust.ts";
import type { Doubt, DoubtPoint } from "./doubt.ts";

/** Factors between units that one quantity is given in, and the two of temperature that shift as well. */
const conversions: { name: string; factor: number; offset: number }[] = [
  { name: "×10", factor: 10, offset: 0 },
  { name: "×100", factor: 100, offset: 0 },
  { name: "×1000", factor: 1000, offset: 0 },
  { name: "×60 (min ↔ s)", factor: 60, offset: 0 },
  { name: "×3.6 (m/s ↔ km/h)", factor: 3.6, offset: 0 },
  { name: "×25.4 (inch ↔ mm)", factor: 25.4, offset: 0 },
  { name: "×14.504 (bar ↔ psi)", factor: 14.5038, offset: 0 },
  { name: "×9.807 (kgf ↔ N)", factor: 9.80665, offset: 0 },
  { name: "°C ↔ °F", factor: 1.8, offset: 32 },
  { name: "°C ↔ K", factor: 1, offset: 273.15 },
];

const wanted = 8;
const tolerance = 0.04;

/**
 * A step in the points after which the level is that of another unit, with as sharp an edge as a changed setting makes:
 * level times factor plus offset within 4 %, scatter times factor within a factor of three. Points in order of time,
 * finite. Null where there is none.
 */
export function jumpInUnits(points: DoubtPoint[]): Doubt | null {
  const at = largestStep(points);
  if (at === null) return null;
  const [before, after] = [points.slice(0, at), points.slice(at)].map((side) =>
    robustCenter(side.map(({ value }) => value)),
  );
  if (!before || !after || before.center === 0 || after.center === 0) return null;
  // Without a gap between the two levels it is a process that moved, not a unit that changed.
  const gap = Math.abs(after.center - before.center);
  if (gap < 8 * Math.max(before.sigma, after.sigma)) return null;
  for (const { name, factor, offset } of conversions)
    if (fits(before, after, factor, offset) || fits(after, before, factor, offset))
      return {
        kind: "unit_jump",
        weight: "grave",
        since: points[at]?.at ?? null,
        reason: {
          ko: `값의 수준이 한 번에 단위 환산만큼 바뀜 (${name}; 단위·스케일 설정 확인)`,
          en: `its level changed at one stroke as by a change of unit (${name}; check unit and scaling)`,
        },
      };
  return null;
}

type Level = { center: number; sigma: number };

function fits(from: Level, to: Level, factor: number, offset: number): boolean {
  const expected = from.center * factor + offset;
  if (Math.abs(to.center - expected) > tolerance * Math.abs(to.center)) return false;
  // An offset alone is told from a mere step only by its exactness.
  if (factor === 1) return Math.abs(to.center - expected) < 10 && Math.abs(offset) > 100;
  if (from.sigma === 0 || to.sigma === 0) return from.sigma === to.sigma;
  const ratio = to.sigma / (from.sigma * factor);
  return ratio > 1 / 3 && ratio < 3;
}

/** Where neighbouring points differ most, with enough points on both sides; null where nothing differs. */
function largestStep(points: DoubtPoint[]): number | null {
  let best: number | null = null;
  let most = 0;
  for (let index = wanted; index <= points.length - wanted; index++) {
    const step = Math.abs((points[index]?.value ?? 0) - (points[index - 1]?.value ?? 0));
    if (step > most) [best, most] = [index, step];
  }
  return best;
}
