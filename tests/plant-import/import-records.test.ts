import { describe, expect, it } from "vitest";
import { summarizeImport } from "../../src/plant/import/summary.ts";
import { createFakePlantWriter } from "../fakes/plant-writer.ts";
import { importFromTexts, refusalOf } from "./import-from-texts.ts";
import { makeWorkbook } from "./make-workbook.ts";

const events = `  - file: e.csv
    records: events
    columns: { id: no, equipment_id: machine, started_at: at, value: v }
`;

describe("an import of records", () => {
  it("declares its source and writes rows with the catalogue's fields and types", async () => {
    const { plant, report } = await importFromTexts(
      `source: plant-a
title: Plant A
time_zone: Asia/Seoul
files:
  - file: 작업.csv
    records: work_orders
    columns:
      id: 번호
      equipment_id: 설비
      preventive: { column: 유형, values: { 예방: true, "*": false } }
      finished_at: 완료
      duration_minutes: { column: 시간, unit: hours }
      parts: 부품
      technician: { template: "{성} {이름}" }
      priority: { column: 등급, extract: "^P(\\\\d)" }
      component: { constant: 주축 }
    defaults: { status: closed }
`,
      {
        "작업.csv":
          "번호,설비,유형,완료,시간,부품,성,이름,등급\n1,M1,예방,2016. 4. 6. 오후 2:00,1.5,A-1; B-2,박,종수,P2 높음\n2,M1,사후,2016-04-07,2시간 15분,,김,,\n",
      },
    );
    expect(plant.sources).toEqual([{ name: "plant-a", title: "Plant A", timeZone: "Asia/Seoul", sample: false }]);
    expect(plant.rows("work_orders")).toEqual([
      {
        id: "1",
        equipment_id: "M1",
        preventive: true,
        finished_at: new Date("2016-04-06T05:00:00Z"),
        duration_minutes: 90,
        parts: ["A-1", "B-2"],
        technician: "박 종수",
        priority: 2,
        component: "주축",
        status: "closed",
      },
      {
        id: "2",
        equipment_id: "M1",
        preventive: false,
        finished_at: new Date("2016-04-06T15:00:00Z"),
        duration_minutes: 135,
        parts: null,
        technician: null,
        priority: null,
        component: "주축",
        status: "closed",
      },
    ]);
    expect(report.totals).toEqual({ rowsRead: 2, inserted: 2, updated: 0, unchanged: 0, readings: 0, leftOut: 0 });
    expect(report.unknownEquipment).toEqual([{ id: "M1", rows: 2 }]);
  });

  it("lists bad rows with line and reason, leaves them out and keeps the rest", async () => {
    const { report, plant } = await importFromTexts(events, {
      "e.csv":
        "no,machine,at,v,spare\n1,M1,31/02/2020,1,x\n2,M1,25/12/2020,two,x\n,M1,26/12/2020,3,x\n\n5,M1,27/12/2020,4,x\n5,M1,28/12/2020,4,x\n6,M1,29/12/2020,4\n",
    });
    expect(plant.rows("events").map((row) => row.id)).toEqual(["5"]);
    expect(report.files[0]?.problems.map((one) => [one.line, one.field, one.message])).toEqual([
      [2, "started_at", '"31/02/2020" is no date (read as dmy)'],
      [3, "value", '"two" is no number'],
      [4, "id", "is empty"],
      [7, undefined, '"5" is already on line 6'],
      [8, undefined, "only 4 cells for 5 columns"],
    ]);
    expect(report.files[0]).toMatchObject({ rowsRead: 6, leftOut: 5, unusedColumns: ["spare"] });
  });

  it("caps the list of problems and keeps the count", async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `${index},M1,2020-01-01,bad`).join("\n");
    const { report } = await importFromTexts(events, { "e.csv": `no,machine,at,v\n${rows}\n` });
    expect(report.files[0]).toMatchObject({ leftOut: 3_000, inserted: 0 });
    expect(report.files[0]?.problems).toHaveLength(50);
  });

  it("writes in batches of at most 2,000 rows and tells its progress", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => `${index},M1,2020-01-01,1`).join("\n");
    const seen: number[] = [];
    const { plant } = await importFromTexts(
      events,
      { "e.csv": `no,machine,at,v\n${rows}\n` },
      createFakePlantWriter(),
      {
        onProgress: ({ bytesRead, bytesTotal }) => seen.push(bytesRead / bytesTotal),
      },
    );
    expect(plant.calls.filter((call) => call.records === "events").map((call) => call.rows)).toEqual([
      2_000, 2_000, 1_000,
    ]);
    expect(seen.at(-1)).toBe(1);
  });

  it("changes nothing when it runs again, and updates what changed", async () => {
    const plant = createFakePlantWriter();
    const file = (value: number): string => `no,machine,at,v\n1,M1,2020-01-01,1\n2,M1,2020-01-01,${value}\n`;
    await importFromTexts(events, { "e.csv": file(2) }, plant);
    const again = await importFromTexts(events, { "e.csv": file(2) }, plant);
    expect(again.report.totals).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
    const changed = await importFromTexts(events, { "e.csv": file(3) }, plant);
    expect(changed.report.totals).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 });
  });

  it("keeps identical rows apart without an id, and does not double them when it runs again", async () => {
    const plant = createFakePlantWriter();
    const mapping = events.replace("id: no, ", "");
    const files = { "e.csv": "no,machine,at,v\n1,M1,2020-01-01,1\n1,M1,2020-01-01,1\n" };
    const first = await importFromTexts(mapping, files, plant);
    const second = await importFromTexts(mapping, files, plant);
    expect([first.report.totals.inserted, second.report.totals.unchanged, plant.rows("events").length]).toEqual([
      2, 2, 2,
    ]);
  });

  it("names rows by declared key fields, over overlapping files too", async () => {
    const mapping = events
      .replace("e.csv", "e-?.csv")
      .replace("records: events", "records: events\n    key: [equipment_id, started_at]")
      .replace("id: no, ", "");
    const { plant, report } = await importFromTexts(mapping, {
      "e-1.csv": "no,machine,at,v\n1,M1,2020-01-01,1\n2,M1,2020-01-02,1\n",
      "e-2.csv": "no,machine,at,v\n2,M1,2020-01-02,1\n3,M1,2020-01-03,1\n",
    });
    expect(plant.rows("events")).toHaveLength(3);
    expect(report.totals).toMatchObject({ inserted: 3, unchanged: 1 });
  });

  it("derives equipment from another file and finds it by name without regard to case", async () => {
    const { plant, report } = await importFromTexts(
      `  - file: e.csv
    records: equipment
    unique: true
    columns: { id: code, name: machine }
  - file: e.csv
    records: events
    columns:
      id: no
      equipment_id: { column: called, lookup: { records: equipment, by: [name, id] } }
`,
      { "e.csv": "no,code,machine,called\n1,M1,Press 1,press  1\n2,M1,Press 1,m1\n3,M2,Press 2,Press 9\n" },
    );
    expect(plant.rows("equipment").map((row) => row.id)).toEqual(["M1", "M2"]);
    expect(plant.rows("events").map((row) => row.equipment_id)).toEqual(["M1", "M1"]);
    expect(report.files[0]).toMatchObject({ repeated: 1 });
    expect(report.files[1]?.problems[0]).toMatchObject({ line: 4, message: 'no equipment called "Press 9"' });
    expect(report.unknownEquipment).toEqual([]);
  });

  it("joins another file's columns by text and time, whatever the spelling", async () => {
    const { plant, report } = await importFromTexts(
      `  - file: e.csv
    records: events
    skip_when: { kind: /^test/i }
    join:
      - file: ends.csv
        as: end
        on: [{ here: machine, there: asset }, { here: at, there: start, as: time }]
    columns: { id: no, started_at: at, ended_at: end.stop }
`,
      {
        "e.csv":
          "no,machine,at,kind\n1,Press 1,2020-12-25 10:00,a\n2,Press 1,2020-12-26 10:00,a\n3,x,2020-12-26 10:00,Test run\n",
        "ends.csv": "asset,start,stop\npress 1,12/25/20 10:00,12/25/20 11:30\n",
      },
    );
    expect(plant.rows("events").map((row) => row.ended_at)).toEqual([new Date("2020-12-25T02:30:00Z"), null]);
    expect(report.files[0]).toMatchObject({ filtered: 1 });
    expect(report.files[0]?.notes).toContainEqual({ kind: "join_unmatched", join: "end", rows: 1 });
  });

  it("reads one measurement a column as rows of a subgroup", async () => {
    const { plant } = await importFromTexts(
      `  - file: m.txt
    records: inspections
    measurements: { columns: [x1, x2, x3] }
    columns: { id: { template: "{file}-{#:2}" }, characteristic: { constant: bore } }
`,
      { "m.txt": " x1  x2 x3\n1.0 1.1  1.2\n2.0 NA 2.2\n" },
    );
    expect(plant.rows("inspections").map((row) => [row.id, row.subgroup, row.value])).toEqual([
      ["m-01.1", "1", 1],
      ["m-01.2", "1", 1.1],
      ["m-01.3", "1", 1.2],
      ["m-02.1", "2", 2],
      ["m-02.3", "2", 2.2],
    ]);
  });

  it("reads a workbook's dates, numbers and lengths of time", async () => {
    const { plant, report } = await importFromTexts(
      `  - file: w.xlsx
    sheet: 정비
    header: 2
    records: work_orders
    columns: { id: No, finished_at: Done, duration_minutes: Took, preventive: PM, description: Text }
`,
      {
        "w.xlsx": makeWorkbook(
          [
            ["정비 이력"],
            ["No", "Done", "Took", "PM", "Text"],
            [17, { days: 42466.583333333336 }, { days: 0.125 }, true, "=1+1"],
            [18, 42467.5, "3:00", false, null],
          ],
          "정비",
        ),
      },
    );
    expect(plant.rows("work_orders")).toEqual([
      {
        id: "17",
        finished_at: new Date("2016-04-06T05:00:00Z"),
        duration_minutes: 180,
        preventive: true,
        description: "=1+1",
      },
      {
        id: "18",
        finished_at: new Date("2016-04-07T03:00:00Z"),
        duration_minutes: 180,
        preventive: false,
        description: null,
      },
    ]);
    expect(report.files[0]).toMatchObject({ rowsRead: 2, leftOut: 0 });
  });

  it("stops at a signal between batches and can be run again", async () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => `${index},M1,2020-01-01,1`).join("\n");
    const files = { "e.csv": `no,machine,at,v\n${rows}\n` };
    const plant = createFakePlantWriter();
    const stop = new AbortController();
    const stopped = importFromTexts(events, files, plant, {
      signal: stop.signal,
      onProgress: ({ rowsRead }) => rowsRead > 0 && stop.abort(),
    });
    expect(await refusalOf(stopped)).toContain("cancelled");
    const written = plant.rows("events").length;
    expect(written).toBeLessThan(50_000);
    const { report } = await importFromTexts(events, files, plant);
    expect(report.totals).toMatchObject({ unchanged: written, inserted: 50_000 - written });
  });

  it("sums up in both languages", async () => {
    const { report } = await importFromTexts(events, {
      "e.csv": "no,machine,at,v,spare\n1,M1,2020-01-01,x,\n2,M1,2020-01-01,1,\n",
    });
    expect(summarizeImport(report, "en")).toContain('line 2 (value · "v"): "x" is no number');
    expect(summarizeImport(report, "ko")).toContain('2행 (value · "v"): "x"은(는) 숫자가 아님');
    expect(summarizeImport(report, "en")).toContain("Columns not used: spare");
    expect(summarizeImport(report, "ko")).toContain("등록되지 않은 설비 번호: M1 (1)");
  });

  it("keeps inspections without a time and an id in the order of the file", async () => {
    const mapping = `  - file: flow.csv
    records: inspections
    columns: { characteristic: { constant: flow }, value: v }
`;
    const { plant } = await importFromTexts(mapping, { "flow.csv": "v\n49.6\n47.6\n49.9\n47.6\n51.3\n" });
    const order = (): unknown[] =>
      plant
        .rows("inspections")
        .toSorted((a, b) => String(a.id).localeCompare(String(b.id), "en", { numeric: true }))
        .map((row) => row.value);
    expect(order()).toEqual([49.6, 47.6, 49.9, 47.6, 51.3]);
    const { report } = await importFromTexts(mapping, { "flow.csv": "v\n49.6\n47.6\n49.9\n47.6\n51.3\n50.2\n" }, plant);
    expect([report.totals.inserted, report.totals.unchanged]).toEqual([1, 5]);
    expect(order()).toEqual([49.6, 47.6, 49.9, 47.6, 51.3, 50.2]);
  });

  it("keeps inspections of one day in the order of the file, and doubles none where exports overlap", async () => {
    const mapping = `  - file: "flow-*.csv"
    records: inspections
    columns: { characteristic: { constant: flow }, inspected_at: day, value: v }
`;
    const days = (from: number) =>
      [
        ["2024-01-01", 49.6, 47.6, 49.9],
        ["2024-01-02", 51.3, 47.8, 51.2, 47.8],
      ]
        .slice(from)
        .flatMap(([day, ...values]) => values.map((value) => `${day},${value}\n`))
        .join("");
    const { plant } = await importFromTexts(mapping, { "flow-1.csv": `day,v\n${days(0)}` });
    await importFromTexts(mapping, { "flow-1.csv": `day,v\n${days(1)}` }, plant);
    const order = plant
      .rows("inspections")
      .toSorted(
        (a, b) =>
          Number(a.inspected_at) - Number(b.inspected_at) ||
          String(a.id).localeCompare(String(b.id), "en", { numeric: true }),
      );
    expect(order.map((row) => row.value)).toEqual([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 47.8]);
  });

  it("keeps the rows of two entries over one file apart", async () => {
    const { plant, report } = await importFromTexts(
      `  - file: shafts.csv
    records: inspections
    columns: { characteristic: { constant: diameter }, inspected_at: at, value: d }
  - file: shafts.csv
    records: inspections
    columns: { characteristic: { constant: length }, inspected_at: at, value: l }
`,
      { "shafts.csv": "at,d,l\n2024-01-01 08:00,10.1,50.2\n2024-01-01 09:00,10.2,50.3\n" },
    );
    expect(report.totals.inserted).toBe(4);
    expect(plant.rows("inspections").map((row) => row.value)).toEqual([10.1, 10.2, 50.2, 50.3]);
  });

  it("says which rows of another file were replaced because both count from 1", async () => {
    const entry = (file: string) => `  - file: ${file}
    records: inspections
    columns: { id: no, characteristic: { constant: ${file} }, value: v }
`;
    const { plant, report } = await importFromTexts(entry("a.csv") + entry("b.csv"), {
      "a.csv": "no,v\n1,5\n2,6\n3,7\n",
      "b.csv": "no,v\n1,8\n2,9\n",
    });
    expect(plant.rows("inspections")).toHaveLength(3);
    expect(report.files.map((file) => file.notes)).toEqual([[], [{ kind: "same_ids", file: "a.csv", rows: 2 }]]);
    expect(summarizeImport(report, "en")).toContain("2 rows have ids that a.csv has, too");
    expect(summarizeImport(report, "ko")).toContain("2행의 id가 a.csv에도 있어");
  });
});
