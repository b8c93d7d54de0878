import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { createEmbeddedPlantWriter } from "../../src/plant/embedded-plant-writer.ts";
import { importPlantData } from "../../src/plant/import/import-plant-data.ts";
import type { ImportReport } from "../../src/plant/import/report.ts";
import { createEmbeddedMesStore } from "../../src/plant/mes/embedded-mes-store.ts";
import type { Condition, Grouping, RecordSetName } from "../../src/plant/records.ts";
import { openTestDatabase } from "../support/database.ts";

const shared = path.join(import.meta.dirname, "../../../shared/data");
const mapping = (name: string): string => path.join(import.meta.dirname, "../acceptance", name);

let database: Database;
const importInto = (name: string, folder: string): Promise<ImportReport> => {
  const [writer, store] = [createEmbeddedPlantWriter(database), createEmbeddedMesStore(database)];
  return importPlantData({ mappingPath: mapping(name), dataFolder: folder, writer, store });
};
const counts = async (
  records: RecordSetName,
  where: Condition[],
  groupBy: Grouping[] = [],
  timeZone = "America/New_York",
) => {
  const { groups } = await createEmbeddedMesStore(database).aggregate({
    records,
    where,
    timeZone,
    measure: { kind: "count" },
    groupBy,
  });
  return Object.fromEntries(groups.map((group) => [group.key.join(), group.value]));
};
const between = (field: string, from: string, to: string): Condition[] => [
  { field, op: "gte", value: new Date(from) },
  { field, op: "lt", value: new Date(to) },
];
const of = (id: string): Condition => ({ field: "equipment_id", op: "eq", value: id });

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

describe("the example mapping in the embedded database", () => {
  it("fills every kind of record from its own small files, twice without doubling", async () => {
    const first = await importInto("example.yaml", path.join(import.meta.dirname, "example"));
    expect(first.files.flatMap((file) => file.problems)).toEqual([]);
    expect(first.unknownEquipment).toEqual([]);
    expect(await counts("work_orders", [], [{ field: "preventive" }], "Asia/Seoul")).toEqual({ true: 1, false: 2 });
    const again = await importInto("example.yaml", path.join(import.meta.dirname, "example"));
    expect(again.totals).toEqual({ ...first.totals, inserted: 0, unchanged: first.totals.inserted });
  });
});

// Acceptance on ../shared/data/assetops; passed over on a clone that has no such folder.
describe.skipIf(!existsSync(path.join(shared, "assetops")))("the chiller plant of ../shared/data/assetops", () => {
  let first: ImportReport;
  let telemetry: ImportReport;
  beforeAll(async () => {
    first = await importInto("assetops.yaml", path.join(shared, "assetops"));
    telemetry = await importInto("assetops-telemetry.yaml", path.join(shared, "assetops"));
  });

  it("comes in whole: nothing is left out and every machine is known", async () => {
    expect(first.totals).toMatchObject({ leftOut: 0, inserted: 11 + 67 + 143 + 34 + 16 + 4_249 + 6_256 });
    expect(first.unknownEquipment).toEqual([]);
    expect(first.files.flatMap((file) => [...file.notes, ...file.unusedColumns])).toEqual([]);
    expect(telemetry.totals).toMatchObject({ rowsRead: 2_896, readings: 28_775, leftOut: 0 });
  });

  it("gives 33 work orders of CWC04013 in 2017, 31 preventive, by primary code 28, 3, 1, 1", async () => {
    const where = [of("CWC04013"), ...between("finished_at", "2017-01-01T05:00:00Z", "2018-01-01T05:00:00Z")];
    expect(await counts("work_orders", where, [{ field: "preventive" }])).toEqual({ true: 31, false: 2 });
    expect(await counts("work_orders", where, [{ field: "primary_code" }])).toEqual({
      MT001: 28,
      MT010: 3,
      MT013: 1,
      MT002: 1,
    });
  });

  it("gives 3 work orders, 30 alerts and 30 anomalies of CWC04009 in June 2020, and 26 such days in May", async () => {
    const june = [of("CWC04009"), ...between("started_at", "2020-06-01T04:00:00Z", "2020-07-01T04:00:00Z")];
    expect(await counts("events", june, [{ field: "group" }])).toEqual({ WORK_ORDER: 3, ALERT: 30, ANOMALY: 30 });
    const may: Condition[] = [
      of("CWC04009"),
      { field: "group", op: "in", value: ["ALERT", "ANOMALY"] },
      ...between("started_at", "2020-05-01T04:00:00Z", "2020-06-01T04:00:00Z"),
    ];
    expect(Object.keys(await counts("events", may, [{ field: "started_at", bucket: "day" }]))).toHaveLength(26);
  });

  it("joins ends of alerts and figures of anomalies to the event log", async () => {
    const all = (field: string): Promise<Record<string, number | null>> =>
      counts(
        "events",
        [
          { field, op: "not_null" },
          { field: "group", op: "ne", value: "ALARM" },
        ],
        [{ field: "group" }],
      );
    expect(await all("ended_at")).toEqual({ ALERT: 1_466 });
    expect(await all("upper_bound")).toEqual({ ANOMALY: 541 });
  });

  it("keeps secondary codes under their primary code", async () => {
    const { rows } = await createEmbeddedMesStore(database).list({
      records: "failure_codes",
      where: [{ field: "description", op: "eq", value: "Routine Oil Analysis" }],
      timeZone: "UTC",
      limit: 9,
    });
    expect(rows).toMatchObject([{ id: "MT010b", parent_code: "MT010" }]);
  });

  it("changes nothing when it is imported again", async () => {
    const again = await importInto("assetops.yaml", path.join(shared, "assetops"));
    expect(again.totals).toMatchObject({ inserted: 0, updated: 0, unchanged: first.totals.inserted });
  });
});
