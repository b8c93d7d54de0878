import type { InfluxQuality } from "./influx-settings.ts";

// InfluxQL has no bound values: whatever comes from the site file or a question is quoted here, and nowhere else.

const escaped = (text: string, quote: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`).replaceAll("\n", "\\n");

export const quoteName = (name: string): string => `"${escaped(name, '"')}"`;
export const quoteText = (text: string): string => `'${escaped(text, "'")}'`;

/** Names, texts and patterns out of a statement: what is left is what it does. */
const quoted = /"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|~ \/(?:\\[^]|[^/\\\n])*\//g;

/** Throws where a text of ours is no single query. */
export function assertQuery(text: string): void {
  const bare = text.replaceAll(quoted, "x");
  if (!/^(SELECT|SHOW) /.test(bare) || /;|\binto\b/i.test(bare) || /["'\n]/.test(bare))
    throw new Error("InfluxDB is asked by one SELECT or SHOW at a time.");
}

/** What InfluxDB's 64-bit nanoseconds hold, in milliseconds. */
const mostMs = 9.2e12;
export const clampMs = (ms: number): number => Math.min(Math.max(Math.trunc(ms), -mostMs), mostMs);

/** In epoch milliseconds, `to` excluded; null: no bound. */
export type Bounds = { from: number | null; to: number | null };
/** Where a tag's readings are. */
export type InfluxSeries = {
  policy: string | undefined;
  measurement: string;
  field: string;
  where: Record<string, string>;
  quality: InfluxQuality | undefined;
  scale: number;
  offset: number;
};

export type Wanted = "usable" | "uncertain" | "bad" | "all";

function qualityQl({ field, good, uncertain }: InfluxQuality, wanted: Wanted): string[] {
  const name = quoteName(field);
  const of = (values: (string | number)[], not: boolean): string => {
    if (values.length === 0) return "";
    if (typeof values[0] === "number")
      return `(${values.map((one) => `${name} ${not ? "!=" : "="} ${Number(one)}`).join(not ? " AND " : " OR ")})`;
    const patterns = values.map((one) =>
      String(one).replace(/[^\p{L}\p{N} ]/gu, (sign) => `\\x{${sign.codePointAt(0)?.toString(16)}}`),
    );
    return `${name} ${not ? "!" : "="}~ /(?i)^(${patterns.join("|")})$/`;
  };
  const every = [...good, ...uncertain];
  const conditions: Record<Wanted, string> = {
    usable: of(every, false),
    uncertain: of(uncertain, false) || `${name} = ''`,
    bad: of(every, true),
    all: "",
  };
  return conditions[wanted] === "" ? [] : [conditions[wanted]];
}

/** FROM … WHERE … of a series; `wanted` says which qualities. */
export function fromQl(series: InfluxSeries, { from, to }: Bounds, wanted: Wanted): string {
  const table = [series.policy, series.measurement].flatMap((name) => (name === undefined ? [] : quoteName(name)));
  const conditions = Object.entries(series.where).map(([key, value]) => `${quoteName(key)} = ${quoteText(value)}`);
  if (from !== null) conditions.push(`time >= ${clampMs(from)}ms`);
  if (to !== null) conditions.push(`time < ${clampMs(to)}ms`);
  if (series.quality) conditions.push(...qualityQl(series.quality, wanted));
  return `FROM ${table.join(".")}${conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : ""}`;
}
