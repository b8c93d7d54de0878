import type { ReadOnlySession } from "../../../sql/read-only-session.ts";
import type { ColumnKind, Dialect } from "./dialect.ts";

const kinds: Record<string, ColumnKind> = {
  smallint: "integer",
  integer: "integer",
  bigint: "integer",
  numeric: "decimal",
  real: "float",
  "double precision": "float",
  boolean: "boolean",
  "timestamp with time zone": "instant",
  "timestamp without time zone": "local",
  date: "day",
  interval: "interval",
  json: "list",
  jsonb: "list",
  text: "text",
  "character varying": "text",
};

const formats = {
  hour: "YYYY-MM-DD HH24:00",
  day: "YYYY-MM-DD",
  week: 'IYYY-"W"IW',
  month: "YYYY-MM",
  quarter: 'YYYY-"Q"Q',
  year: "YYYY",
};

const seen = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v', 'm', 'f', 'p')";

export type PostgresText = {
  encoding: string;
  /** A collation that knows small and capital letters beyond A to Z, where the database's own doesn't; else null. */
  folding: string | null;
};

/** How a database keeps texts; an old one may be in EUC_KR, one in the locale "C" knows no other letters than A to Z. */
export async function readPostgresText(session: ReadOnlySession): Promise<PostgresText> {
  const { rows } = await session.query("SELECT current_setting('server_encoding') AS encoding");
  const encoding = String(rows[0]?.["encoding"]);
  if (encoding !== "UTF8") return { encoding, folding: null };
  const asked = `SELECT lower('Ö') = 'ö' AS folds, EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu') AS icu`;
  const [known] = (await session.query(asked)).rows;
  return { encoding, folding: known?.["folds"] === false && known["icu"] === true ? "und-x-icu" : null };
}

export const postgresDialect = ({ encoding, folding }: PostgresText): Dialect => ({
  decomposed: encoding === "UTF8",
  name: "postgres",
  quote: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  place: (number) => `$${number}`,
  kindOf: (type) => kinds[type.toLowerCase()] ?? (type.endsWith("[]") ? "list" : "other"),
  columnsQuery: `SELECT n.nspname AS "schema", a.attname AS "column",
       format_type(CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END, NULL) AS "type"
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v', 'm', 'f', 'p') AND c.relname = $2::text
       AND (n.nspname = $1::text OR ($1::text IS NULL AND pg_table_is_visible(c.oid))) ORDER BY a.attnum`,
  tablesQuery: `SELECT n.nspname AS "schema", c.relname AS "table" FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${seen} ORDER BY 1, 2 LIMIT 1000`,

  nothing: { text: "NULL::text", number: "NULL::float8", boolean: "NULL::boolean", time: "NULL::timestamptz" },
  text: (sql) => `(${sql})::text`,
  boundText: (place) => `${place}::text`,
  beside: (place) => `${place}::text`,
  number: (sql, kind) => (kind === "boolean" ? `(${sql})::int::float8` : `NULLIF((${sql})::float8, 'NaN'::float8)`),
  boundNumber: (place) => `${place}::float8`,
  boundTime: (place) => `${place}::timestamptz`,
  truth: (condition) => `(${condition})`,
  constant: (value) => (value ? "TRUE" : "FALSE"),
  trim: (text) => `btrim(${text}, E' \\t\\n\\r')`,
  lower: (text) => (folding === null ? `lower(${text})` : `lower((${text}) COLLATE "${folding}")`),
  concat: (texts) => `(${texts.join(" || ")})`,
  holds: (text, needle) => `strpos(${text}, ${needle}) > 0`,
  inOrder: (text) => `${text} COLLATE "C"`,

  instant: (sql, kind, timeZone, bind) =>
    kind === "instant" ? sql : `((${sql})::timestamp AT TIME ZONE ${bind(timeZone)}::text)`,
  fromEpoch: (seconds) => `to_timestamp(${seconds})`,
  toEpochMs: (time) => `(extract(epoch FROM ${time}) * 1000)::float8`,
  iso: (time) => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  bucket(time, bucket, timeZone, bind) {
    const local = `(${time} AT TIME ZONE ${bind(timeZone)}::text)`;
    if (bucket === "weekday") return `extract(isodow FROM ${local})::int`;
    if (bucket === "hour_of_day") return `extract(hour FROM ${local})::int`;
    return `to_char(${local}, '${formats[bucket]}')`;
  },
  minutesBetween: (from, to) => `(extract(epoch FROM ${to} - ${from}) / 60)::float8`,
  minutesOf: (interval) => `(extract(epoch FROM ${interval}) / 60)::float8`,
  page: (limit, offset) => `LIMIT ${limit} OFFSET ${offset}`,
});
