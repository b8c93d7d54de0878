import { describe, expect, it } from "vitest";
import type { Row } from "../../src/plant/records.ts";
import type { DriftReport } from "../../src/tools/condition/drift-output.ts";
import { createMemorySensorStore } from "../../src/plant/sensors/memory-sensor-store.ts";
import { createToolRegistry, runTool } from "../../src/tools/registry.ts";
import { daysAgo, hoursAgo, now, openPlant, plantRecords, tags } from "./plant.ts";

const stop = (id: string, days: number, row: Row = {}): Row => ({
  source: "sample",
  id,
  equipment_id: "MILL-01",
  reason_code: "BRK",
  reason: "설비 고장",
  planned: false,
  started_at: daysAgo(days),
  ended_at: hoursAgo(days * 24 - 2),
  duration_minutes: 120,
  ...row,
});

/** Sixty days, every ten minutes; vibration rises for ten hours before each of the days given. */
function plantWith(days: number[], stops: Row[], language: "ko" | "en" = "ko") {
  const records = plantRecords();
  records.records.downtimes = stops;
  const plant = openPlant({ records, language });
  const times = Array.from({ length: 60 * 144 }, (_, index) => now.getTime() - (60 * 144 - index) * 600_000);
  const scatter = (index: number) => 0.1 * Math.sin(index * 1.7) + 0.05 * Math.sin(index * 4.1);
  const near = (at: number) =>
    days.some((day) => {
      const hours = (now.getTime() - day * 86_400_000 - at) / -3_600_000;
      return hours < 0 && hours > -10;
    });
  plant.sensors.append([
    { tagId: "MILL-01.spindle_vibration", times, values: times.map((at, i) => 1.5 + scatter(i) + (near(at) ? 1 : 0)) },
    { tagId: "MILL-01.coolant_level", times, values: times.map((_, i) => 70 + scatter(i)) },
  ]);
  return plant;
}

describe("find_drift", () => {
  const stops = [stop("D1", 1), stop("D2", 8), stop("D3", 20), stop("D4", 30, { planned: true, reason: "셋업" })];

  it("names the sensor that drifted before every stop, its side, since when, and what chance would do", async () => {
    const plant = plantWith([1, 8, 20], stops);
    const { evidence, output } = await plant.run("find_drift", { equipment: "MILL-01" });
    const report = output as DriftReport;
    expect(report.events.map(({ id }) => id)).toEqual(["D1", "D2", "D3"]);
    expect(report.tags[0]).toMatchObject({ tagId: "MILL-01.spindle_vibration", hits: 3, judged: 3, direction: "high" });
    expect(report.tags[0]?.chance).toBeLessThan(0.001);
    expect(Math.abs((report.tags[0]?.medianHoursBefore ?? 0) - 10)).toBeLessThan(1);
    expect(evidence[0]?.text.split("\n")[0]).toMatch(
      /^MILL-01 밀링 1호기 · 주축 진동: 최근 정지 3회 중 3회 전에 높아짐 \(\+\d+(\.\d)?σ, 보통 \d+시간( \d+분)? 전부터\)$/,
    );
    expect(evidence[0]?.text).toContain("우연일 확률 0.1 % 미만");
    expect(evidence[1]?.text).toContain("변화가 없던 센서 1개 — 절삭유 레벨");
    expect(evidence[0]?.data).toMatchObject({ found: true, lookbackHours: 24 });
  });

  it("names every sensor that drifted, however many", async () => {
    const many = Array.from({ length: 8 }, (_, index) => ({
      ...(tags.find(({ id }) => id === "MILL-01.spindle_vibration") as (typeof tags)[number]),
      ...{ id: `MILL-01.s${index}`, name: `Sensor ${index}`, nameKo: null },
    }));
    const sensors = createMemorySensorStore(many);
    const times = Array.from({ length: 60 * 24 }, (_, index) => now.getTime() - (60 * 24 - index) * 3_600_000);
    const values = times.map((at, i) => Math.sin(i * 1.7) + (daysAgo(1).getTime() - at < 10 * 3_600_000 ? 20 : 0));
    sensors.append(many.map(({ id }) => ({ tagId: id, times, values })));
    const records = { ...plantRecords() };
    records.records.downtimes = [stop("D1", 1)];
    const { context } = openPlant({ records, language: "en" });
    const { evidence } = await runTool(
      createToolRegistry(),
      "find_drift",
      { equipment: "MILL-01" },
      { ...context, sensors },
    );
    const said = evidence.map(({ text }) => text).join("\n");
    for (const { name } of many) expect(said).toContain(name);
    expect(said).toContain("3 more sensors drifted before the last stop");
  });

  it("says so where only one of the stops was announced", async () => {
    const { evidence } = await plantWith([8], stops, "en").run("find_drift", {
      equipment: "MILL-01",
      tags: "vibration",
    });
    expect(evidence[0]?.text.split("\n")[0]).toContain("went up before 1 of the last 3 stops");
    expect(evidence[0]?.text).toContain("as usual");
  });

  it("finds nothing where nothing drifted, and counts a stop booked in pieces once", async () => {
    const pieces = [stop("D1", 1), stop("D1b", 0.98), stop("D2", 8)];
    const { evidence, output } = await plantWith([], pieces, "en").run("find_drift", { equipment: "MILL-01" });
    expect(output).toMatchObject({ found: false, events: [{ id: "D1" }, { id: "D2" }] });
    expect(evidence.map(({ text }) => text)).toEqual([
      "MILL-01 Mill 1: 2 sensors were as usual before the last 2 stops — Coolant level, Spindle vibration",
    ]);
  });

  it("looks at alarms of a code, however the code is spelt", async () => {
    const { output } = await plantWith([], []).run("find_drift", { equipment: "MILL-01", code: " 2042 ", count: 2 });
    expect(output).toMatchObject({ events: [{ id: "E2", kind: "alarm", code: "2042" }, { id: "E1" }] });
  });

  it("says that there were no stops, no sensors, or too few readings", async () => {
    const quiet = await plantWith([], [], "en").run("find_drift", { equipment: "MILL-01" });
    expect(quiet.evidence[0]?.text).toBe("MILL-01 Mill 1: no unplanned stops like that are on record.");
    const blind = await openPlant({ language: "en" }).run("find_drift", { equipment: "HPR-01" });
    expect(blind.evidence[0]?.text).toContain("No sensors");
    const empty = await openPlant({ language: "en" }).run("find_drift", { equipment: "MILL-01" });
    expect(empty.evidence[0]?.text).toContain("too few readings to judge");
    expect(empty.output).toMatchObject({ found: false });
  });
});
