import { describe, expect, it } from "vitest";
import type { EnergyReport } from "../../../src/tools/energy/energy-output.ts";
import { openLine, order, powerTag, time } from "./line.ts";

const day = 86_400_000;
const first = time("2026-10-10T00:00").getTime();
/** Parts of each day; energy is 200 kWh and half a kWh a part, on 2026-11-15 100 kWh more. */
const parts = (index: number): number => 300 + ((index * 37) % 100);
const used = (index: number): number => 200 + 0.5 * parts(index) + ((index * 13) % 5) - 2 + (index === 36 ? 100 : 0);
const days = Array.from({ length: 42 }, (_, index) => index);
const orders = days.map((index) => ({
  ...order(`D${index}`, "2026-10-10T00:00", "2026-10-11T00:00", { quantity_good: parts(index) }),
  started_at: new Date(first + index * day),
  ended_at: new Date(first + (index + 1) * day),
}));

/** The counter every ten minutes, even over the day; it is reset to 0 on 2026-11-12 at noon. */
function counter() {
  const times: number[] = [];
  const values: number[] = [];
  let total = 5000;
  for (const index of days)
    for (let step = 0; step < 144; step++) {
      if (index === 33 && step === 72) total = 0;
      total += used(index) / 144;
      times.push(first + index * day + step * 600_000 + 599_000);
      values.push(total);
    }
  return [{ tagId: powerTag.id, times, values }];
}

describe("energy_per_part", () => {
  it("compares the days with the regression of the days before, over a reset of the counter", async () => {
    const line = openLine({ job_orders: orders }, "ko", [powerTag]);
    line.sensors.append(counter());
    const { output, evidence } = await line.run("energy_per_part", {
      equipment: "MILL-01",
      from: "2026-11-09",
      to: "2026-11-18",
    });
    const report = output as EnergyReport;
    expect(report.resets).toBe(1);
    expect(report.baseline?.n).toBe(30);
    expect(report.baseline?.perPart).toBeCloseTo(0.5, 1);
    expect(report.baselineFrom).toMatchObject({ kind: "before" });
    for (const [at, row] of report.rows.entries()) expect(row.kWh).toBeCloseTo(used(30 + at), 0);
    expect(report.rows.filter(({ verdict }) => verdict === "above").map(({ key }) => key)).toEqual(["2026-11-15"]);
    const text = evidence[0]?.text ?? "";
    expect(text).toMatch(/10일 중 1일이 기준선 범위를 넘음: 2026-11-15 \d+(\.\d)? kWh \(기준선 /);
    expect(text).toMatch(/기저 부하 \d+(\.\d)? kWh\/일 \(95 % /);
    expect(text).toContain("계량기가 1번 초기화되거나 교체됨");
  });

  it("judges no day that is not over", async () => {
    const line = openLine({ job_orders: orders }, "en", [powerTag]);
    line.sensors.append(counter());
    const half = { equipment: "MILL-01", from: "2026-11-13", to: "2026-11-16T12:00" };
    const { rows } = (await line.run("energy_per_part", half)).output as EnergyReport;
    expect(rows.map(({ verdict }) => verdict === "unknown")).toEqual([false, false, false, true]);
  });

  it("gives each order its energy", async () => {
    const line = openLine({ job_orders: orders }, "en", [powerTag]);
    line.sensors.append(counter());
    const { output } = await line.run("energy_per_part", {
      equipment: "MILL-01",
      from: "2026-11-13",
      to: "2026-11-16",
      by: "order",
    });
    const { rows } = output as EnergyReport;
    expect(rows.map(({ key }) => key)).toEqual(["D34", "D35", "D36", "D37"]);
    expect(rows[2]?.kWh).toBeCloseTo(used(36), 0);
  });

  it("makes no baseline of too few days, and no energy per part without parts", async () => {
    const line = openLine({}, "en", [powerTag]);
    line.sensors.append(counter());
    const { output, evidence } = await line.run("energy_per_part", {
      equipment: "MILL-01",
      from: "2026-11-13",
      to: "2026-11-16",
    });
    expect(output).toMatchObject({ found: true, parts: 0, perPart: null, baseline: null });
    expect(evidence[0]?.text).toContain("no good parts on record");
    expect(evidence[0]?.text).toContain("no baseline");
  });

  it("says which sensors there are where none meters energy, and where the meter was silent", async () => {
    const none = await openLine({ job_orders: orders }, "en").run("energy_per_part", { equipment: "MILL-01" });
    expect(none.output).toMatchObject({ found: false });
    expect(none.evidence[0]?.text).toContain(
      "no energy meter. It takes a tag in kWh (counter) or kW (power). Its sensors: Coolant level (%)",
    );
    const silent = await openLine({ job_orders: orders }, "en", [powerTag]).run("energy_per_part", {
      equipment: "MILL-01",
    });
    expect(silent.evidence[0]?.text).toContain("no readings in this period");
  });
});
