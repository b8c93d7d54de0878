import type { WindowPoint } from "../../plant/sensor-store.ts";

const watchSigmas = 2;

/**
 * Since when, roughly, a value has stayed off its normal on the given side: the start of the unbroken run of points
 * that ends with the newest one; one point back inside does not break it. Null where the newest point is inside.
 */
export function onset(points: WindowPoint[], center: number, sigma: number, direction: "high" | "low"): Date | null {
  const side = direction === "high" ? 1 : -1;
  const off = (point: WindowPoint): boolean => (point.mean - center) * side > watchSigmas * sigma;
  let since: Date | null = null;
  let inside = 0;
  for (const point of points.toReversed()) {
    if (off(point)) {
      since = point.at;
      inside = 0;
    } else if (++inside > 1) break;
  }
  return since;
}

/** Neighbouring points taken together, so that at most `most` remain. */
export function thin(points: WindowPoint[], most: number): WindowPoint[] {
  const each = Math.ceil(points.length / most);
  if (each <= 1) return points;
  const out: WindowPoint[] = [];
  for (let start = 0; start < points.length; start += each) {
    const part = points.slice(start, start + each);
    const count = part.reduce((sum, point) => sum + point.count, 0);
    out.push({
      at: (part[0] as WindowPoint).at,
      min: Math.min(...part.map((point) => point.min)),
      max: Math.max(...part.map((point) => point.max)),
      mean: part.reduce((sum, point) => sum + point.mean * point.count, 0) / count,
      count,
    });
  }
  return out;
}
