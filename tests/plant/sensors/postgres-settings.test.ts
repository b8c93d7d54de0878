import { describe, expect, test } from "vitest";
import { countedExactly, estimateCount } from "../../../src/plant/sensors/estimate-count.ts";
import { postgresSensorSettings } from "../../../src/plant/sensors/postgres/postgres-settings.ts";
import { createBind, newestSql, seriesSql, type Located } from "../../../src/plant/sensors/postgres/series-sql.ts";

describe("sensor readings in a plant's Postgres", () => {
  const good = { name: "h", kind: "postgres", url: "postgres://u:p@h/d", tags: [{ id: "a", equipment: "M" }] };
  const long = { table: "history.readings", time: "at", tag: "tag", value: "value" };
  const problems = (more: object) =>
    (postgresSensorSettings.safeParse({ ...good, readings: [long], ...more }).error?.issues ?? []).map(
      (issue) => `${issue.path.join(".")} ${issue.message}`,
    );

  test("settings say what is missing", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ tags: [] }).join()).toContain("list tags, or name a tag_table");
    expect(problems({ tags: [{ id: "a", equipment: "M", table: "other" }] }).join()).toContain("names the table other");
    expect(problems({ readings: [{ table: "wide", time: "at" }] }).join()).toContain("say its column, or the table's");
    expect(problems({ readings: [{ table: 'a"b', time: "at" }] }).join()).toContain("without quotes");
    expect(problems({ url: undefined }).join()).toContain("say host, database, user");
    expect(problems({ tags: [{ id: "a", equipment: "M", scale: 0 }] }).join()).toContain("must not be 0");
  });

  const located = (more: object = {}, unique: string[][] = []): Located => {
    const settings = postgresSensorSettings.parse({ ...good, readings: [{ ...long, ...more }] });
    const types = new Map([
      ["at", "timestamp with time zone"],
      ["tag", "text"],
      ["value", "real"],
    ]);
    const series = { table: settings.readings[0]!, column: "value", where: { tag: "x'; DROP" }, scale: 2, offset: 0 };
    return { series, columns: { types, unique }, zone: "UTC" };
  };

  test("what the site file says is bound or quoted, never part of the statement", () => {
    const { bind, values } = createBind();
    const text = seriesSql(located(), bind, { from: 0, to: 1_000 });
    expect(text).not.toContain("DROP");
    expect(text).toContain('"history"."readings"');
    expect(values).toContain("x'; DROP");
    expect(newestSql(located(), bind, { from: null, to: null })).toMatch(/ORDER BY t DESC.* LIMIT 1$/);
  });

  test("looks for rows that came twice unless the database or the site file says there are none", () => {
    const text = (one: Located) => seriesSql(one, createBind().bind, { from: 0, to: 1 });
    expect(text(located())).toContain("DISTINCT ON (t)");
    expect(text(located({}, [["at", "tag"]]))).not.toContain("DISTINCT");
    expect(text(located({}, [["at", "other"]]))).toContain("DISTINCT");
    expect(text(located({ unique_times: true }))).not.toContain("DISTINCT");
  });

  test("counts fifty thousand readings, and estimates by their pace beyond", () => {
    expect(estimateCount(49_999, { from: 0, until: 50, to: 100 })).toBe(49_999);
    expect(estimateCount(countedExactly, { from: 0, until: 1e5, to: 1e5 })).toBe(countedExactly);
    expect(estimateCount(countedExactly, { from: 0, until: 1e5, to: 123_456_789 })).toBe(62_000_000);
  });
});
