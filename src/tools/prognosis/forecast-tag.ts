import { sensorDoubts } from "../../plant/analysis/condition/sensor-doubts.ts";
import type { Doubt } from "../../plant/analysis/condition/doubt.ts";
import { forecastLimitCrossing, type Forecast, type ForecastLimit } from "../../plant/analysis/prognosis/forecast.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import type { ToolContext } from "../tool.ts";
import { runningBy } from "../condition/standstills.ts";
import { thin } from "../sensors/onset.ts";
import { renewalsOf, type Renewal } from "./renewals.ts";

/** What forecast_limit says of one tag. Dates are ISO strings in its JSON. */
export type TagForecast = Forecast & {
  tagId: string;
  name: string;
  unit: string | null;
  /** Where the limit comes from: the question, the tag's alarm or normal range. */
  limitSource: "asked" | "alarm" | "normal" | null;
  /** When the limit is reached: expected, and the interval's ends; null where it can't be told or may never be. */
  expectedAt: string | null;
  earliestAt: string | null;
  latestAt: string | null;
  /** The work order by which the thing was renewed, where the stretch begins with one. */
  renewedBy: string | null;
  doubts: Doubt[];
  points: { at: string; value: number }[];
};

const hourMs = 3_600_000;
const mostPoints = 2_000;
const chartPoints = 240;
/** First the long view; where that shows no trend, the last week in finer steps. */
const windowDays = [60, 7];

type Span = { from: Date; to: Date };
type Candidate = { limit: ForecastLimit | null; source: TagForecast["limitSource"] };

export async function forecastTag(
  tag: Tag,
  asked: { limit: number | undefined; span: Span | null },
  context: ToolContext,
): Promise<TagForecast> {
  const now = asked.span?.to ?? context.ctx.now();
  const [coverage] = await context.sensors.coverage([tag.id]);
  const spans: Span[] = asked.span
    ? [asked.span]
    : windowDays.map((days) => ({ from: new Date(now.getTime() - days * 24 * hourMs), to: now }));
  let best: TagForecast | null = null;
  for (const wanted of spans) {
    const from = coverage && coverage.from > wanted.from ? coverage.from : wanted.from;
    const found = await forecastSpan(tag, { from, to: wanted.to }, asked.limit, context);
    if (found.verdict !== "refused") return found;
    best ??= found;
  }
  return best as TagForecast;
}

async function forecastSpan(
  tag: Tag,
  span: Span,
  asked: number | undefined,
  context: ToolContext,
): Promise<TagForecast> {
  const window =
    span.from < span.to ? await context.sensors.window({ tagId: tag.id, ...span, maxPoints: mostPoints }) : [];
  const running = await runningBy(tag.equipmentId, span, context);
  // A standing machine's values are no part of a trend.
  const points = window.filter(({ at }) => running(at)).map(({ at, mean }) => ({ at, value: mean }));
  const renewals = points.length === 0 ? [] : await renewalsOf(tag, span, context);
  const last = points.at(-1)?.value ?? null;
  const tried = candidates(tag, asked, last).map(({ limit, source }) => ({
    source,
    forecast: forecastLimitCrossing(points, limit, { resets: renewals.map(({ at }) => at) }),
  }));
  // The side that it moves to, or has passed already.
  const rank = ({ verdict, refusals }: Forecast): number =>
    verdict === "passed" ? 0 : verdict === "forecast" ? 1 : refusals.includes("wrong_way") ? 3 : 2;
  const [chosen] = tried.sort((a, b) => rank(a.forecast) - rank(b.forecast));
  const { forecast, source } = chosen ?? { forecast: forecastLimitCrossing(points, null), source: null };
  const end = forecast.stretch?.to.getTime() ?? null;
  const told = forecast.verdict === "forecast" ? forecast.hours : null;
  const after = (hours: number | null | undefined): string | null =>
    hours === null || hours === undefined || end === null || hours > 1e6
      ? null
      : new Date(end + hours * hourMs).toISOString();
  return {
    ...forecast,
    tagId: tag.id,
    name: tag.name,
    unit: tag.unit,
    limitSource: source,
    expectedAt: after(told?.expected),
    earliestAt: after(told?.earliest),
    latestAt: after(told?.latest),
    renewedBy: renewedBy(forecast, renewals),
    doubts: sensorDoubts(
      window.map(({ at, mean }) => ({ at, value: mean })),
      tag,
      span.to,
    ),
    points: thin(window, chartPoints).map(({ at, mean }) => ({ at: at.toISOString(), value: mean })),
  };
}

/** The limit asked for, on the side it lies; else the alarm's, else the normal range's, on both sides. */
function candidates(tag: Tag, asked: number | undefined, last: number | null): Candidate[] {
  if (asked !== undefined)
    return [{ limit: { value: asked, side: last !== null && asked < last ? "low" : "high" }, source: "asked" }];
  const of = (side: "high" | "low", alarm: number | null, normal: number | null): Candidate[] =>
    alarm !== null
      ? [{ limit: { value: alarm, side }, source: "alarm" }]
      : normal !== null
        ? [{ limit: { value: normal, side }, source: "normal" }]
        : [];
  return [...of("high", tag.alarmHigh, tag.normalHigh), ...of("low", tag.alarmLow, tag.normalLow)];
}

function renewedBy({ stretch }: Forecast, renewals: Renewal[]): string | null {
  const from = stretch?.begins === "reset" ? stretch.from.getTime() : null;
  if (from === null) return null;
  // The first point after the renewal begins the stretch.
  return renewals.findLast(({ at }) => at.getTime() <= from && from - at.getTime() < 48 * hourMs)?.id ?? null;
}
