import { describe, expect, it } from "vitest";
import { createPlannedTime } from "../../../src/plant/site/planned-time.ts";
import type { OeeReport } from "../../../src/tools/oee/oee-output.ts";
import { openLine, order, stop } from "./line.ts";

// October: 744 h = 44,640 min of calendar, September 720 h = 43,200 min.
const october = [
  order("O1", "2026-10-01T00:00", "2026-10-16T00:00", { quantity_good: 18_000, quantity_scrap: 2_000 }),
  order("O2", "2026-10-16T00:00", "2026-11-01T00:00", {
    quantity_good: 10_000,
    quantity_scrap: 0,
    cycle_time_seconds: 90,
  }),
];
const september = order("S1", "2026-09-01T00:00", "2026-10-01T00:00", { quantity_good: 38_000, quantity_scrap: 2_000 });
const stops = [
  stop("D1", "2026-10-02T00:00", "2026-10-03T00:00"),
  stop("D2", "2026-10-02T12:00", "2026-10-03T12:00", { reason: "자재 대기", reason_code: "MAT" }),
  stop("D3", "2026-10-05T00:00", "2026-10-06T00:00", { reason: "청소", planned: true }),
  stop("D4", "2026-09-10T00:00", "2026-09-10T10:00"),
];

describe("oee", () => {
  it("tells OEE with its factors, the planned busy time it used, and losses that add up to it", async () => {
    const { run } = openLine({ job_orders: [...october, september], downtimes: stops });
    const { output, evidence } = await run("oee", { equipment: "MILL-01", period: "지난달" });
    const { total, basis, reasons } = output as OeeReport;
    expect(basis).toBe("calendar");
    // PBT 44,640 − 1,440; stops 36 h once; cycles 20,000 + 15,000 min; 28,000 of 30,000 good.
    expect(total).toMatchObject({
      plannedBusyMinutes: 43_200,
      delayMinutes: 2160,
      productionMinutes: 41_040,
      good: 28_000,
    });
    expect(total?.availability).toBeCloseTo(0.95, 9);
    expect(total?.performance).toBeCloseTo(35_000 / 41_040, 9);
    expect(total?.quality).toBeCloseTo(28 / 30, 9);
    const { availability, performance, quality, effective } = total?.losses ?? {};
    expect((availability ?? 0) + (performance ?? 0) + (quality ?? 0) + (effective ?? 0)).toBeCloseTo(43_200, 6);
    expect(reasons.map(({ reason, minutes }) => [reason, minutes])).toEqual([
      ["설비 고장", 1440],
      ["자재 대기", 720],
    ]);
    expect(evidence[0]?.text.split("\n")[0]).toBe(
      "MILL-01 밀링 1호기 (2026-10-01 ~ 2026-10-31): OEE 75.6% = 가용률 95% × 성능 85.3% × 양품률 93.3%",
    );
    expect(evidence[0]?.text).toContain("계획 가동시간(PBT) 43,200분 — 기준: 달력 시간 24시간");
    expect(evidence[0]?.text).toContain("계획 정지 1,440분 (청소 1,440분) 제외");
    expect(evidence[0]?.text).toContain("비계획 정지: 설비 고장 1,440분 1건 66.7% · 자재 대기 720분 1건 33.3%");
  });

  it("explains a fall against the month before by factor and stop reason", async () => {
    const { run } = openLine({ job_orders: [...october, september], downtimes: stops }, "en");
    const { output, evidence } = await run("oee", { equipment: "MILL-01", period: "last month" });
    const { change, total } = output as OeeReport;
    // September: availability 42,600/43,200, performance 40,000/42,600, quality .95.
    expect(change?.before.oee).toBeCloseTo((40_000 / 43_200) * 0.95, 9);
    const { factors } = change ?? {};
    expect(factors?.total).toBeCloseTo((total?.oee ?? 0) - (change?.before.oee ?? 0), 12);
    expect(factors?.main).toBe("performance");
    expect((factors?.availability ?? 0) + (factors?.performance ?? 0) + (factors?.quality ?? 0)).toBeCloseTo(
      factors?.total ?? 1,
      12,
    );
    expect(change?.reasons.map(({ reason }) => reason)).toEqual(["설비 고장", "자재 대기"]);
    const text = evidence[1]?.text ?? "";
    expect(text).toContain("OEE 88% (2026-09-01 – 2026-09-30) → 75.6% (2026-10-01 – 2026-10-31): −12.3 points");
    expect(text).toContain("performance −");
    expect(text).toContain("자재 대기 −1.7 points (0 min → 720 min)");
  });

  it("uses the site's planned time where there is one, and says so", async () => {
    const line = openLine({ job_orders: october, downtimes: [stop("D1", "2026-10-02T07:00", "2026-10-02T10:00")] });
    line.context.plannedTime = createPlannedTime({
      timeZone: "Asia/Seoul",
      holidays: [],
      shifts: [
        {
          machines: ["HALL"],
          days: [1, 2, 3, 4, 5],
          start: "08:00",
          end: "17:00",
          breaks: [{ start: "12:00", end: "13:00" }],
        },
      ],
    });
    const { output, evidence } = await line.run("oee", { equipment: "MILL-01", period: "2026년 10월", compare: false });
    const { total, basis } = output as OeeReport;
    expect(basis).toBe("planned_time");
    // 22 working days of 8 h; of the stop only 08:00–10:00 was planned time.
    expect(total).toMatchObject({ plannedBusyMinutes: 22 * 480, delayMinutes: 120 });
    expect(evidence[0]?.text).toContain("기준: 사이트 파일의 계획 시간");
    expect(evidence).toHaveLength(1);
  });

  it("knows no performance without a cycle time, says which machine, and doubts over 100 %", async () => {
    const rows = [
      order("A", "2026-10-01T00:00", "2026-11-01T00:00", { quantity_good: 100, cycle_time_seconds: null }),
      order("B", "2026-10-01T00:00", "2026-11-01T00:00", { quantity_good: 60_000, equipment_id: "MILL-02" }),
    ];
    const { run } = openLine({ job_orders: rows, downtimes: [] });
    const { output, evidence } = await run("oee", { period: "지난달", compare: false });
    const report = output as OeeReport;
    expect(evidence[0]?.source.sample).toBe(true);
    expect(report.rows.find(({ key }) => key === "MILL-01")).toMatchObject({ performance: null, oee: null });
    const text = evidence[0]?.text ?? "";
    expect(text).toContain("사이클 시간이 없는 오더가 있어 성능과 OEE를 계산하지 않은 설비: MILL-01");
    expect(text).toMatch(/의심: 성능이 100%를 넘습니다\(MILL-02 134\.4%\)/);
    expect(text).toContain("정지 기록이 전혀 없는 설비라 가용률 100%는 믿을 수 없음: MILL-01, MILL-02");
  });

  it("prorates an order over the edge and ends at now, and shows the course by week", async () => {
    const { run } = openLine(
      { job_orders: [order("R", "2026-10-31T22:00", null, { quantity_good: 29_220 })], downtimes: stops },
      "en",
    );
    const { output, evidence } = await run("oee", { equipment: "MILL-01", period: "this month", by: "week" });
    const report = output as OeeReport;
    expect(report.to).toBe("2026-11-21T01:00:00.000Z");
    expect(report.rows.map(({ label }) => label)).toEqual([
      "2026-11-01",
      "2026-11-02 – 2026-11-08",
      "2026-11-09 – 2026-11-15",
      "2026-11-16 00:00 – 2026-11-21 10:00",
    ]);
    // 492 h of running, 490 h within: 29,220 · 490/492 … by hour.
    expect(report.total?.good).toBeCloseTo((29_220 * 490) / 492, 6);
    expect(evidence[0]?.text).toContain("orders over an end of the period, prorated by running time: 1");
    expect(report.rows.reduce((sum, { good }) => sum + good, 0)).toBeCloseTo(report.total?.good ?? 0, 6);
  });

  it("takes the last 30 days on record where no period is asked for and the records are old", async () => {
    const old = order("X", "2020-03-01T00:00", "2020-04-10T00:00", { quantity_good: 30_000 });
    const { output } = await openLine({ job_orders: [old] }).run("oee", { equipment: "MILL-01" });
    expect((output as OeeReport).to).toMatch(/^2020-04-09T15:00/);
    expect((output as OeeReport).total?.plannedBusyMinutes).toBeCloseTo(30 * 1440, 3);
  });

  it("finds orders and stops that are booked on the line", async () => {
    const rows = {
      job_orders: [order("H", "2026-10-01T00:00", "2026-11-01T00:00", { equipment_id: "HALL", quantity_good: 30_000 })],
      downtimes: [stop("D", "2026-10-02T00:00", "2026-10-03T00:00", { equipment_id: "HALL" })],
    };
    const { output } = await openLine(rows).run("oee", { equipment: "HALL", period: "지난달", compare: false });
    expect((output as OeeReport).total).toMatchObject({ good: 30_000, delayMinutes: 1440 });
    expect((await openLine(rows).run("oee", { equipment: "MILL-01", period: "지난달" })).output).toMatchObject({
      found: false,
    });
  });

  it("counts a stop that has not ended until now, or as long as it says", async () => {
    const rows = { job_orders: [order("T", "2026-11-21T00:00", null, { quantity_good: 100 })] };
    const lasting = openLine({ ...rows, downtimes: [stop("L", "2026-11-21T08:00", null)] });
    const today = { equipment: "MILL-01", period: "오늘", compare: false };
    expect(((await lasting.run("oee", today)).output as OeeReport).total?.delayMinutes).toBe(120);
    const told = openLine({ ...rows, downtimes: [stop("L", "2026-11-21T08:00", null, { duration_minutes: 30 })] });
    expect(((await told.run("oee", today)).output as OeeReport).total?.delayMinutes).toBe(30);
  });

  it("says what is missing where no orders were run", async () => {
    const { output, evidence } = await openLine({}).run("oee", { equipment: "MILL-01", period: "지난달" });
    expect(output).toMatchObject({ found: false });
    expect(evidence[0]?.text).toContain("생산오더 실적이 없어 OEE를 계산할 수 없습니다");
    const some = await openLine({ job_orders: [september] }, "en").run("oee", {
      equipment: "MILL-01",
      period: "last month",
    });
    expect(some.evidence[0]?.text).toContain("job orders on record: 1");
  });
});

describe("list_downtime by a Pareto", () => {
  it("counts minutes within the period, overlaps of a machine once, the rest of the listing unchanged", async () => {
    const { run } = openLine({ downtimes: stops });
    const { output, evidence } = await run("list_downtime", { period: "지난달", planned: false, by: "reason" });
    expect(output).toMatchObject({
      total: 2,
      totalMinutes: 2880,
      pareto: {
        totalMinutes: 2160,
        stops: 2,
        bars: [
          { key: "설비 고장", minutes: 1440, count: 1 },
          { key: "자재 대기", minutes: 720, count: 1 },
        ],
      },
    });
    expect(evidence[0]?.text).toContain("설비 고장: 1,440분, 1건, 66.7%, 누적 66.7%");
    const plain = await run("list_downtime", { period: "지난달", planned: false });
    expect(plain.evidence).toHaveLength(1);
    expect(plain.evidence[0]?.text).toBe(evidence[1]?.text);
  });

  it("splits a stop at the change of shift", async () => {
    const { run } = openLine({ downtimes: [stop("D", "2026-10-02T18:00", "2026-10-02T23:00")] }, "en");
    const { output } = await run("list_downtime", { equipment: "MILL-01", period: "last month", by: "shift" });
    expect(output).toMatchObject({
      pareto: {
        bars: [
          { key: "night", minutes: 180 },
          { key: "day", minutes: 120 },
        ],
      },
    });
  });
});
