import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DateTime } from "luxon";
import type pg from "pg";
import { sharedData } from "../support/plant.ts";
import type { Expectation } from "./case.ts";

// Truth: what an answer is measured against. It comes from SQL on the store, from a file or from the set itself, never
// from the system under test. In SQL, `local(column)` is the time in the set's zone, `now()` the plant's clock.

export type TruthNumber = NonNullable<Expectation["number"]>;
export type Truths = {
  number(of: TruthNumber): Promise<number>;
  rows(sql: string): Promise<(string | number | null)[][]>;
};

export function createTruths(pool: pg.Pool, timeZone: string, now: Date): Truths {
  const rows: Truths["rows"] = async (sql) => {
    const text = sql
      .replaceAll(/\blocal\(((?:[^()]|\([^()]*\))+)\)/g, `($1 at time zone '${timeZone}')`)
      .replaceAll("now()", `'${now.toISOString()}'::timestamptz`);
    const result = await pool.query<(string | number | Date | boolean | null)[]>({ text, rowMode: "array" });
    return result.rows.map((row) => row.map((cell) => toCell(cell, timeZone)));
  };
  return {
    rows,
    async number(of) {
      if (typeof of === "number") return of;
      if ("telemetry" in of) return telemetry(of, timeZone);
      const [first] = await rows(of.sql);
      const value = Number(first?.[0]);
      if (!Number.isFinite(value)) throw new Error(`The truth query gives no number: ${of.sql}`);
      return value;
    },
  };
}

function toCell(cell: string | number | Date | boolean | null, timeZone: string): string | number | null {
  if (cell instanceof Date) return DateTime.fromJSDate(cell, { zone: timeZone }).toISODate() ?? "";
  if (typeof cell === "boolean") return String(cell);
  return typeof cell === "string" && /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : cell;
}

type Row = { timestamp: number } & Record<string, unknown>;
let telemetryRows: Row[] | null = null;

/** A figure over the readings of the telemetry file, from midnight to midnight of the set's zone. */
function telemetry(of: { telemetry: string; stat: string; from: string; to: string }, zone: string): number {
  telemetryRows ??= readFileSync(join(sharedData, "assetops/chiller6_june2020_sensordata_couchdb.jsonl"), "utf8")
    .split("\n")
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(text) as Row);
  const from = DateTime.fromISO(of.from, { zone }).toSeconds();
  const to = DateTime.fromISO(of.to, { zone }).toSeconds();
  const values = telemetryRows
    .filter((row) => row.timestamp >= from && row.timestamp < to)
    .map((row) => row[of.telemetry])
    .filter((value) => typeof value === "number");
  if (values.length === 0) throw new Error(`The telemetry file has no ${of.telemetry} then.`);
  if (of.stat === "count") return values.length;
  if (of.stat === "min") return Math.min(...values);
  if (of.stat === "max") return Math.max(...values);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
