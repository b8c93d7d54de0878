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
  // A number is so many points, but where only a year can be meant.
  if (/^\d{1,3}$/.test(text) || (typeof asked === "number" && asked < 1900 && Number.isInteger(asked)))
    return {
      inPhaseOne: (_, index) => index < Number(text),
      from: say(language, `처음 ${text}점`, `the first ${text} points`),
    };
  const span = periodOf(points, text, context);
  return {
    inPhaseOne: ({ at }) => at !== null && (!span?.from || at >= span.from) && (!span?.to || at < span.to),
    from: span?.label ?? text,
  };
}

/** Rejects with the labels that there are, where the text is neither one of them nor a period. */
function periodOf(points: Point[], text: string, context: ToolContext): ReturnType<typeof readPeriod> {
  const [start, end] = text.split("/");
  try {
    return readPeriod(end === undefined ? { period: text } : { from: start, to: end }, context);
  } catch (error) {
    if (!(error instanceof SunbaeError)) throw error;
    const { language } = context;
    const labels = [...new Set(points.flatMap(({ lot }) => lot ?? []))].slice(0, 8).join(", ");
    throw new SunbaeError(
      error.code,
      say(
        language,
        `“${text}”은(는) 이 점들의 로트나 단계 이름도, 기간도 아닙니다.`,
        `“${text}” is neither a lot or phase label of these points nor a period.`,
      ),
      {
        fix: say(
          language,
          `처음 몇 점인지(예: 25), ${labels ? `${labels} 가운데 하나` : "로트 이름(이 기록에는 없음)"}, 또는 기간(“지난달”, 2024-01-01/2024-01-31)을 주세요.`,
          `Give a number of first points (25), ${labels ? `one of ${labels}` : "a lot (these records have none)"}, or a period (“last month”, 2024-01-01/2024-01-31).`,
        ),
        cause: error,
      },
    );
  }
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
