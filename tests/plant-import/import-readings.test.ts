import { describe, expect, it } from "vitest";
import { createFakePlantWriter } from "../fakes/plant-writer.ts";
import { importFromTexts, refusalOf } from "./import-from-texts.ts";
import type { FakePlant } from "./import-from-texts.ts";

const wide = `  - file: t.jsonl
    records: readings
    time: { column: ts, format: epoch_s }
    equipment: { column: asset, lookup: { records: equipment, by: name } }
    tags: { "Torque [Nm]": { name_ko: 토크, alarm_high: 50 }, "*": {} }
    except: [note]
`;
const plantWith = async (equipment: { id: string; name: string }[]): Promise<FakePlant> => {
  const plant = createFakePlantWriter();
  await plant.writer.upsert("equipment", "before", equipment);
  return plant;
};

describe("an import of readings", () => {
  it("takes one column a tag, creates the tags, and needs no cell in every row", async () => {
    const plant = await plantWith([{ id: "M1", name: "Mill 1" }]);
    const { report } = await importFromTexts(
      wide,
      {
        "t.jsonl": [
          '{"asset":"mill 1","ts":1590984000,"Torque [Nm]":40,"speed":1500,"note":"x"}',
          '{"asset":"mill 1","ts":1590984900,"Torque [Nm]":null}',
          '{"asset":"mill 1","ts":1590985800,"state":"RUN","inner":{"temp":21.5}}',
          '{"asset":"mill 2","ts":1590985800,"speed":1}',
          "not json",
        ].join("\n"),
      },
      plant,
    );
    expect(plant.rows("tags")).toEqual([
      { id: "M1.torque", equipment_id: "M1", name: "Torque", name_ko: "토크", unit: "Nm", alarm_high: 50 },
      { id: "M1.speed", equipment_id: "M1", name: "speed", unit: null },
      { id: "M1.inner.temp", equipment_id: "M1", name: "inner.temp", unit: null },
    ]);
    expect([...(plant.readings.get("M1.speed") ?? [])]).toEqual([[1590984000_000, 1500]]);
    expect(report.files[0]).toMatchObject({ rowsRead: 5, readings: 3, tagsCreated: 3, leftOut: 2, unusedColumns: [] });
    expect(report.files[0]?.problems.map((one) => [one.line, one.reason.kind])).toEqual([
      [4, "no_match"],
      [5, "not_json"],
    ]);
    expect(report.files[0]?.notes).toEqual([{ kind: "text_column", column: "state" }]);
  });

  it("does not write over tags that exist unless the mapping describes them", async () => {
    const plant = await plantWith([{ id: "M1", name: "Mill 1" }]);
    const known = { id: "M1.speed", equipment_id: "M1", name: "Spindle speed", unit: "rpm" };
    await plant.writer.upsert("tags", "before", [known]);
    const { report } = await importFromTexts(
      wide,
      { "t.jsonl": '{"asset":"Mill 1","ts":1590984000,"speed":1500}\n{"ts":1,"Torque [Nm]":1}\n' },
      plant,
    );
    expect(plant.rows("tags")).toEqual([known]);
    expect(report.files[0]).toMatchObject({ tagsCreated: 0, readings: 1 });
  });

  it("takes one reading a row, with units, and replaces a reading of the same instant", async () => {
    const mapping = `  - file: t.csv
    records: readings
    time: at
    equipment: machine
    tag: signal
    value: { column: value, scale: 0.1 }
    unit: unit
    skip_when: { quality: bad }
`;
    const files = {
      "t.csv":
        "at,machine,signal,value,unit,quality\n2020-06-01 00:00:00,M1,Temp Zone 1,215,°C,good\n2020-06-01 00:00:01,M1,Temp Zone 1,9999,°C,bad\n2020-06-01 00:00:02,M1,Temp Zone 1,,°C,good\n2020-06-01 00:00:02,M1,Temp Zone 1,hot,°C,good\n",
    };
    const { plant, report } = await importFromTexts(mapping, files);
    await importFromTexts(mapping, files, plant);
    expect(plant.rows("tags")).toEqual([{ id: "M1.temp_zone_1", equipment_id: "M1", name: "Temp Zone 1", unit: "°C" }]);
    expect([...(plant.readings.get("M1.temp_zone_1") ?? [])]).toEqual([[Date.parse("2020-05-31T15:00:00Z"), 21.5]]);
    expect(report.files[0]).toMatchObject({ filtered: 1, leftOut: 1, readings: 1 });
  });

  it("keeps whole tag ids where no equipment is given", async () => {
    const { plant } = await importFromTexts("  - { file: t.csv, records: readings, time: at, tag: tag, value: v }\n", {
      "t.csv": "at,tag,v\n2020-06-01,CNC-07.spindle_load,1\n",
    });
    expect(plant.rows("tags")).toEqual([
      { id: "CNC-07.spindle_load", equipment_id: "CNC-07", name: "spindle load", unit: null },
    ]);
  });

  it("writes in bounded batches and creates a tag before its readings", async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `${1590984000 + index},1,2`).join("\n");
    const { plant, report } = await importFromTexts(
      "  - { file: t.csv, records: readings, time: at, equipment: { constant: M1 }, tags: '*' }\n",
      { "t.csv": `at,a,b\n${rows}\n` },
    );
    const appended = plant.calls.filter((call) => call.verb === "appendReadings").map((call) => call.rows);
    expect(Math.max(...appended)).toBeLessThanOrEqual(20_002);
    expect(report.totals.readings).toBe(120_000);
    expect(plant.calls.findIndex((call) => call.records === "tags")).toBeLessThan(
      plant.calls.findIndex((call) => call.verb === "appendReadings"),
    );
  });

  it("names the columns that are near where a tag's column is missing", async () => {
    const refused = refusalOf(
      importFromTexts(
        "  - { file: t.csv, records: readings, time: at, equipment: { constant: M1 }, tags: [torqe] }\n",
        { "t.csv": "at,torque\n1,2\n" },
      ),
    );
    expect(await refused).toContain('has no column "torqe". Did you mean "torque"?');
  });
});
