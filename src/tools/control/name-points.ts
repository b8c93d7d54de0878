import type { Language } from "../../core/context.ts";
import { say } from "../wording.ts";

export type NamedPoint = { point: number; name: string; time: string | null; value: number | null };
const mostNamed = 6;
const longRun = 4;

/** "point 3 (S3, 2026-11-21 04:00) = 42.05 mm, points 42–54 (0.060–0.160)": the newest, runs in one. */
export function namePoints(points: NamedPoint[], figure: (value: number) => string, language: Language): string {
  const parts = runsOf(points).map((run) => {
    const [first, last] = [run[0] as NamedPoint, run.at(-1) as NamedPoint];
    if (run.length < longRun) return run.map(one);
    const values = run.map(({ value }) => value).filter((value) => value !== null);
    const span = values.length > 0 ? ` (${figure(Math.min(...values))} ~ ${figure(Math.max(...values))})` : "";
    return [say(language, `${first.point}~${last.point}번${span}`, `points ${first.point}–${last.point}${span}`)];
  });
  const all = parts.flat();
  const more = all.length - mostNamed;
  const earlier = more > 0 ? say(language, `앞의 ${more}곳, `, `${more} earlier, `) : "";
  return `${earlier}${all.slice(-mostNamed).join(", ")}`;

  function one({ point, name, time, value }: NamedPoint): string {
    const also = [name === String(point) ? null : name, time].filter((part) => part !== null).join(", ");
    const place = say(language, `${point}번`, `point ${point}`);
    return `${place}${also === "" ? "" : ` (${also})`}${value === null ? "" : ` = ${figure(value)}`}`;
  }
}

/** Points that follow each other without a gap, together. */
function runsOf(points: NamedPoint[]): NamedPoint[][] {
  const runs: NamedPoint[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.point === point.point - 1) run.push(point);
    else runs.push([point]);
  }
  return runs;
}
