import { latestOf } from "../latest-of.ts";
import type { Reading, SensorStore, WindowSummary } from "../../sensor-store.ts";
import { countedExactly, estimateCount } from "../estimate-count.ts";
import { inParallel } from "../in-parallel.ts";
import { emptySummary } from "../summary.ts";
import { bucketsOf, checkSpan, type Span } from "../window-points.ts";
import { doubtedOf, windowSummary } from "../window-summary.ts";
import { clampMs, fromQl, quoteName, type InfluxSeries } from "./influx-ql.ts";
import type { InfluxEntry, InfluxSeriesList } from "./influx-series-list.ts";
import type { InfluxRows, InfluxSession } from "./influx-session.ts";

/** Tags asked for in one request: its address must stay short enough for what stands between. */
const tagsPerRequest = 20;
const parallel = 3;
/** InfluxDB sorts in memory: beyond it there are no quantiles. */
const mostSorted = 2_000_000;
/** A reading further ahead than this comes from a clock that is wrong, and must not hide those of today. */
const aheadMs = 86_400_000;
/** InfluxDB counts durations in nanoseconds, too. */
const widestMs = 9e12;
const everything = { from: null, to: null };

export type InfluxSensorDeps = { session: InfluxSession; list: InfluxSeriesList; now: () => Date };

/** The readings of an InfluxDB, aggregated there. */
export function createInfluxSensorStore({ session, list, now }: InfluxSensorDeps): SensorStore {
  const entriesOf = async (tagIds: string[]) => {
    const entries = await list();
    return tagIds.flatMap((id) => entries.get(id) ?? []);
  };
  const numberOf = (row: InfluxRows[number] | undefined, column: string) =>
    typeof row?.[column] === "number" ? row[column] : null;

  async function newest(entries: InfluxEntry[], to: number | null): Promise<Map<string, Reading>> {
    const found = new Map<string, Reading>();
    for (let at = 0; at < entries.length; at += tagsPerRequest) {
      const part = entries.slice(at, at + tagsPerRequest);
      const answers = await session.ask(
        part.map(({ series }) => {
          const quality = series.quality ? `, ${quoteName(series.quality.field)} AS quality` : "";
          return `SELECT LAST(${quoteName(series.field)}) AS value${quality} ${fromQl(series, { from: null, to }, "all")}`;
        }),
      );
      part.forEach(({ tag, series }, index) => {
        const row = answers[index]?.[0];
        const [time, value] = [numberOf(row, "time"), numberOf(row, "value")];
        if (time === null || value === null) return;
        const quality = qualityOf(series, row?.["quality"]);
        found.set(tag.id, { tagId: tag.id, at: new Date(time), value: valueOf(series, value), quality });
      });
    }
    return found;
  }

  async function summarize({ tag, series }: InfluxEntry, span: Span): Promise<WindowSummary> {
    const field = quoteName(series.field);
    const usable = fromQl(series, span, "usable");
    const [figures, first, last, ...doubts] = await session.ask([
      `SELECT COUNT(${field}) AS count, MIN(${field}) AS min, MAX(${field}) AS max, MEAN(${field}) AS mean, STDDEV(${field}) AS deviation ${usable}`,
      `SELECT FIRST(${field}) AS value ${usable}`,
      `SELECT LAST(${field}) AS value ${usable}`,
      ...(series.quality ? (["uncertain", "bad"] as const) : []).map(
        (wanted) => `SELECT COUNT(${field}) AS count ${fromQl(series, span, wanted)}`,
      ),
    ]);
    const row = figures?.[0];
    const count = numberOf(row, "count") ?? 0;
    const [uncertain, bad] = [0, 1].map((at) => numberOf(doubts[at]?.[0], "count") ?? 0) as [number, number];
    if (count === 0) return windowSummary(tag.id, { ...emptySummary, uncertain, bad }, null, null, []);
    const scaled = (column: string) => valueOf(series, numberOf(row, column) ?? 0);
    const deviation = (numberOf(row, "deviation") ?? 0) * Math.abs(series.scale);
    const [min, max] = [scaled("min"), scaled("max")].sort((a, b) => a - b) as [number, number];
    const mean = Math.min(Math.max(scaled("mean"), min), max);
    const marks = count > mostSorted ? [] : await quantilesOf(series, usable, count);
    const summary = { count, min, max, mean, m2: deviation ** 2 * (count - 1), uncertain, bad };
    return windowSummary(tag.id, summary, numberOf(first?.[0], "time"), numberOf(last?.[0], "time"), marks);
  }

  /** PERCENTILE takes the nearest of the values; between two of them we do what R does (type 7), as the other stores. */
  async function quantilesOf(series: InfluxSeries, usable: string, count: number): Promise<(number | null)[]> {
    const places = [0.05, 0.5, 0.95].map((share) => (count - 1) * (series.scale < 0 ? 1 - share : share));
    const ranks = places.flatMap((place) => [Math.floor(place), Math.ceil(place)]);
    const columns = ranks.map(
      (rank, at) => `PERCENTILE(${quoteName(series.field)}, ${percent(rank, count)}) AS p${at}`,
    );
    const [rows] = await session.ask([`SELECT ${columns.join(", ")} ${usable}`]);
    return places.map((place, at) => {
      const low = numberOf(rows?.[0], `p${at * 2}`);
      const high = numberOf(rows?.[0], `p${at * 2 + 1}`);
      if (low === null || high === null) return null;
      return valueOf(series, low + (high - low) * (place - Math.floor(place)));
    });
  }

  return {
    async tags(equipmentId) {
      const tags = [...(await list()).values()].map(({ tag }) => tag);
      const ofMachine = tags.filter((tag) => equipmentId === undefined || tag.equipmentId === equipmentId);
      return ofMachine.sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async latest(tagIds) {
      return await latestOf(tagIds, await entriesOf(tagIds), now().getTime() + aheadMs, newest);
    },

    async window({ tagId, from, to, maxPoints }) {
      const span = checkSpan({ from, to });
      const { width, length } = bucketsOf(span, maxPoints);
      const [entry] = await entriesOf([tagId]);
      if (!entry || length === 0) return [];
      const { series } = entry;
      const field = quoteName(series.field);
      const step = Math.min(width, widestMs);
      const begin = clampMs(span.from);
      const grouped = `GROUP BY time(${step}ms, ${((begin % step) + step) % step}ms) fill(none)`;
      const [rows = [], ...doubts] = await session.ask([
        `SELECT MIN(${field}) AS min, MAX(${field}) AS max, MEAN(${field}) AS mean, COUNT(${field}) AS count ${fromQl(series, span, "usable")} ${grouped}`,
        ...(series.quality ? (["uncertain", "bad"] as const) : []).map(
          (wanted) => `SELECT COUNT(${field}) AS count ${fromQl(series, span, wanted)} ${grouped}`,
        ),
      ]);
      const [uncertain, bad] = [0, 1].map(
        (at) => new Map((doubts[at] ?? []).map((row) => [row["time"], numberOf(row, "count") ?? 0])),
      );
      return rows.flatMap((row) => {
        const [low, high, middle] = [numberOf(row, "min"), numberOf(row, "max"), numberOf(row, "mean")];
        const [time, count] = [numberOf(row, "time"), numberOf(row, "count")];
        if (low === null || high === null || middle === null || time === null || !count) return [];
        const [min, max] = [low, high].map((value) => valueOf(series, value)).sort((a, b) => a - b) as [number, number];
        const mean = Math.min(Math.max(valueOf(series, middle), min), max);
        const doubted = doubtedOf({ uncertain: uncertain?.get(time) ?? 0, bad: bad?.get(time) ?? 0 });
        // A window that begins before InfluxDB's time does keeps its own beginning.
        const at = new Date(time === begin ? span.from : time);
        return [{ at, min, max, mean, count, ...doubted }];
      });
    },

    async summarize({ tagIds, from, to }) {
      const span = checkSpan({ from, to });
      const entries = await list();
      return await inParallel(tagIds, parallel, async (id) => {
        const entry = entries.get(id);
        return entry ? await summarize(entry, span) : windowSummary(id, emptySummary, null, null, []);
      });
    },

    async coverage(tagIds) {
      const all = await inParallel(await entriesOf(tagIds), parallel, async ({ tag, series }) => {
        const field = quoteName(series.field);
        const source = fromQl(series, everything, "all");
        const begin = `FROM (SELECT ${field} ${source} LIMIT ${countedExactly})`;
        const [first, last, counted, until] = await session.ask([
          `SELECT FIRST(${field}) AS value ${source}`,
          `SELECT LAST(${field}) AS value ${source}`,
          `SELECT COUNT(${field}) AS count ${begin}`,
          `SELECT LAST(${field}) AS value ${begin}`,
        ]);
        const [from, to] = [numberOf(first?.[0], "time"), numberOf(last?.[0], "time")];
        if (from === null || to === null) return [];
        const pace = { from, until: numberOf(until?.[0], "time") ?? to, to };
        const count = estimateCount(numberOf(counted?.[0], "count") ?? 0, pace);
        return [{ tagId: tag.id, from: new Date(from), to: new Date(to), count }];
      });
      return all.flat();
    },
  };
}

/** Adding 0 turns −0 into 0, as in every store. */
const valueOf = ({ scale, offset }: InfluxSeries, stored: number): number => stored * scale + offset + 0;

/** The percentage of which InfluxDB (floor(n × p / 100 + 0.5), from 1) makes just this rank, counted from 0. */
const percent = (rank: number, count: number): string => ((100 * (rank + 1)) / count).toFixed(9);

function qualityOf({ quality }: InfluxSeries, stored: unknown): Reading["quality"] {
  if (!quality || stored === null || stored === undefined) return "good";
  const is = (values: (string | number)[]) =>
    values.some((value) => String(value).toLowerCase() === String(stored).toLowerCase());
  return is(quality.good) ? "good" : is(quality.uncertain) ? "uncertain" : "bad";
}
