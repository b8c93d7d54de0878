import { describe, expect, it } from "vitest";
import type { EvidenceDraft } from "../../src/core/evidence.ts";
import type { Row } from "../../src/plant/records.ts";
import type { TagComparison } from "../../src/tools/sensors/compare-tag.ts";
import type { ControlCheck } from "../../src/tools/control/chart-series.ts";
import { hoursAgo, now, openPlant, plantRecords } from "./plant.ts";

/** Thirty days of a value a quarter hour apart; `shift` says what is added so many hours before now. */
function history(
  plant: ReturnType<typeof openPlant>,
  tagId: string,
  level: number,
  shift: (hours: number) => number,
): void {
  const count = 30 * 24 * 4;
  const times = Array.from({ length: count }, (_, index) => now.getTime() - (count - index) * 900_000);
  const values = times.map(
    (at, index) => level + 0.1 * Math.sin(index * 1.7) + shift((now.getTime() - at) / 3_600_000),
  );
  plant.sensors.append([{ tagId, times, values }]);
}

describe("compare_with_normal", () => {
  it("tells what is off first, which side, since when, and the rest in one sentence", async () => {
    const plant = openPlant();
    history(plant, "MILL-01.spindle_vibration", 1.5, (hours) =>
      hours < 72 ? 1.6 * (1 - hours / 72) + (hours < 6 ? 0.15 * (6 - hours) : 0) : 0,
    );
    history(plant, "MILL-01.coolant_level", 70, () => 0);
    const { evidence, output } = await plant.run("compare_with_normal", { equipment: "MILL-01" });
    expect(evidence).toHaveLength(2);
    const first = evidence[0]?.text.split("\n")[0] ?? "";
    expect(first).toMatch(
      /^MILL-01 밀링 1호기 · 주축 진동: 평소보다 높음 \(비정상\) — 최근 중앙값 3\.\d+ mm\/s, 평소 1\.\d+ mm\/s, \+\d+(\.\d)?σ, 2026-11-18 무렵부터, 이 추세면 약 \d+시간( \d+분)? 뒤 알람$/,
    );
    expect(evidence[0]).toMatchObject({
      kind: "chart",
      equipmentId: "MILL-01",
      source: { records: ["MILL-01.spindle_vibration"], sample: true },
    });
    expect(evidence[0]?.data).toMatchObject({
      found: true,
      verdict: "abnormal",
      direction: "high",
    } satisfies Partial<TagComparison> & { found: boolean });
    expect(((evidence[0] as EvidenceDraft).data as TagComparison).points.length).toBeGreaterThan(100);
    expect(evidence[1]?.text).toBe("MILL-01 밀링 1호기: 나머지 센서 1개는 평소와 같음 — 절삭유 레벨 69.987 %");
    expect(output).toMatchObject({ tags: [{ verdict: "abnormal" }, { verdict: "normal" }] });
  });

  it("says that all is as normal in one sentence", async () => {
    const plant = openPlant({ language: "en" });
    history(plant, "MILL-01.spindle_vibration", 1.5, () => 0);
    history(plant, "MILL-01.coolant_level", 70, () => 0);
    const { evidence } = await plant.run("compare_with_normal", { equipment: "MILL-01" });
    expect(evidence.map((one) => one.text)).toEqual([
      "MILL-01 Mill 1: all 2 sensors as normal — Coolant level 69.987 %, Spindle vibration 1.487 mm/s",
    ]);
  });

  it("calls a value beyond the alarm limit an alarm, and tells a sensor asked for by name though it is normal", async () => {
    const plant = openPlant();
    history(plant, "MILL-02.spindle_vibration", 1.5, (hours) => (hours < 1 ? 4 : 0));
    history(plant, "MILL-01.coolant_level", 70, () => 0);
    expect((await plant.run("compare_with_normal", { equipment: "MILL-02" })).evidence[0]?.text).toContain(
      "(알람 한계 초과)",
    );
    const { evidence } = await plant.run("compare_with_normal", { equipment: "MILL-01", tags: "절삭유" });
    expect(evidence).toMatchObject([{ kind: "chart", data: { verdict: "normal", direction: null } }]);
  });

  it("judges nothing where the newest reading is old, and says of when it is", async () => {
    const plant = openPlant();
    plant.sensors.append([{ tagId: "MILL-02.spindle_vibration", times: [hoursAgo(100).getTime()], values: [1.2] }]);
    const { evidence } = await plant.run("compare_with_normal", { equipment: "MILL-02" });
    expect(evidence[0]?.text).toContain(
      "판단할 수 없음 — 2026-11-21 04:00 ~ 2026-11-21 10:00에 측정값이 없습니다. 가장 최근 값은 2026-11-17 06:00의 1.2 mm/s",
    );
    expect(evidence[0]?.data).toMatchObject({ found: false });
  });

  it("judges a period of the past against what went before it", async () => {
    const plant = openPlant();
    history(plant, "MILL-02.spindle_vibration", 1.5, (hours) => (hours > 48 && hours < 72 ? 3 : 0));
    const { evidence } = await plant.run("compare_with_normal", {
      equipment: "MILL-02",
      from: "2026-11-18T12:00",
      to: "2026-11-19T09:00",
    });
    expect(evidence[0]?.data).toMatchObject({ verdict: "abnormal", direction: "high" });
  });
});

function measured(values: number[], row: (index: number) => Row): Row[] {
  return values.map((value, index) => ({
    source: "sample",
    id: `M${index + 1}`,
    equipment_id: "MILL-01",
    product: "하우징",
    characteristic: "내경",
    unit: "mm",
    lsl: 41.98,
    usl: 42.02,
    value,
    inspected_at: new Date(now.getTime() - (values.length - index) * 3_600_000),
    ...row(index),
  }));
}

function plantWith(inspections: Row[], language: "ko" | "en" = "ko") {
  const records = plantRecords();
  records.records.inspections = inspections;
  return openPlant({ records, language });
}

/** Deviations that repeat, so that the limits are known: range 4 in each subgroup of five. */
const pattern = [-2, -1, 0, 1, 2];

describe("check_control_limits", () => {
  it("charts subgroups by mean and range, with capability", async () => {
    const values = Array.from(
      { length: 125 },
      (_, index) => 42 + (pattern[index % 5] ?? 0) / 1000 + ((Math.floor(index / 5) * 7) % 5) / 2000,
    );
    const { evidence, output } = await plantWith(
      measured(values, (index) => ({ subgroup: `S${Math.floor(index / 5)}` })),
    ).run("check_control_limits", { equipment: "MILL-01", characteristic: "내경" });
    expect(evidence).toHaveLength(1);
    const data = evidence[0]?.data as ControlCheck;
    expect(data).toMatchObject({ chart: "xbar_r", name: "xbar", n: 25, total: 25, sizes: 5, inControl: true });
    expect(data.sd).toBeCloseTo(0.004 / 2.326, 6);
    expect(data.capability?.cp).toBeCloseTo(0.04 / (6 * (0.004 / 2.326)), 2);
    expect(data.points[0]).toMatchObject({ point: 1, name: "S0", use: "limits", rules: [] });
    expect(evidence[0]?.text.split("\n")[0]).toBe(
      "MILL-01 밀링 1호기 · 하우징 · 내경: 관리 상태 — X̄-R 관리도, 부분군 25개(n=5)",
    );
    expect(evidence[0]?.text).toContain("LSL 41.9800 mm, USL 42.0200 mm → Cp 3.88");
    expect(output).toMatchObject({ found: true, total: 1 });
  });

  it("charts single values, names the broken rules and the points", async () => {
    const values = Array.from({ length: 30 }, (_, index) =>
      index === 27 ? 42.05 : 42 + (index % 2 === 0 ? 0.001 : -0.001) * ((index % 3) + 1),
    );
    const { evidence } = await plantWith(
      measured(values, () => ({})),
      "en",
    ).run("check_control_limits", { product: "하우징" });
    const data = evidence[0]?.data as ControlCheck;
    expect(data).toMatchObject({ chart: "i_mr", inControl: false });
    expect(data.points[27]?.rules).toContain("nelson_1");
    expect(data.beyondLimits).toEqual([28]);
    expect(data.violations[0]).toMatchObject({ rule: "nelson_1", points: [{ point: 28, name: "M28", value: 42.05 }] });
    expect(evidence[0]?.text).toContain("Nelson 1: point 28 (M28, ");
    expect(evidence[0]?.text.split("\n")[0]).toContain(
      "not in control — I-MR chart, 30 values, Nelson 1 (one point beyond 3 sigma) at 1 point",
    );
    expect(evidence[0]?.text).toContain("Not stable, so capability means little: remove the causes first.");
  });

  it("leaves incomplete subgroups out and says so, and never mixes machines or products in one chart", async () => {
    const rows = [
      ...measured(
        Array.from({ length: 51 }, (_, index) => 42 + (pattern[index % 5] ?? 0) / 1000),
        (index) => ({ subgroup: `S${Math.floor(index / 5)}` }),
      ),
      ...measured([1, 2, 1, 2], (index) => ({ id: `B${index}`, product: "블록", subgroup: null })),
    ];
    const { evidence } = await plantWith(rows).run("check_control_limits", { equipment: "MILL-01" });
    expect(evidence.map((one) => (one.data as ControlCheck).product)).toEqual(["하우징", "블록"]);
    expect(evidence[0]?.text).toContain("값이 하나뿐인 부분군 1개는 뺐습니다.");
    expect(evidence[0]?.text).toContain("점이 10개뿐이라");
  });

  it("charts counts as shares of defective units, and as defects where the record says so", async () => {
    const counted = (id: string, unit: string | null, defects: number): Row => ({
      source: "sample",
      id,
      equipment_id: "MILL-01",
      product: unit ?? "하우징",
      characteristic: "외관",
      unit,
      subgroup: id,
      sample_size: 50,
      defects,
    });
    const counts = Array.from({ length: 24 }, (_, index) => (index === 20 ? 25 : 4 + (index % 3)));
    const rows = counts.flatMap((count, index) => [
      counted(`P${index + 1}`, null, count),
      counted(`U${index + 1}`, "결점", count),
    ]);
    const { evidence } = await plantWith(rows).run("check_control_limits", { equipment: "MILL-01" });
    const charts = evidence.map((one) => one.data as ControlCheck);
    expect(charts.map((one) => one.chart).toSorted()).toEqual(["p", "u"]);
    for (const one of charts) {
      expect(one.beyondLimits).toEqual([21]);
      expect(one.capability).toBeNull();
    }
    const text = evidence.find((one) => (one.data as ControlCheck).chart === "p")?.text ?? "";
    expect(text).toContain("p 관리도, 시료 24개(크기 50)");
    expect(text).toContain("한 개에 결점이 여럿일 수 있으면 u 관리도를 요청하세요.");
  });

  it("adds the kinds of defect of one sample up", async () => {
    const rows = Array.from({ length: 20 }, (_, index) =>
      ["A", "B"].map((code): Row => ({
        source: "sample",
        id: `${index}${code}`,
        equipment_id: "MILL-01",
        product: "하우징",
        characteristic: "외관",
        lot_id: `L${index}`,
        sample_size: 100,
        defects: code === "A" ? 3 : 4,
        defect_code: code,
        inspected_at: hoursAgo(100 - index),
      })),
    ).flat();
    const { output } = await plantWith(rows).run("check_control_limits", { chart: "np" });
    const [data] = (output as { charts: ControlCheck[] }).charts;
    expect(data).toMatchObject({ chart: "np", n: 20, sizes: 100, statistics: Array(20).fill(7) });
    expect(data?.center).toBeCloseTo(7, 12);
    // Points on the centre line are on neither side, whatever the last bits of the centre.
    expect(data?.violations).toEqual([]);
  });

  it("makes limits from phase I, judges the rest, and leaves points out with their reason", async () => {
    const values = [10, 12, 11, 30, 10, 12, 11, 10, 12, 11, 10, 12, 40, 11];
    const rows = measured(values, (index) => ({ lsl: null, usl: null, lot_id: index < 10 ? "phase I" : "phase II" }));
    const { evidence } = await plantWith(rows, "en").run("check_control_limits", {
      phase_one: "phase I",
      exclude: ["M4"],
      reason: "the chuck was loose",
      rules: "western_electric_1",
    });
    const data = evidence[0]?.data as ControlCheck;
    expect(data).toMatchObject({ n: 9, total: 14, beyondLimits: [13], violatingPoints: [13] });
    expect(data.phaseTwo.points).toEqual([11, 12, 13, 14]);
    expect(data.leftOut).toEqual({ points: [{ point: 4, name: "M4", value: 30 }], reason: "the chuck was loose" });
    expect(data.center).toBe(11);
    expect(evidence[0]?.text).toContain(
      "limits from phase I (phase I), 9 points; 4 points of phase II are judged by them",
    );
    expect(evidence[0]?.text).toContain("left out: point 4 (M4, 2026-11-20 23:00) = 30.0 mm — the chuck was loose");
    const first = await plantWith(rows).run("check_control_limits", { phase_one: 9, exclude: [4] });
    expect((first.output as { charts: ControlCheck[] }).charts[0]).toMatchObject({ n: 8, total: 14 });
  });

  it("takes all points that have no time or are few, else the newest", async () => {
    const many = Array.from({ length: 150 }, (_, index) => 42 + (index % 3) / 1000);
    const timed = await plantWith(measured(many, () => ({}))).run("check_control_limits", {});
    expect((timed.output as { charts: ControlCheck[] }).charts[0]).toMatchObject({ total: 50 });
    expect(timed.evidence[0]?.text).toContain("점이 더 있어 가장 최근 50점만 보았습니다.");
    const untimed = await plantWith(measured(many, () => ({ inspected_at: null }))).run("check_control_limits", {});
    expect((untimed.output as { charts: ControlCheck[] }).charts[0]).toMatchObject({ total: 150 });
    const few = await plantWith(measured(many.slice(0, 80), () => ({}))).run("check_control_limits", {});
    expect((few.output as { charts: ControlCheck[] }).charts[0]).toMatchObject({ total: 80 });
  });

  it("draws CUSUM and EWMA of single values with the parameters asked for", async () => {
    const values = [...Array(20).fill(0), ...Array(10).fill(2)].map((value, index) => 10 + value + (index % 2) / 2);
    const plant = plantWith(
      measured(values, () => ({ lsl: null, usl: null })),
      "en",
    );
    const known = { center: 10, sigma: 1 };
    const cusum = await plant.run("check_control_limits", { chart: "cusum", k: 1, h: 4, ...known });
    expect(cusum.evidence[0]?.data).toMatchObject({
      center: 10,
      sd: 1,
      lcl: -4,
      ucl: 4,
      settings: { k: 1, h: 4, rules: [] },
    });
    expect(cusum.evidence[0]?.text).toContain("CUSUM upper (the upper sum has passed the decision interval h)");
    const ewma = await plant.run("check_control_limits", { chart: "ewma", lambda: 0.3, L: 2.5, ...known });
    const [data] = (ewma.output as { charts: ControlCheck[] }).charts;
    expect([data?.ucl].flat()[0]).toBeCloseTo(10 + 2.5 * 0.3, 12);
    expect(data?.beyondLimits.length).toBeGreaterThan(5);
    const steady = await plant.run("check_control_limits", {
      chart: "ewma",
      lambda: 0.3,
      ewma_limits: "steady",
      ...known,
    });
    expect((steady.output as { charts: ControlCheck[] }).charts[0]?.ucl).toBeCloseTo(10 + 3 * Math.sqrt(0.3 / 1.7), 12);
  });

  it("refuses a chart that the records can't give, and a point that isn't there", async () => {
    const plant = plantWith(
      measured([1, 2, 3, 4], () => ({})),
      "en",
    );
    await expect(plant.run("check_control_limits", { chart: "xbar_r" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(plant.run("check_control_limits", { exclude: ["M9"] })).rejects.toMatchObject({ code: "not_found" });
    await expect(plant.run("check_control_limits", { rules: ["nelson_9"] })).rejects.toMatchObject({
      code: "invalid_input",
      fix: expect.stringContaining("western_electric_4"),
    });
    const named = await plant.run("check_control_limits", { rules: "Western Electric 1" });
    expect((named.output as { charts: ControlCheck[] }).charts[0]?.settings.rules).toEqual(["western_electric_1"]);
  });

  it("charts what it can of several series, and names those that it can't", async () => {
    const parts = Array.from({ length: 8 }, (_, index): Row => {
      const row = { id: `P${index}`, product: "A", characteristic: "rejects", sample_size: 50, defects: 2 };
      return index < 4 ? row : { ...row, product: "B", characteristic: "scratches", sample_size: 5, defects: 9 };
    });
    const { output, evidence } = await plantWith(parts, "en").run("check_control_limits", { chart: "p" });
    expect((output as { charts: ControlCheck[] }).charts.map((chart) => chart.product)).toEqual(["A"]);
    expect(evidence[1]?.text).toMatch(/^Not charted: scratches · B \(There are more defects than inspected units/);
    await expect(
      plantWith(parts, "en").run("check_control_limits", { chart: "p", product: "B" }),
    ).rejects.toMatchObject({ code: "invalid_input", fix: expect.stringContaining("u or c chart") });
  });

  it("says what fits where records, a phase or the specification can't be as asked", async () => {
    const values = plantWith(
      measured([1, 2, 3, 4], () => ({})),
      "en",
    );
    const wrongKind = await values.run("check_control_limits", { chart: "p" });
    expect(wrongKind.output).toMatchObject({ found: false, note: expect.stringContaining("ask for xbar_r") });
    await expect(values.run("check_control_limits", { phase_one: "phase I" })).rejects.toMatchObject({
      message: "“phase I” is neither a lot or phase label of these points nor a period.",
      fix: expect.stringContaining("first points"),
    });
    await expect(values.run("check_control_limits", { lsl: 6, usl: 5 })).rejects.toMatchObject({
      message: "The lower limit 6 is not below the upper limit 5.",
    });
  });

  it("says that there is nothing to chart and what there is", async () => {
    const { evidence, output } = await openPlant({ language: "en" }).run("check_control_limits", {
      equipment: "MILL-01",
      characteristic: "roundness",
      chart: "i_mr",
    });
    expect(output).toMatchObject({ found: false });
    expect(evidence[0]?.text).toContain(
      "There are no inspections to chart (MILL-01 Mill 1 · roundness); two points are the least.",
    );
    expect(evidence[0]?.text).toMatch(/On record: \d+ inspections from/);
  });
});
