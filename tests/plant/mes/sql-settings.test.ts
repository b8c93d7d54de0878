import { expect, it } from "vitest";
import { sqlMesSettings } from "../../../src/plant/mes/sql/sql-mes-settings.ts";
import { placeOf } from "../../../src/plant/sql/connection-settings.ts";

const records = { parts: { table: "stock", columns: { id: "no" } } };
const problem = (more: object) => {
  const settings = { name: "mes", kind: "postgres", url: "postgres://reader:x@10.0.0.7/mes", records, ...more };
  return (
    sqlMesSettings
      .safeParse(settings)
      .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)
      .join("; ") ?? "fine"
  );
};

it("settings say what is wrong with them, and what would be right", () => {
  expect(problem({})).toBe("fine");
  expect(problem({ url: "10.0.0.7/mes" })).toContain("postgres://user:password@host:5432/database");
  expect(problem({ url: undefined, host: "h" })).toContain("say database, user");
  expect(problem({ kind: "oracle" })).toContain("kind");
  expect(problem({ time_zone: "Seoul" })).toContain('"Asia/Seoul"');
  expect(problem({ records: {} })).toContain("map at least one of");
  expect(problem({ records: { parts: { table: "t", columns: { name: "n" } } } })).toContain("need an id");
  expect(problem({ records: { parts: { table: "t", columns: { id: "a", on_hnd: "b" } } } })).toContain(
    'Did you mean "on_hand"',
  );
  expect(problem({ records: { part: records.parts } })).toContain("part");
  expect(problem({ records: { parts: { table: "t", columns: { id: {} } } } })).toContain(
    "exactly one of column, template, constant",
  );
  expect(problem({ records: { parts: { table: "t", columns: { id: { column: "a", extract: "(" } } } } })).toContain(
    "no regular expression",
  );
  expect(
    problem({
      records: { work_orders: { table: "t", columns: { id: "a", finished_at: { column: "b", format: "soon" } } } },
    }),
  ).toContain("finished_at.format");
});

it("no SQL can be written in a mapping, nor a name with control characters", () => {
  const table = (name: unknown) => problem({ records: { parts: { table: name, columns: { id: "no" } } } });
  for (const name of ["a\u0000b", "a\nb", "\uE0001\uE000", "", ["a", "b", "c", "d"], { sql: "SELECT 1" }])
    expect(table(name)).not.toBe("fine");
  expect(problem({ records: { parts: { table: "t", columns: { id: { sql: "now()" } } } } })).not.toBe("fine");
  const join = { table: "m", as: "m; --", on: { a: "b" } };
  expect(problem({ records: { parts: { table: "t", join: [join], columns: { id: "no" } } } })).toContain(
    "use letters, digits and _",
  );
});

it("a url's parts are those that are not written by themselves", () => {
  expect(placeOf({ url: "mysql://r%40der:p%25w@[::1]:3307/m%C3%A9s?ssl-mode=REQUIRED" }, 3306)).toEqual({
    ...{ host: "::1", port: 3307, database: "més", user: "r@der", password: "p%w" },
    tls: "accept",
  });
  expect(placeOf({ url: "postgres://a:50%@h/d?sslmode=verify-full", port: 6000, user: "b" }, 5432)).toEqual({
    ...{ host: "h", port: 6000, database: "d", user: "b", password: "50%" },
    tls: "verify",
  });
});
