import { describe, expect, it } from "vitest";
import type { AffectedOrders } from "../../src/tools/orders/affected.ts";
import { daysAgo, failure, openPlant, plantRecords } from "./plant.ts";

const first = (text: string | undefined): string => text?.split("\n")[0] ?? "";

describe("list_alarms", () => {
  it("tells alarms newest first with the count by code, and leaves work orders out", async () => {
    const { output, evidence } = await openPlant().run("list_alarms", { equipment: "MILL-01" });
    expect(output).toMatchObject({ found: true, total: 2, breakdown: [{ key: "2042", value: 2 }] });
    expect(first(evidence[0]?.text)).toBe("알람 (MILL-01 밀링 1호기): 2건 — 2042 주축 진동 높음 2건");
    expect(evidence[0]).toMatchObject({
      kind: "event",
      equipmentId: "MILL-01",
      source: { records: ["E2", "E1"], sample: true },
    });
  });

  it("says what is on record where a period holds none", async () => {
    const { output, evidence } = await openPlant({ language: "en" }).run("list_alarms", {
      equipment: "MILL-02",
      period: "yesterday",
    });
    expect(output).toMatchObject({ found: false, total: 0 });
    expect(evidence[0]?.text).toContain("On record: 1 from 2026-11-18 to 2026-11-18.");
  });

  it("reads a code however it is spelt, and what is still active", async () => {
    const records = plantRecords();
    records.records.events?.push({
      source: "sample",
      id: "E9",
      equipment_id: "MILL-02",
      group: "alarm",
      code: "AL-05",
      started_at: daysAgo(1),
      ended_at: null,
    });
    const plant = openPlant({ records });
    expect((await plant.run("list_alarms", { code: "al 5" })).output).toMatchObject({ total: 1 });
    expect((await plant.run("list_alarms", { active: true })).output).toMatchObject({ total: 2 });
  });

  it("refuses words that name no period", async () => {
    const error = await failure(openPlant().run("list_alarms", { period: "때때로" }));
    expect(error).toMatchObject({ code: "invalid_input", details: [{ path: "period" }] });
  });
});

describe("work orders", () => {
  it("are listed with what was cut off", async () => {
    const { output, evidence } = await openPlant().run("list_work_orders", { limit: 2 });
    expect(output).toMatchObject({ total: 5, shown: 2 });
    expect(evidence[0]?.text).toContain("5건 중 2건만 표시했습니다.");
  });

  it("are found by a person's name where the record has the id", async () => {
    expect((await openPlant().run("count_work_orders", { technician: "김선배" })).output).toMatchObject({ value: 3 });
  });

  it("are counted by a field with its words, and by month", async () => {
    const byCode = await openPlant().run("count_work_orders", {
      group_by: "alarm_code",
      preventive: false,
      open: false,
    });
    expect(byCode.output).toMatchObject({
      total: 3,
      groups: [
        { key: ["2042"], value: 2 },
        { key: [null], value: 1 },
      ],
    });
    const byMonth = await openPlant({ language: "en" }).run("count_work_orders", {
      equipment: "MILL-01",
      group_by: "month",
      from: "2026-10-01",
      to: "2026-11-30",
    });
    expect(byMonth.output).toMatchObject({
      groups: [
        { key: ["2026-10"], value: 1 },
        { key: ["2026-11"], value: 1 },
      ],
    });
  });

  it("by day over a whole year are all there, and the text says how many it tells", async () => {
    const records = plantRecords();
    records.records.work_orders = Array.from({ length: 300 }, (_, index) => ({
      ...{ source: "sample", id: `W${index}`, equipment_id: "MILL-01", preventive: false },
      finished_at: daysAgo(index + 1),
    }));
    const { output, evidence } = await openPlant({ records, language: "en" }).run("count_work_orders", {
      group_by: "day",
    });
    expect((output as { groups: unknown[] }).groups).toHaveLength(300);
    expect(evidence[0]?.text).toContain("these are 200 of 300");
    expect(evidence[0]?.table).toMatchObject({ total: 300 });
  });

  it("that are open are counted by when they were opened", async () => {
    expect((await openPlant().run("count_work_orders", { open: true, period: "오늘" })).output).toMatchObject({
      value: 1,
    });
  });

  it("have a total duration", async () => {
    const { evidence } = await openPlant().run("count_work_orders", { alarm_code: "2042", measure: "total_duration" });
    expect(first(evidence[0]?.text)).toContain("11시간");
  });
});

describe("list_downtime", () => {
  it("adds up the time by reason", async () => {
    const { output, evidence } = await openPlant().run("list_downtime", { equipment: "MILL-01", period: "오늘" });
    expect(output).toMatchObject({
      total: 2,
      totalMinutes: 150,
      breakdown: [
        { key: "BRK", value: 120 },
        { key: "SET", value: 30 },
      ],
    });
    expect(evidence[0]?.text).toContain("합계 2시간 30분");
  });

  it("tells a stop that began before the period and still goes on", async () => {
    const { output, evidence } = await openPlant().run("list_downtime", { equipment: "HPR-01", period: "오늘" });
    expect(output).toMatchObject({ total: 0, carriedIn: [{ id: "D3" }] });
    expect(evidence[0]?.text).toContain("기간 전부터 이어짐: HPR-01 설비 고장, 2026-11-19 10:00부터 계속 중");
  });
});

describe("list_job_orders", () => {
  it("tells running, coming and late orders by their times", async () => {
    const plant = openPlant();
    expect((await plant.run("list_job_orders", { state: "running" })).output).toMatchObject({ total: 2 });
    expect((await plant.run("list_job_orders", { state: "coming" })).output).toMatchObject({
      total: 1,
      rows: [{ id: "JO-2" }],
    });
    expect((await plant.run("list_job_orders", { state: "late" })).output).toMatchObject({ total: 0 });
  });
});

describe("affected_orders", () => {
  it("computes the delay of each order, what misses its due time, and who could take it", async () => {
    const { output, evidence } = await openPlant().run("affected_orders", { equipment: "MILL-01", hours: 4 });
    const { orders, outage } = output as AffectedOrders;
    expect(outage).toMatchObject({ minutes: 240, until: "2026-11-21T05:00:00.000Z" });
    // JO-1 has 50 pieces of 144 s left: two hours. JO-2 waits until 13:00, so that an hour of the delay is absorbed.
    expect(orders.map((order) => [order.id, order.delayMinutes, order.lateMinutes])).toEqual([
      ["JO-1", 240, 60],
      ["JO-2", 180, 120],
    ]);
    expect(orders[0]?.toleranceMinutes).toBe(180);
    expect(orders[0]?.alternatives).toMatchObject([
      { equipmentId: "MILL-02", start: "2026-11-21T02:00:00.000Z", meetsDue: true, down: false },
    ]);
    expect(first(evidence[0]?.text)).toBe(
      "MILL-01 밀링 1호기가 2026-11-21 14:00까지(4시간) 서면 오더 2건 중 2건이 밀리고, 그 때문에 2건이 납기를 넘깁니다.",
    );
    expect(evidence[0]).toMatchObject({ kind: "job-order", source: { records: ["JO-1", "JO-2"] } });
  });

  it("says that nothing is delayed where slack absorbs it or there are no orders", async () => {
    const plant = openPlant({ language: "en" });
    expect((await plant.run("affected_orders", { equipment: "HPR-01", minutes: 30 })).evidence[0]?.text).toContain(
      "There are no job orders of this machine on record.",
    );
    expect(
      ((await plant.run("affected_orders", { equipment: "MILL-01", minutes: 30 })).output as AffectedOrders).orders.map(
        (one) => one.id,
      ),
    ).toEqual(["JO-1"]);
  });

  it("tells each order's slack where no outage is given", async () => {
    const { output, evidence } = await openPlant().run("affected_orders", { equipment: "MILL-01" });
    expect(output).toMatchObject({
      outage: null,
      total: 2,
      orders: [{ id: "JO-1", toleranceMinutes: 180 }, { id: "JO-2" }],
    });
    expect(evidence[0]?.text).toContain("3시간까지 서도 됨");
  });

  it("takes an end in words or as a time, but none in the past", async () => {
    const plant = openPlant();
    expect(
      (await plant.run("affected_orders", { equipment: "MILL-01", until: "2026-11-21T12:00" })).output,
    ).toMatchObject({ outage: { minutes: 120 } });
    expect((await plant.run("affected_orders", { equipment: "MILL-01", until: "오늘" })).output).toMatchObject({
      outage: { minutes: 840 },
    });
    expect((await failure(plant.run("affected_orders", { equipment: "MILL-01", until: "2020-01-01" }))).code).toBe(
      "invalid_input",
    );
  });
});

describe("defect_pareto", () => {
  it("weighs defects with share, cumulative share and ppm", async () => {
    const { output, evidence } = await openPlant().run("defect_pareto", {});
    expect(output).toMatchObject({
      found: true,
      totalDefects: 10,
      inspected: 250,
      bars: [
        { key: "NG-1", defects: 7, share: 0.7 },
        { key: "NG-2", cumulative: 1 },
      ],
    });
    expect(first(evidence[0]?.text)).toBe("불량 10개, 검사 250개 중 40,000 ppm — NG-1 버 잔류 70%, NG-2 찍힘 30%");
  });

  it("says that there are none, and what is on record", async () => {
    const { evidence } = await openPlant({ language: "en" }).run("defect_pareto", {
      equipment: "MILL-02",
      period: "yesterday",
    });
    expect(evidence[0]?.text).toContain("No defects are on record");
    expect(evidence[0]?.text).toContain("On record: 1 inspections from 2026-11-17");
  });
});

describe("list_inspections", () => {
  it("tells how many passed and failed", async () => {
    const { output } = await openPlant().run("list_inspections", { failed: true });
    expect(output).toMatchObject({ total: 2, breakdown: [{ key: "fail", value: 2 }] });
  });
});
