import { SunbaeError } from "../../../core/errors.ts";
import type { ReadingsTable } from "./postgres-settings.ts";
import { quoteName, quoteTable, typeOf, type TableColumns } from "./table-columns.ts";

// The one relation that all questions are asked of: (t, ms, v, q) of a tag between two instants, t the time as it is
// stored, ms in epoch milliseconds, v finite, q 0 good, 1 uncertain, 2 bad, one row an instant.

export type Where = Record<string, string | number | boolean>;
/** Where a tag's readings are. */
export type Series = { table: ReadingsTable; column: string; where: Where; scale: number; offset: number };
export type Bind = (value: unknown) => string;
/** A series with what its table looks like; `zone` is that of times without one. */
export type Located = { series: Series; columns: TableColumns; zone: string };
/** In epoch milliseconds, `to` excluded; null: no bound. */
export type Bounds = { from: number | null; to: number | null };

export function createBind(): { bind: Bind; values: unknown[] } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** Years 1 to 9999: what every type of time holds. */
const earliest = -62_135_596_800_000;
const latest = 253_402_300_800_000;
const perSecond = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 };
/** How far a clock without a zone may be off where it is put back or forward. */
const clockChangeMs = 2 * 3_600_000;
/** The greatest number of each type. */
const wholeNumbers: Record<string, bigint> = {
  smallint: 2n ** 15n - 1n,
  integer: 2n ** 31n - 1n,
  bigint: 2n ** 63n - 1n,
};
const instant = (bound: string) => `(timestamptz 'epoch' + interval '1 millisecond' * ${bound}::float8)`;
const epochMs = (time: string) => `floor(round(date_part('epoch', ${time}) * 1e6) / 1e3)`;

/** Of a time column: its milliseconds, and a bound in its own type, which the column's index and statistics know. */
type TimeSql = {
  ms: string;
  bound: (ms: number) => string;
  /** How much wider the bounds must be than what is wanted; null where they say just that. */
  slackMs: number | null;
  /** Whether it may hold times that no calendar has ("infinity"). */
  endless: boolean;
};

function timeSql(table: ReadingsTable, columns: TableColumns, zone: string, bind: Bind): TimeSql {
  const type = typeOf(table.table, columns, table.time);
  const column = quoteName(table.time);
  if (type === "timestamp with time zone")
    return { ms: epochMs(column), bound: (ms) => instant(bind(ms)), slackMs: null, endless: true };
  if (type === "timestamp without time zone" || type === "date") {
    const own = bind(table.time_zone ?? zone);
    const bound = (ms: number) => `(${instant(bind(ms))} AT TIME ZONE ${own})`;
    const local = `(${column}::timestamp AT TIME ZONE ${own})`;
    return { ms: epochMs(local), bound, slackMs: clockChangeMs, endless: true };
  }
  const whole = wholeNumbers[type];
  if (!whole && !/^(double precision|real|numeric)$/.test(type))
    throw new SunbaeError("unavailable", `The column ${table.table}.${table.time} is no time but ${type}.`, {
      fix: "Name a column with times, or a view that makes one of it.",
    });
  if (!table.time_unit)
    throw new SunbaeError("unavailable", `The column ${table.table}.${table.time} counts something since 1970.`, {
      fix: "Say in the site file what: time_unit: s, ms, us or ns.",
    });
  const factor = perSecond[table.time_unit] / 1e3;
  const count = (ms: number) => {
    if (!whole) return ms * factor;
    const exact = factor >= 1 ? BigInt(ms) * BigInt(factor) : BigInt(Math.ceil(ms * factor));
    return exact > whole ? whole : exact < -whole ? -whole : exact;
  };
  return {
    ms: `floor(${column}::numeric / ${factor})::float8`,
    bound: (ms) => `${bind(String(count(ms)))}::${type}`,
    slackMs: whole ? null : 1_000,
    endless: !whole,
  };
}

function valueSql(series: Series, columns: TableColumns): string {
  const type = typeOf(series.table.table, columns, series.column);
  const column = quoteName(series.column);
  const stored = /^(double precision|numeric|smallint|integer|bigint)$/.test(type)
    ? `${column}::float8`
    : // As text, a 4-byte number gives the decimals that were meant.
      type === "real"
      ? `${column}::text::float8`
      : type === "boolean"
        ? `${column}::int::float8`
        : `CASE WHEN ${column}::text ~ '^ *[-+]?[0-9]{1,40}([.][0-9]{0,40})?([eE][-+]?[0-9]{1,2})? *$' THEN ${column}::text::float8 END`;
  const { scale, offset } = series;
  return scale === 1 && offset === 0 ? stored : `${stored} * (${scale}::float8) + (${offset}::float8)`;
}

function qualitySql({ table }: Series, columns: TableColumns, bind: Bind): string {
  if (!table.quality) return "0";
  typeOf(table.table, columns, table.quality.column);
  const stored = `lower(${quoteName(table.quality.column)}::text)`;
  const texts = (list: (string | number)[]) => bind(list.map((one) => String(one).toLowerCase()));
  const { good, uncertain } = table.quality;
  return `CASE WHEN ${stored} IS NULL OR ${stored} = ANY(${texts(good)}::text[]) THEN 0 WHEN ${stored} = ANY(${texts(uncertain)}::text[]) THEN 1 ELSE 2 END`;
}

/** Whether the database itself sees to it that an instant has one row. */
function isUnique({ table, where }: Series, { unique }: TableColumns): boolean {
  const fixed = new Set([table.time, ...Object.keys(where)]);
  return table.unique_times || unique.some((columns) => columns.every((column) => fixed.has(column)));
}

/** The relation of a tag within bounds, null where it has none. */
export function seriesSql(located: Located, bind: Bind, bounds: Bounds): string {
  const { series, columns } = located;
  const rows = rowsSql(located, bind, bounds);
  if (isUnique(series, columns)) return rows;
  // Without a column that tells which is the newest any of them will do: in the index's order there is nothing to sort.
  const order = series.table.newest_by ? "t, newest DESC NULLS LAST" : "t";
  return `SELECT DISTINCT ON (t) t, ms, v, q FROM (${rows}) AS rows ORDER BY ${order}`;
}

/** Its newest row, without looking at more of them than there are of one instant. */
export function newestSql(located: Located, bind: Bind, bounds: Bounds): string {
  return `SELECT ms, v, q FROM (${rowsSql(located, bind, bounds)}) AS rows ORDER BY t DESC, newest DESC NULLS LAST, q, v DESC LIMIT 1`;
}

function rowsSql({ series, columns, zone }: Located, bind: Bind, { from, to }: Bounds): string {
  const { table } = series;
  const time = timeSql(table, columns, zone, bind);
  const column = quoteName(table.time);
  const conditions = Object.entries(series.where).map(([name, value]) => {
    // A bare "character" would be one of them.
    const type = typeOf(table.table, columns, name).replace(/^character$/, "bpchar");
    return `${quoteName(name)} = ${bind(String(value))}::${type}`;
  });
  conditions.push(`${column} IS NOT NULL`);
  const outer = ["v < 'Infinity'", "v > '-Infinity'"];
  for (const [sign, ms, most] of [
    [">=", from, earliest],
    ["<", to, latest],
  ] as const) {
    if (ms === null && !time.endless) continue;
    const instant = Math.min(Math.max(Math.trunc(ms ?? most), earliest), latest);
    const slack = sign === "<" ? time.slackMs : -(time.slackMs ?? 0);
    conditions.push(`${column} ${sign} ${time.bound(instant + (slack ?? 0))}`);
    if (time.slackMs !== null) outer.push(`ms ${sign} ${bind(instant)}::float8`);
  }
  const newest = table.newest_by ? quoteName(table.newest_by) : "NULL";
  const rows = `SELECT ${column} AS t, ${time.ms} AS ms, ${valueSql(series, columns)} AS v,
    ${qualitySql(series, columns, bind)} AS q, ${newest} AS newest
    FROM ${quoteTable(table.table)} WHERE ${conditions.join(" AND ")}`;
  return `SELECT t, ms, v, q, newest FROM (${rows}) AS stored WHERE ${outer.join(" AND ")}`;
}
