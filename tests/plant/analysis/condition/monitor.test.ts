import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../../../src/plant/analysis/condition/eigen.ts";
import { alarms, jacksonMudholkar, observe, trainMonitor } from "../../../../src/plant/analysis/condition/monitor.ts";
import { randomNumbers } from "../random.ts";

const names = ["speed", "power", "heat", "flow"];

/** Power and heat follow the speed, the flow goes by itself. */
function plant(seed: number, count: number): number[][] {
  const { normal } = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const load = normal();
    return [1500 + 50 * load + 5 * normal(), 8 + load + 0.1 * normal(), 60 + 4 * load + 0.5 * normal(), 20 + normal()];
  });
}

describe("eigenvalues", () => {
  it("solves a matrix with known roots", () => {
    const { values, vectors } = symmetricEigen([
      [2, -1, 0],
      [-1, 2, -1],
      [0, -1, 2],
    ]);
    expect(values[0]).toBeCloseTo(2 + Math.SQRT2, 12);
    expect(values[1]).toBeCloseTo(2, 12);
    expect(values[2]).toBeCloseTo(2 - Math.SQRT2, 12);
    expect(Math.abs(vectors[1]?.[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(vectors[1]?.[1]).toBeCloseTo(0, 12);
  });
});

describe("several sensors at once", () => {
  const monitor = trainMonitor(names, plant(1, 2000), { alpha: 0.01 })!;

  it("has the limits of theory: F for T², Jackson and Mudholkar for Q", () => {
    expect(monitor.components).toHaveLength(2);
    // scipy 1.17.1: 2(n²−1)/(n(n−2))·f.ppf(.99, 2, 1998) with n = 2000
    expect(monitor.t2Limit).toBeCloseTo(9.240840383, 6);
    // One left-out root of 1: the square of a normal value; the approximation is within 2 % of chi-square's 6.635.
    expect((jacksonMudholkar([1], 0.01) ?? 0) / 6.6349).toBeCloseTo(1, 1);
    // Ten equal roots: ten times chi-square/10; 23.209 exactly.
    expect(
      (jacksonMudholkar(
        Array.from({ length: 10 }, () => 1),
        0.01,
      ) ?? 0) / 23.209,
    ).toBeCloseTo(1, 2);
    expect(jacksonMudholkar([], 0.01)).toBeNull();
  });

  it("is beyond either limit for about the share of new normal readings that it promises", () => {
    const fresh = plant(2, 4000).map((row) => observe(monitor, row)!);
    const share = (beyond: (one: (typeof fresh)[number]) => boolean) => fresh.filter(beyond).length / fresh.length;
    expect(share(({ t2 }) => t2 > monitor.t2Limit)).toBeGreaterThan(0.005);
    expect(share(({ t2 }) => t2 > monitor.t2Limit)).toBeLessThan(0.016);
    expect(share(({ q }) => q > (monitor.qLimit ?? 0))).toBeGreaterThan(0.005);
    expect(share(({ q }) => q > (monitor.qLimit ?? 0))).toBeLessThan(0.018);
  });

  it("sees a reading that breaks the pattern though each value is usual, and names the sensor", () => {
    const seen = observe(monitor, [1500 + 50, 8 + 1, 60 - 4, 20])!;
    expect(seen.q).toBeGreaterThan(monitor.qLimit ?? Infinity);
    expect(seen.beyond).toBe(true);
    expect(seen.contributions.toSorted((a, b) => b.q - a.q)[0]?.name).toBe("heat");
  });

  it("sees an extreme along the pattern by T², whose parts add up to it", () => {
    const seen = observe(monitor, [1500 + 50 * 5, 8 + 5, 60 + 20, 20])!;
    expect(seen.t2).toBeGreaterThan(monitor.t2Limit);
    expect(seen.contributions.reduce((sum, part) => sum + part.t2, 0)).toBeCloseTo(seen.t2, 9);
    expect(seen.contributions.reduce((sum, part) => sum + part.q, 0)).toBeCloseTo(seen.q, 9);
  });

  it("alarms by the median of the last readings, so that one wild reading is none", () => {
    const rows = plant(3, 40);
    rows[10] = [0, 0, 0, 0];
    expect(alarms(monitor, rows, 1)[10]).toBe(true);
    expect(alarms(monitor, rows, 5)[10]).toBe(false);
    const broken = rows.map((row, index) => (index >= 20 ? [row[0]! + 400, row[1]!, row[2]!, row[3]!] : row));
    expect(alarms(monitor, broken, 5).slice(23).every(Boolean)).toBe(true);
  });

  it("leaves a sensor out that never varied, and says so", () => {
    const rows = plant(4, 200).map((row) => [...row, 230]);
    const trained = trainMonitor([...names, "voltage"], rows)!;
    expect(trained.constant).toEqual(["voltage"]);
    expect(observe(trained, [1500, 8, 60, 20, 1e9])?.contributions.map((part) => part.name)).toEqual(names);
  });

  it("bears missing, constant, few and huge values", () => {
    expect(trainMonitor(names, [])).toBeNull();
    expect(trainMonitor(names, plant(5, 2))).toBeNull();
    expect(
      trainMonitor(
        ["a"],
        Array.from({ length: 50 }, () => [4]),
      ),
    ).toBeNull();
    expect(observe(monitor, [1500, NaN, 60, 20])).toBeNull();
    expect(alarms(monitor, [[NaN, 8, 60, 20]])).toEqual([false]);
    const holes = plant(6, 300).map((row, index) => (index % 3 ? row : [NaN, ...row.slice(1)]));
    expect(trainMonitor(names, holes)?.rows).toBe(200);
    const huge = trainMonitor(
      names,
      plant(7, 300).map((row) => row.map((value) => value * 1e150)),
    )!;
    expect(observe(huge, [1500e150, 8e150, 60e150, 20e150])?.beyond).toBe(false);
    const twins = trainMonitor(
      ["a", "b"],
      plant(8, 300).map(([a]) => [a!, a!]),
    )!;
    expect(twins.qLimit).toBeNull();
    expect(observe(twins, [1500, 1500])?.t2).toBeLessThan(1);
  });
});
