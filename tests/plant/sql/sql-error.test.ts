import { expect, it } from "vitest";
import { MappingError } from "../../../src/plant/mapping-error.ts";
import { translateSqlError } from "../../../src/plant/sql/sql-error.ts";

const translate = (error: object) =>
  translateSqlError(Object.assign(new Error("it said so"), error), "db:1/mes", { statementTimeoutMs: 900 });

it.each([
  ["PostgreSQL: no such column", { code: "42703" }],
  ["PostgreSQL: no such table", { code: "42P01" }],
  ["MariaDB: no such column", { code: "ER_BAD_FIELD_ERROR", errno: 1054 }],
  ["MariaDB: no such table", { code: "ER_NO_SUCH_TABLE", errno: 1146 }],
  ["SQL Server: no such column", { code: "EREQUEST", number: 207 }],
  ["SQL Server: no such table", { code: "EREQUEST", number: 208 }],
])("%s is the mapping's fault, not the server's", (_name, error) => {
  expect(translate(error)).toBeInstanceOf(MappingError);
  expect(translate(error)).toMatchObject({ code: "unavailable", why: "it said so" });
});

it.each([[{ code: "ECONNREFUSED" }], [{ code: "57014" }], [{ code: "28P01" }], [{ code: "42501" }], [{}]])(
  "%o is not the mapping's fault",
  (error) => {
    expect(translate(error)).toMatchObject({ code: "unavailable" });
    expect(translate(error)).not.toBeInstanceOf(MappingError);
  },
);
