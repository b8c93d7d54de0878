import { describe, expect, it } from "vitest";
import type { Row } from "../../../src/plant/records.ts";
import type { LotComparison } from "../../../src/tools/lots/compare-output.ts";
import type { TraceReport } from "../../../src/tools/lots/trace-output.ts";
import { failure } from "../plant.ts";
import { openLine, order, time } from "./line.ts";

const lot = (id: string, row: Row = {}): Row => ({
  source: "sample",
  id,
  material: "BR-1",
  quantity: 100,
  unit: "개",
  status: "released",
  ...row,
});
const link = (parent: string, child: string, quantity: number): Row => ({
  source: "sample",
  id: `${parent}>${child}`,
  parent_lot_id: parent,
  child_lot_id: child,
  quantity,
});

const genealogy = {
  lots: [
    lot("RM-1", { material: "환봉", supplier: "동해", unit: "kg", quantity: 500, status: "보류" }),
    lot("RM-2", { material: "환봉", supplier: "서해" }),
    lot("A", { job_order_id: "JO-A" }),
    lot("B", { job_order_id: "JO-B" }),
    lot("X", { material: "모듈", job_order_id: "JO-X" }),
  ],
  lot_links: [
    link("RM-1", "A", 40),
    link("RM-1", "B", 60),
    link("RM-2", "B", 10),
    link("A", "X", 5),
    link("B", "X", 7),
  ],
  job_orders: [
    order("JO-A", "2026-10-01T00:00", "2026-10-02T00:00", { lot_id: "A", customer: "한울" }),
    order("JO-B", "2026-10-02T00:00", "2026-10-03T00:00", { lot_id: "B", customer: "대성" }),
    order("JO-X", "2026-10-05T00:00", "2026-10-06T00:00", { lot_id: null, customer: "한울", equipment_id: "MILL-02" }),
  ],
  inspections: [
    {
      source: "sample",
      id: "I1",
      lot_id: "B",
      characteristic: "내경",
      value: 16.1,
      result: "fail",
      inspected_at: time("2026-10-03T00:00"),
    },
    {
      source: "sample",
      id: "I2",
      lot_id: "B",
      characteristic: "내경",
      value: 16.0,
      result: "pass",
      inspected_at: time("2026-10-03T00:00"),
    },
  ],
};

describe("trace_lots", () => {
  it("names every lot, order and customer that a lot went into, with quantities and what is wrong with them", async () => {
    const { output, evidence } = await openLine(genealogy).run("trace_lots", { lot: "rm-1", direction: "forward" });
    const [trace] = (output as TraceReport).traces;
    expect(trace?.lots.map(({ lotId, step }) => [lotId, step])).toEqual([
      ["A", 1],
      ["B", 1],
      ["X", 2],
    ]);
    expect(trace).toMatchObject({
      steps: 2,
      bad: 1,
      ends: ["X"],
      customers: [
        { customer: "한울", lots: 2 },
        { customer: "대성", lots: 1 },
      ],
    });
    const text = evidence[0]?.text ?? "";
    expect(text.split("\n")[0]).toBe("RM-1: 로트 3개에 들어감 (2단계)");
    expect(text).toContain("RM-1: 환봉 · 500 kg · 동해 · 보류, 이상");
    expect(text).toContain("닿은 고객 2곳 (로트 수): 한울 2, 대성 1");
    expect(text).toContain("이상이 있는 로트 1개: B (released, 검사 불합격 1/2건, 이상)");
    expect(text).toContain("2단계 X 모듈 (← A 5 + B 7)");
  });

  it("goes back to the raw lots and their suppliers, both ways unless told, and knows an order's lot", async () => {
    const { output, evidence } = await openLine(genealogy, "en").run("trace_lots", { lot: "JO-B" });
    const report = output as TraceReport;
    expect(report.traces.map(({ direction, lots }) => [direction, lots.map(({ lotId }) => lotId)])).toEqual([
      ["forward", ["X"]],
      ["back", ["RM-1", "RM-2"]],
    ]);
    expect(evidence[1]?.text).toContain("suppliers (lots): 동해 1, 서해 1");
    expect(evidence[1]?.text).toContain("B: made from 2 lots (1 step)");
  });

  it("says where a lot went nowhere, where none is known, and asks which of several is meant", async () => {
    const { run } = openLine(genealogy, "en");
    expect((await run("trace_lots", { lot: "X", direction: "forward" })).evidence[0]?.text).toContain(
      "not on record as having gone into any lot",
    );
    expect((await failure(run("trace_lots", { lot: "NOPE" }))).message).toContain("There is no lot “NOPE” on record");
    const several = await failure(run("trace_lots", { lot: "RM-" }));
    expect(several.message).toContain("RM-1, RM-2");
  });

  it("survives a ring in the records and says so", async () => {
    const ring = { ...genealogy, lot_links: [...genealogy.lot_links, link("X", "RM-1", 1)] };
    const { evidence } = await openLine(ring).run("trace_lots", { lot: "RM-1", direction: "forward" });
    expect(evidence[0]?.text).toContain("기록 오류: 자기 자신으로 돌아오는 연결 X → RM-1");
  });
});

/** Thirty orders of two hours; those of a bad material lot run with more vibration and are sorted. */
function madeLots() {
  const start = time("2026-11-10T00:00").getTime();
  const at = (hours: number): Date => new Date(start + hours * 3_600_000);
  const bad = (index: number): boolean => index % 5 === 2;
  const every = Array.from({ length: 30 }, (_, index) => index);
  const rows = {
    job_orders: every.map((index) => ({
      ...order(`P${index}`, "2026-11-10T00:00", "2026-11-10T01:00", {
        quantity_good: 100 + (index % 3),
        quantity_scrap: index % 4,
      }),
      started_at: at(index * 3),
      ended_at: at(index * 3 + 2),
    })),
    lots: [
      ...every.map((index) => lot(`LOT-P${index}`, { status: bad(index) ? "sorted" : "released" })),
      lot("RM-BAD", { material: "환봉", supplier: "동해" }),
      lot("RM-GOOD", { material: "환봉", supplier: "서해" }),
    ],
    lot_links: every.map((index) => link(bad(index) ? "RM-BAD" : "RM-GOOD", `LOT-P${index}`, 5)),
  };
  const times = Array.from({ length: 30 * 18 }, (_, index) => start + index * 600_000);
  const values = times.map((_, index) => 1.4 + 0.1 * Math.sin(index * 1.7) + (bad(Math.floor(index / 18)) ? 0.8 : 0));
  return { rows, readings: [{ tagId: "MILL-01.spindle_vibration", times, values }] };
}

describe("compare_lots", () => {
  it("finds the sensor, the material lot and its supplier that differ, and calls none of them a cause", async () => {
    const { rows, readings } = madeLots();
    const line = openLine(rows);
    line.sensors.append(readings);
    const { output, evidence } = await line.run("compare_lots", { equipment: "MILL-01", period: "이번 달" });
    const report = output as LotComparison;
    expect(report).toMatchObject({ found: true, bad: 6, good: 24, by: "auto", refusal: null, aligned: false });
    const sure = report.differences.filter(({ adjusted }) => adjusted <= 0.05);
    expect(sure.map(({ key }) => key).sort()).toEqual(["input:환봉", "mean:Spindle vibration|mm/s", "supplier"]);
    const text = evidence[0]?.text ?? "";
    expect(text).toContain("불량 로트 6개, 양품 로트 24개");
    expect(text).toContain("다르다는 것이지 원인이라는 뜻은 아님");
    expect(text).toMatch(/주축 진동 평균: 불량 로트가 높음 — 중앙값 2\.\d+ mm\/s 대 1\.\d+ mm\/s \(순위 효과 1, /);
    expect(text).toContain("투입 로트 (환봉) RM-BAD: 불량 로트 6/6, 양품 로트 0/24");
    expect(text).not.toMatch(/때문|caus/);
  });

  it("finds the order by the lot where the order doesn't name its lot, and does with the lots alone", async () => {
    const { rows, readings } = madeLots();
    const orders = rows.job_orders.map((row) => ({ ...row, lot_id: null }));
    const lots = rows.lots.map((row) => ({ ...row, job_order_id: String(row.id).replace("LOT-", "") }));
    const line = openLine({ ...rows, job_orders: orders, lots });
    line.sensors.append(readings);
    const found = (await line.run("compare_lots", { period: "이번 달" })).output as LotComparison;
    expect(found).toMatchObject({ bad: 6, good: 24, withoutSensors: 0 });
    const produced = rows.lots.map((row) => ({
      ...row,
      produced_at: time("2026-11-12T00:00"),
      material: row.material ?? "BR-1",
    }));
    const alone = await openLine({ lots: produced, lot_links: rows.lot_links }).run("compare_lots", {
      period: "이번 달",
      product: "BR-1",
    });
    expect(alone.output).toMatchObject({ bad: 6, good: 24, withoutSensors: 30 });
    const input = (alone.output as LotComparison).differences.find(({ key }) => key === "input:환봉");
    expect(input).toMatchObject({ value: "RM-BAD", bad: { n: 6, of: 6 } });
  });

  it("takes the lots that are named, and refuses two of them", async () => {
    const { rows } = madeLots();
    const { run } = openLine(rows, "en");
    const named = await run("compare_lots", {
      equipment: "MILL-01",
      period: "this month",
      bad_lots: ["LOT-P2", "lot-p7", "LOT-P12"],
    });
    expect(named.output).toMatchObject({ bad: 3, good: 27, by: "named" });
    const few = await run("compare_lots", { period: "this month", bad_lots: ["LOT-P2", "LOT-P7"] });
    expect(few.output).toMatchObject({ found: false, refusal: "few-bad" });
    expect(few.evidence[0]?.text).toContain("too few to compare");
  });

  it("goes by scrap where it is asked to, and says where there is nothing to compare", async () => {
    const { rows } = madeLots();
    const { run } = openLine(rows, "en");
    const { output, evidence } = await run("compare_lots", {
      period: "this month",
      bad_by: "scrap",
      scrap_percent: 2.5,
    });
    // Three scrap of 100 to 102 good: 2.9 %.
    expect(output).toMatchObject({ by: "scrap", scrapShare: 0.025, bad: 7 });
    expect(evidence[0]?.text).toContain("bad by a scrap share of 2.5% or more");
    expect((await openLine({}, "en").run("compare_lots", {})).evidence[0]?.text).toContain("nothing to compare");
  });
});
