import { latestOf } from "../latest-of.ts";
import type { ReadOnlySession } from "../../sql/read-only-session.ts";
import type { Reading, SensorStore, WindowSummary } from "../../sensor-store.ts";
import { estimateCount, countedExactly } from "../estimate-count.ts";
import { inParallel } from "../in-parallel.ts";
import { qualityNames } from "../merge-readings.ts";
import { emptySummary } from "../summary.ts";
import { bucketsOf, checkSpan, type Span } from "../window-points.ts";
import { doubtedOf, windowSummary } from "../window-summary.ts";
import type { SeriesEntry, SeriesList } from "./series-list.ts";
import { createBind, newestSql, seriesSql, type Located } from "./series-sql.ts";
import type { TableColumns } from "./table-columns.ts";

/** Tags whose newest readings are asked for in one statement. */
const tagsPerStatement = 40;
/** Beyond it the quantiles are those of every n-th reading: sorting more takes longer than a turn may. */
const exactReadings = 500_000;
/** A reading further ahead than this comes from a clock that is wrong, and must not hide those of today. */
const aheadMs = 86_400_000;

export type PostgresSensorDeps = {
  session: ReadOnlySession;
  list: SeriesList;
  columnsOf: (table: string) => Promise<TableColumns>;
  zone: string;
  now: () => Date;
  parallel: number;
};

/** The readings of the customer's database, aggregated there; each answer is one statement of ours. */
export function createPostgresSensorStore(deps: PostgresSensorDeps): SensorStore {
  const { session, list, columnsOf, zone } = deps;
  const locate = async ({ series }: SeriesEntry): Promise<Located> => ({
    series,
    columns: await columnsOf(series.table.table),
    zone,
  });
  /** Those that exist, in the order asked. */
  const entriesOf = async (tagIds: string[]) => {
    const entries = await list();
    return tagIds.flatMap((id) => entries.get(id) ?? []);
  };

  async function newest(entries: SeriesEntry[], to: number | null): Promise<Map<string, Reading>> {
    const found = new Map<string, Reading>();
    for (let at = 0; at < entries.length; at += tagsPerStatement) {
      const part = entries.slice(at, at + tagsPerStatement);
      const { bind, values } = createBind();
      const located = await Promise.all(part.map(locate));
      const selects = located.map(
        (one, index) => `(SELECT ${index} AS tag, n.* FROM (${newestSql(one, bind, { from: null, to })}) AS n)`,
      );
      const { rows } = await session.query(`SELECT * FROM (${selects.join(" UNION ALL ")}) AS u`, values);
      for (const row of rows) {
        const tagId = part[Number(row["tag"])]?.tag.id ?? "";
        const quality = qualityNames[Number(row["q"])] ?? "good";
        found.set(tagId, { tagId, at: new Date(Number(row["ms"])), value: Number(row["v"]) + 0, quality });
      }
    }
    return found;
  }

  async function summarize(entry: SeriesEntry, span: Span): Promise<WindowSummary> {
    const located = await locate(entry);
    const one = createBind();
    const { rows } = await session.query(
      `SELECT count(v) FILTER (WHERE q < 2) AS count, min(v) FILTER (WHERE q < 2) AS min, max(v) FILTER (WHERE q < 2) AS max,
         avg(v) FILTER (WHERE q < 2) AS mean, stddev_samp(v) FILTER (WHERE q < 2) AS deviation,
         min(ms) FILTER (WHERE q < 2) AS first, max(ms) FILTER (WHERE q < 2) AS last,
         count(*) FILTER (WHERE q = 1) AS uncertain, count(*) FILTER (WHERE q = 2) AS bad
       FROM (${seriesSql(located, one.bind, span)}) AS s`,
      one.values,
    );
    const row = rows[0] ?? {};
    const figure = (name: string) => (row[name] == null ? 0 : Number(row[name]));
    const [count, deviation] = [figure("count"), figure("deviation")];
    const doubted = { uncertain: figure("uncertain"), bad: figure("bad") };
    if (count === 0) return windowSummary(entry.tag.id, { ...emptySummary, ...doubted }, null, null, []);
    const two = createBind();
    const oneIn = Math.ceil(count / exactReadings);
    const sampled = oneIn === 1 ? "" : `AND hashint8(ms::bigint) % ${oneIn} = 0`;
    const quantiles = await session.query(
      `SELECT percentile_cont(ARRAY[0.05, 0.5, 0.95]) WITHIN GROUP (ORDER BY v) AS marks
       FROM (${seriesSql(located, two.bind, span)}) AS s WHERE q < 2 ${sampled}`,
      two.values,
    );
    const marks = (quantiles.rows[0]?.["marks"] ?? []) as (number | null)[];
    const summary = { min: figure("min"), max: figure("max"), mean: figure("mean"), m2: deviation ** 2 * (count - 1) };
    return windowSummary(entry.tag.id, { count, ...summary, ...doubted }, figure("first"), figure("last"), marks);
  }

  return {
    async tags(equipmentId) {
      const tags = [...(await list()).values()].map(({ tag }) => tag);
      const ofMachine = tags.filter((tag) => equipmentId === undefined || tag.equipmentId === equipmentId);
      return ofMachine.sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async latest(tagIds) {
      return await latestOf(tagIds, await entriesOf(tagIds), deps.now().getTime() + aheadMs, newest);
    },

    async window({ tagId, from, to, maxPoints }) {
      const span = checkSpan({ from, to });
      const { width, length } = bucketsOf(span, maxPoints);
      const [entry] = await entriesOf([tagId]);
      if (!entry || length === 0) return [];
      const { bind, values } = createBind();
      const relation = seriesSql(await locate(entry), bind, span);
      const bucket = `floor((ms - ${bind(span.from)}::float8) / ${bind(width)}::float8)::int`;
      const { rows } = await session.query(
        `SELECT ${bucket} AS bucket, min(v) FILTER (WHERE q < 2) AS min, max(v) FILTER (WHERE q < 2) AS max,
           avg(v) FILTER (WHERE q < 2) AS mean, count(*) FILTER (WHERE q < 2) AS count,
           count(*) FILTER (WHERE q = 1) AS uncertain, count(*) FILTER (WHERE q = 2) AS bad
         FROM (${relation}) AS s GROUP BY 1 HAVING count(*) FILTER (WHERE q < 2) > 0 ORDER BY 1`,
        values,
      );
      return rows.map((row) => {
        const [min, max] = [Number(row["min"]) + 0, Number(row["max"]) + 0];
        const mean = Math.min(Math.max(Number(row["mean"]), min), max) + 0;
        const doubted = doubtedOf({ uncertain: Number(row["uncertain"]), bad: Number(row["bad"]) });
        const at = new Date(span.from + Number(row["bucket"]) * width);
        return { at, min, max, mean, count: Number(row["count"]), ...doubted };
      });
    },

    async summarize({ tagIds, from, to }) {
      const span = checkSpan({ from, to });
      const entries = await list();
      return await inParallel(tagIds, deps.parallel, async (id) => {
        const entry = entries.get(id);
        return entry ? await summarize(entry, span) : windowSummary(id, emptySummary, null, null, []);
      });
    },

    async coverage(tagIds) {
      const all = await inParallel(await entriesOf(tagIds), deps.parallel, async (entry) => {
        const { bind, values } = createBind();
        const relation = seriesSql(await locate(entry), bind, { from: null, to: null });
        const last = newestSql(await locate(entry), bind, { from: null, to: null });
        const { rows } = await session.query(
          `SELECT min(ms) AS first, max(ms) AS until, count(*) AS count, (SELECT ms FROM (${last}) AS n) AS last
           FROM (SELECT ms FROM (${relation}) AS s ORDER BY t LIMIT ${countedExactly}) AS begin`,
          values,
        );
        const { first, until, count, last: end } = rows[0] ?? {};
        if (first == null) return [];
        const [from, counted, to] = [Number(first), Number(count), Number(end)];
        const total = estimateCount(counted, { from, until: Number(until), to });
        return [{ tagId: entry.tag.id, from: new Date(from), to: new Date(to), count: total }];
      });
      return all.flat();
    },
  };
}
