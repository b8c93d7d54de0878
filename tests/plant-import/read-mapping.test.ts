import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SunbaeError } from "../../src/core/errors.ts";
import { parseMapping, readMapping } from "../../src/plant/import/mapping/read-mapping.ts";

const faults = (text: string): string[] => {
  try {
    parseMapping(text, "m.yaml");
  } catch (thrown) {
    if (!(thrown instanceof SunbaeError)) throw thrown;
    return thrown.details.map((one) => `${one.line}: ${one.message}`);
  }
  return [];
};
const good = `source: test
time_zone: Asia/Seoul
files:
  - file: a.csv
    records: events
    columns:
      id: event_id
      started_at: { column: time, format: "YYYY-MM-DD" }
`;

describe("a mapping", () => {
  it("is read with its defaults", () => {
    const mapping = parseMapping(good, "m.yaml");
    expect(mapping.sample).toBe(false);
    expect(mapping.files[0]).toMatchObject({ records: "events", columns: { id: { column: "event_id" } } });
    expect(mapping.lineOf(["files", 0, "columns", "started_at"])).toBe(8);
  });

  it.each([
    [
      "an unknown field",
      good.replace("started_at", "startet_at"),
      '8: events has no field "startet_at". Did you mean "started_at"',
    ],
    [
      "an unknown key",
      good.replace("records: events", "records: events\n    delimeter: ;"),
      '6: "delimeter" is not known here. Did you mean "delimiter"?',
    ],
    [
      "an unknown record set",
      good.replace("records: events", "records: event"),
      '5: records names a record set. Did you mean "events"?',
    ],
    ["a wrong time zone", good.replace("Asia/Seoul", "Seoul"), '2: "Seoul" is no IANA time zone'],
    ["a wrong time format", good.replace("YYYY-MM-DD", "YYYY-QQ"), '8: "Q" in the time format is unknown'],
    [
      "a cell without a source",
      good.replace("event_id", "{ trim: true }"),
      "7: files.0.columns.id: say where the value comes from",
    ],
    ["a broken pattern", good.replace("event_id", '{ column: a, extract: "(" }'), '7: "(" is no regular expression'],
    ["a key beside an id", good.replace("columns:", "key: [id]\n    columns:"), "6: id already names the row"],
    ["a repeated key", good.replace("source: test", "source: test\nsource: again"), "2: Map keys must be unique"],
    ["a pattern without quotes", good.replace("a.csv", "*.csv"), "4: *.csv refers to nothing; put quotes"],
    ["broken YAML", good.replace("files:", "files: ]"), "3: "],
    [
      "a wrong encoding",
      good.replace("records: events", "records: events\n    encoding: klingon"),
      '6: "klingon" is no known encoding',
    ],
    [
      "a format on a text",
      good.replace("event_id", '{ column: a, format: "YYYY" }'),
      "7: format is for times and durations",
    ],
    [
      "a lookup of an unknown field",
      good.replace("event_id", "{ column: a, lookup: { records: equipment, by: nam } }"),
      '7: equipment has no field "nam". Did you mean "name"',
    ],
    [
      "readings without a value",
      "source: t\ntime_zone: UTC\nfiles:\n  - file: a.csv\n    records: readings\n    time: t\n",
      "4: readings need either tag and value",
    ],
  ])("with %s names the line and the fix", (_name, text, expected) => {
    expect(faults(text).join("\n")).toContain(expected);
  });

  it("tells all faults at once", () => {
    const text = good.replace("Asia/Seoul", "Seoul").replace("started_at", "startet_at");
    expect(faults(text)).toHaveLength(2);
  });

  it("that is missing is not found", async () => {
    await expect(readMapping("/nowhere/m.yaml")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the mappings for acceptance", () => {
  const folder = path.join(import.meta.dirname, "../acceptance");
  it.each(readdirSync(folder).filter((name) => name.endsWith(".yaml")))("%s holds", async (name) => {
    const mapping = await readMapping(path.join(folder, name));
    expect(mapping.files.length).toBeGreaterThan(0);
  });
});
