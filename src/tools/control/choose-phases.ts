import { SunbaeError } from "../../core/errors.ts";
import type { PointUse } from "../../plant/analysis/spc/control-chart.ts";
import { readPeriod } from "../arguments/period.ts";
import type { ToolContext } from "../tool.ts";
import { say } from "../wording.ts";
import type { ChartInput } from "./chart-input.ts";

type Point = { name: string; at: Date | null; lot: string | null };
export type Phases = {
  use: PointUse[];
  /** How phase I was chosen, for people; null where every point is in it. */
  from: string | null;
  reason: string | null;
};

/** Which points make the limits, which are judged by them only, which are left out. Rejects what names no point. */
export function choosePhases(points: Point[], input: ChartInput, context: ToolContext): Phases {
  const { inPhaseOne, from } = phaseOne(points, input.phase_one, context);
  const leftOut = new Set((input.exclude ?? []).map((one) => pointOf(points, one, context)));
  return {
    use: points.map((point, index) =>
      leftOut.has(index) ? "left_out" : inPhaseOne(point, index) ? "limits" : "judged",
    ),
    from,
    reason: input.reason ?? null,
  };
}

function phaseOne(
  points: Point[],
  asked: ChartInput["phase_one"],
  context: ToolContext,
): { inPhaseOne: (point: Point, index: number) => boolean; from: string | null } {
  const { language } = context;
  if (asked === undefined) return { inPhaseOne: () => true, from: null };
  const text = String(asked);
  const folded = text.toLowerCase();
  if (typeof asked === "string" && points.some((point) => point.lot?.toLowerCase() === folded))
    return { inPhaseOne: (point) => point.lot?.toLowerCase() === folded, from: asked };
  if (/^\d{1,3}$/.test(text))
    return {
      inPhaseOne: (_, index) => index < Number(text),
      from: say(language, `처음 ${text}점`, `the first ${text} points`),
    };
  const [start, end] = text.split("/");
  const span = readPeriod(end === undefined ? { period: text } : { from: start, to: end }, context);
  return {
    inPhaseOne: ({ at }) => at !== null && (!span?.from || at >= span.from) && (!span?.to || at < span.to),
    from: span?.label ?? text,
  };
}

/** A number is a position counted from 1, or a subgroup's name beyond the last; a text is a name, or a position. */
function pointOf(points: Point[], one: number | string, { language }: ToolContext): number {
  const byName = points.findIndex((point) => point.name === String(one));
  const position = Number(one) - 1;
  const byPosition = Number.isInteger(position) && position >= 0 && position < points.length ? position : -1;
  const found = typeof one === "number" && byPosition >= 0 ? byPosition : byName >= 0 ? byName : byPosition;
  if (found >= 0) return found;
  throw new SunbaeError(
    "not_found",
    say(language, `“${one}”에 해당하는 점이 없습니다.`, `There is no point “${one}”.`),
    {
      fix: say(
        language,
        `1부터 ${points.length}까지의 순번이나 부분군 이름을 주세요.`,
        `Give a position from 1 to ${points.length}, or a subgroup's name.`,
      ),
    },
  );
}
