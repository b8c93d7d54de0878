import { SunbaeError } from "../../../core/errors.ts";
import type { ReadOnlySession } from "../../sql/read-only-session.ts";

/** What a table's columns are, and which sets of them are unique. */
export type TableColumns = { types: Map<string, string>; unique: string[][] };

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteTable = (table: string): string => table.split(".").map(quoteName).join(".");

/** Reads and remembers what tables look like; a failure is not remembered. Rejects with `unavailable` without the table. */
export function createTableColumns(session: ReadOnlySession): (table: string) => Promise<TableColumns> {
  const known = new Map<string, Promise<TableColumns>>();

  async function read(table: string): Promise<TableColumns> {
    const { rows } = await session.query(
      `SELECT a.attname::text AS name, format_type(a.atttypid, NULL) AS type,
         (SELECT coalesce(json_agg(i.columns), '[]') FROM (
           SELECT (SELECT json_agg(c.attname::text) FROM pg_attribute c
             WHERE c.attrelid = x.indrelid AND c.attnum = ANY(x.indkey)) AS columns
           FROM pg_index x WHERE x.indrelid = a.attrelid AND x.indisunique AND x.indexprs IS NULL AND x.indpred IS NULL
         ) i) AS "unique"
       FROM pg_attribute a WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`,
      [quoteTable(table)],
    );
    if (rows.length === 0)
      throw new SunbaeError("unavailable", `The table ${table} is not in the database, or may not be read.`, {
        fix: "Correct its name in the site file (schema.table), or grant SELECT on it.",
      });
    const types = new Map(rows.map((row) => [String(row["name"]), String(row["type"])]));
    return { types, unique: (rows[0]?.["unique"] ?? []) as string[][] };
  }

  return async (table) => {
    const found = known.get(table) ?? read(table);
    known.set(table, found);
    try {
      return await found;
    } catch (thrown) {
      known.delete(table);
      throw thrown;
    }
  };
}

/** The column's type; throws `unavailable` with the columns there are. */
export function typeOf(table: string, { types }: TableColumns, column: string): string {
  const type = types.get(column);
  if (type) return type;
  throw new SunbaeError("unavailable", `The table ${table} has no column ${column}.`, {
    fix: `Correct it in the site file; its columns are ${[...types.keys()].slice(0, 30).join(", ")}.`,
  });
}
