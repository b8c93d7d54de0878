import { describe, expect, it } from "vitest";
import type { EvidenceDraft } from "../../src/core/evidence.ts";
import type { Row } from "../../src/plant/records.ts";
import type { TagComparison } from "../../src/tools/sensors/compare-tag.ts";
import type { ControlCheck } from "../../src/tools/check-control-limits.ts";
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
    expect(data.chart).toMatchObject({ kind: "xbar_r", subgroupSize: 5, inControl: true });
    expect(data.chart.sigmaWithin).toBeCloseTo(0.004 / 2.326, 6);
    expect(data.capability?.cp).toBeCloseTo(0.04 / (6 * (0.004 / 2.326)), 2);
    expect(data.points[0]).toMatchObject({ label: "S0", rules: [] });
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
    expect(data.chart).toMatchObject({ kind: "i_mr", inControl: false });
    expect(data.points[27]?.rules).toContain("nelson_1");
    expect(evidence[0]?.text.split("\n")[0]).toContain(
      "not in control — I-MR chart, 30 values, Nelson 1 (one point beyond 3 sigma) at 1 points",
    );
    expect(evidence[0]?.text).toContain("Not in control: the capability indices foretell nothing.");
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
    expect(evidence[0]?.text).toContain("크기가 다른 부분군의 값 1개는 뺐습니다.");
    expect(evidence[0]?.text).toContain("점이 10개뿐이라");
  });

  it("says that there is nothing to chart and what there is", async () => {
    const { evidence, output } = await openPlant({ language: "en" }).run("check_control_limits", {
      equipment: "MILL-01",
    });
    expect(output).toMatchObject({ found: false });
    expect(evidence[0]?.text).toContain(
      "There are 2 defect counts; attribute charts (p, np, c, u) are not computed yet.",
    );
  });
});
