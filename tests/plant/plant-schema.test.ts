import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/database.ts";
import * as maintenance from "../../src/db/schema/plant/maintenance.ts";
import * as operations from "../../src/db/schema/plant/operations.ts";
import * as quality from "../../src/db/schema/plant/quality.ts";
import * as readings from "../../src/db/schema/plant/readings.ts";
import * as sources from "../../src/db/schema/plant/sources.ts";
import { catalogue, recordSetNames } from "../../src/plant/mes/catalogue.ts";
import { openTestDatabase } from "../support/database.ts";

const typeNames: Record<string, string> = {
  number: "double precision",
  minutes: "double precision",
  boolean: "boolean",
  time: "timestamp with time zone",
  list: "text[]",
};
/** Columns that no question asks for. */
const beyondCatalogue: Record<string, string[]> = { work_orders: ["proposal_id text", "requested_by text"] };

const schemas = [maintenance, operations, quality, readings, sources];
const tables = new Map(
  schemas
    .flatMap((schema) => Object.values(schema).flatMap((value) => (is(value, PgTable) ? [getTableConfig(value)] : [])))
    .map((table) => [table.name, table]),
);

describe("the plant's tables", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => await database.close());

  test.each(recordSetNames)(
    "%s has the catalogue's fields as columns, of the fitting type, keyed by source and id",
    (name) => {
      const table = tables.get(name);
      const expected = catalogue[name].fields.map((field) => `${field.name} ${typeNames[field.type] ?? "text"}`);
      const columns = table?.columns.map((column) => `${column.name} ${column.getSQLType()}`);
      expect(columns?.toSorted()).toEqual(["source text", ...expected, ...(beyondCatalogue[name] ?? [])].toSorted());
      expect(table?.primaryKeys.map((key) => key.columns.map((column) => column.name))).toEqual([["source", "id"]]);
    },
  );

  test.each(recordSetNames)("%s names only fields that exist: its time field, and what describes a code", (name) => {
    const { fields, timeField } = catalogue[name];
    const types = new Map(fields.map((field) => [field.name, field.type]));
    if (timeField) expect(types.get(timeField)).toBe("time");
    for (const field of fields) if (field.describedBy) expect(types.get(field.describedBy), field.name).toBe("name");
    expect(types.get("id")).toBe("id");
    expect(types.size).toBe(fields.length);
  });

  test.each([...tables.keys()])("the migration makes %s as the schema declares it", async (name) => {
    const { rows } = await database.pool.query<{ column: string }>(
      `SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS "column"
       FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
      [`"${name}"`],
    );
    const columns = tables
      .get(name)
      ?.columns.map((column) => `${column.name} ${column.getSQLType()}${column.notNull ? " not null" : ""}`);
    expect(rows.map((row) => row.column).toSorted()).toEqual(columns?.toSorted());
  });

  test("the migration makes the indexes that the schema declares", async () => {
    const { rows } = await database.pool.query<{ indexname: string }>(
      "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    );
    const made = rows.map((row) => row.indexname);
    const declared = [...tables.values()].flatMap((table) => table.indexes.map((index) => index.config.name));
    expect(made).toEqual(expect.arrayContaining(declared));
    expect(declared.length).toBeGreaterThan(20);
  });
});
