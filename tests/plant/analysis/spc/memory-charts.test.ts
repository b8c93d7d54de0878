import { describe, expect, test } from "vitest";
import type { ChartOptions, PointUse } from "../../../../src/plant/analysis/spc/control-chart.ts";
import { cusumChart } from "../../../../src/plant/analysis/spc/cusum-chart.ts";
import { ewmaChart } from "../../../../src/plant/analysis/spc/ewma-chart.ts";
import { pistonRings, viscosity } from "./published-data.ts";

// Montgomery, Introduction to Statistical Quality Control, table 9.1: 20 values about 10 with sigma 1, ten about 11.
const montgomery = [
  9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37, 10.62, 10.31,
  8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
];

const near = (value: number | null | undefined, published: number, relative = 1e-4) =>
  expect(Math.abs((value ?? Number.NaN) - published)).toBeLessThanOrEqual(relative * Math.abs(published));
const singles = (values: number[]) => values.map((value) => [value]);

function options(total: number, first = total, rest: Partial<ChartOptions> = {}): ChartOptions {
  const use = Array.from({ length: total }, (_, index): PointUse => (index < first ? "limits" : "judged"));
  return { use, rules: [], width: 3, constants: "table", ...rest };
}

describe("an EWMA chart", () => {
  test("of Montgomery's example, lambda 0.1 and limits of 2.7 sigma", () => {
    const known = options(30, 30, { center: 10, sigma: 1, width: 2.7 });
    const { main } = ewmaChart(singles(montgomery), { ...known, lambda: 0.1 });
    // Montgomery, table 9.10 and example 9.2.
    for (const [index, value] of [9.945, 9.7495, 9.70355, 9.8992, 10.1253].entries())
      near(main.points[index], value, 1e-4);
    expect([main.ucl[0], main.lcl[0], main.ucl[1], main.lcl[1]].map((one) => one?.toFixed(2))).toEqual([
      "10.27",
      "9.73",
      "10.36",
      "9.64",
    ]);
    expect([main.ucl[29], main.lcl[29]].map((one) => one?.toFixed(2))).toEqual(["10.62", "9.38"]);
    expect(main.beyond.map((index) => index + 1)).toEqual([29, 30]);
  });

  test("of the piston rings (qcc 3.0, vignette)", () => {
    const { main, center, sigma } = ewmaChart(pistonRings, { ...options(40, 25, { width: 2.7 }), lambda: 0.2 });
    near(center, 74.00118);
    near(sigma[0], 0.009785039);
    const limits: [number, number, number][] = [
      [0, 73.99881, 74.00354],
      [1, 73.99815, 74.0042],
      [39, 73.99724, 74.00511],
    ];
    for (const [index, lcl, ucl] of limits) {
      near(main.lcl[index], lcl, 1e-7);
      near(main.ucl[index], ucl, 1e-7);
    }
  });

  test("of viscosity (qcc 3.0, vignette)", () => {
    const { main } = ewmaChart(singles(viscosity), { ...options(viscosity.length, 20, { width: 2.7 }), lambda: 0.2 });
    near(main.lcl[0], 33.81387, 1e-6);
    near(main.ucl[1], 34.43906, 1e-6);
    near(main.ucl.at(-1), 34.54489, 1e-6);
  });

  test("of NIST's e-Handbook, 6.3.2.4, lambda 0.3", () => {
    const values = [
      52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1,
    ];
    const published = [
      50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38, 49.92,
      50.73, 51.23, 51.94, 51.99,
    ];
    const { main } = ewmaChart(singles(values), { ...options(20, 20, { center: 50, sigma: 2.0539 }), lambda: 0.3 });
    for (const [index, value] of published.entries())
      expect(Math.abs((main.points[index] ?? 0) - value)).toBeLessThan(0.0051);
    near(main.ucl[19], 52.5884, 1e-6);
    near(main.lcl[19], 47.4115, 1e-5);
    const known = options(20, 20, { center: 50, sigma: 2.0539 });
    const steady = ewmaChart(singles(values), { ...known, lambda: 0.3, steady: true }).main;
    near(steady.ucl[0], 52.5884);
    near(steady.lcl[0], 47.4115);
  });

  test("of qcc's tests: explicit parameters, and lambda 1 is Shewhart's chart", () => {
    const { main } = ewmaChart(singles([11, 13, 12]), {
      ...options(3, 3, { center: 10, sigma: 2, width: 2 }),
      lambda: 0.5,
    });
    expect(main.points).toEqual([10.5, 11.75, 11.875]);
    expect(main.ucl).toEqual([1, Math.sqrt(1.25), Math.sqrt(1.3125)].map((error) => 10 + 2 * error));
    const shewhart = ewmaChart(singles([0, 0, 0, 5]), {
      ...options(4, 2, { center: 0, sigma: 1, width: 2 }),
      lambda: 1,
    });
    expect(shewhart.main.points).toEqual([0, 0, 0, 5]);
    expect(shewhart.violations).toEqual([{ rule: "ewma_limits", indexes: [3] }]);
  });

  test("refuses a lambda outside of 0 to 1", () => {
    for (const lambda of [0, -0.1, 1.2, Number.NaN])
      expect(() => ewmaChart(singles([1, 2, 3]), { ...options(3), lambda })).toThrow(
        expect.objectContaining({ code: "invalid_input" }),
      );
  });
});

describe("a CUSUM chart", () => {
  test("of Montgomery's example signals at period 29, with k 0.5 and h 5", () => {
    const known = options(30, 30, { center: 10, sigma: 1 });
    const { main, violations } = cusumChart(singles(montgomery), { ...known, k: 0.5, h: 5, headStart: 0 });
    // Montgomery, table 9.2, periods 1 to 29.
    const upper = [
      0, 0, 0, 1.16, 2.82, 2.5, 0.04, 1, 0, 0, 0, 0.97, 0.98, 0, 0, 0, 0.12, 0, 0, 0.34, 0.74, 0, 1.79, 2.79, 2.89,
      3.47, 3.35, 4.47, 5.28,
    ];
    expect(main.points.slice(0, 29).map((one) => Number(one?.toFixed(2)))).toEqual(upper);
    expect(main.lower?.slice(0, 4).map((one) => one?.toFixed(2))).toEqual(["-0.05", "-1.56", "-1.77", "0.00"]);
    expect(violations).toEqual([{ rule: "cusum_upper", indexes: [28, 29] }]);
  });

  test("of NIST's e-Handbook, 6.3.2.3, in the values' own unit", () => {
    const values = [
      324.925, 324.675, 324.725, 324.35, 325.35, 325.225, 324.125, 324.525, 325.225, 324.6, 324.625, 325.15, 328.325,
      327.25, 327.825, 328.5, 326.675, 327.775, 326.875, 328.35,
    ];
    const known = options(20, 20, { center: 325, sigma: 1 });
    const { main, violations } = cusumChart(singles(values), { ...known, k: 0.3175, h: 4.1959, headStart: 0 });
    for (const [index, value] of [3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16, 19.04].entries())
      expect(Math.abs((main.points[index + 12] ?? 0) - value)).toBeLessThan(0.0051);
    expect(violations).toEqual([{ rule: "cusum_upper", indexes: [13, 14, 15, 16, 17, 18, 19] }]);
  });

  test("of qcc's tests: the boundary itself is no signal", () => {
    const known = options(6, 6, { center: 0, sigma: 1 });
    const chart = cusumChart(singles([1.5, 0.5, 0.6, -1.5, -0.5, -0.8]), { ...known, k: 0.5, h: 1, headStart: 0 });
    for (const [index, value] of [1, 1, 1.1, 0, 0, 0].entries())
      expect(chart.main.points[index]).toBeCloseTo(value, 12);
    for (const [index, value] of [0, 0, 0, -1, -1, -1.3].entries())
      expect(chart.main.lower?.[index]).toBeCloseTo(value, 12);
    expect(chart.violations).toEqual([
      { rule: "cusum_upper", indexes: [2] },
      { rule: "cusum_lower", indexes: [5] },
    ]);
  });

  test("of qcc's tests: phase II goes on, with subgroups of other sizes", () => {
    const groups = [
      [10, 10, 10],
      [10, 10, 10],
      [14, 14],
      [16, 16, 16],
    ];
    const known = options(4, 2, { center: 10, sigma: 2 });
    const chart = cusumChart(groups, { ...known, k: 0.5, h: 10, headStart: 0 });
    expect(chart.main.points[2]).toBeCloseTo(2.32842712474619, 12);
    expect(chart.main.points[3]).toBeCloseTo(7.02457954745282, 12);
  });

  test("passes over a point that is left out, and may start ahead", () => {
    const use: PointUse[] = ["limits", "left_out", "limits"];
    const known = { ...options(3, 3, { center: 0, sigma: 1 }), use };
    const chart = cusumChart(singles([1, 99, 1]), { ...known, k: 0.5, h: 5, headStart: 2.5 });
    expect(chart.main.points).toEqual([3, null, 3.5]);
    expect(chart.violations).toEqual([]);
  });

  test("refuses a head start that is a signal already", () => {
    for (const wrong of [{ headStart: 2 }, { h: 0 }, { k: -1 }])
      expect(() => cusumChart(singles([1, 2]), { ...options(2), k: 0.5, h: 2, headStart: 0, ...wrong })).toThrow(
        expect.objectContaining({ code: "invalid_input" }),
      );
  });
});
