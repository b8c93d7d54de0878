import { expect, it } from "vitest";
import { assertQuery } from "../../../src/plant/sql/read-only-session.ts";

it.each([
  "SELECT 1 AS one",
  "WITH a AS (SELECT 1) SELECT * FROM a",
  '\n  select "delete from" FROM "a; DROP TABLE b --" WHERE c = \'update; commit\'',
  "SELECT `into` FROM `a`` ; b`",
])("a query is one: %s", (text) => {
  expect(() => assertQuery(text)).not.toThrow();
});

it.each([
  "SELECT 1; SELECT 2",
  "DELETE FROM a",
  "WITH a AS (INSERT INTO b VALUES (1) RETURNING 1) SELECT * FROM a",
  "SELECT 1 INTO OUTFILE 'x'",
  "SELECT * FROM a FOR UPDATE",
  "SELECT 1 -- and more",
  "SELECT 1 /* and more */",
  "CALL p()",
  "",
  "SELECT 'a' ; DROP TABLE b; 'c'",
])("anything else is a defect of ours: %s", (text) => {
  expect(() => assertQuery(text)).toThrow("one SELECT");
});

it("brackets are quotes to SQL Server only", () => {
  expect(() => assertQuery("SELECT [a; DELETE FROM b] FROM [c]]; x]", "sqlserver")).not.toThrow();
  expect(() => assertQuery("SELECT [a; DELETE FROM b] FROM c")).toThrow("one SELECT");
});
