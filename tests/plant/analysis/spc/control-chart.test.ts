import { describe, expect, test } from "vitest";
import { individualsChart, subgroupChart } from "../../../src/plant/analysis/control-chart.ts";
import { rangeConstants } from "../../../src/plant/analysis/range-constants.ts";

// Published limits: the vignette and tests of the R package qcc 3.0 (L. Scrucca). Limits of both charts follow from
// the grand mean and the mean range alone, so the series here are made to have those of the published data sets.

/** Agrees to 1 in 10,000, the rounding of published constants. */
const near = (value: number, published: number) =>
  expect(Math.abs(value - published)).toBeLessThanOrEqual(1e-4 * Math.abs(published));

/** n values about a mean whose moving ranges are all alike. */
const sawtooth = (n: number, mean: number, range: number) =>
  Array.from({ length: n }, (_, index) => mean + (index % 2 ? range : -range) / 2);

describe("an X̄-R chart", () => {
  const ring = [74.00118 - 0.01138, 74.00118, 74.00118, 74.00118, 74.00118 + 0.01138];
  const rings = subgroupChart(Array.from({ length: 25 }, () => ring));

  test("has the published limits of the piston rings, 25 samples of five", () => {
    near(rings.limits.center, 74.00118);
    expect(rings.sigmaWithin).toBeCloseTo(0.009785039, 6);
    expect(rings.limits.lcl).toBeCloseTo(73.98805, 4);
    expect(rings.limits.ucl).toBeCloseTo(74.0143, 4);
    near(rings.spread.limits.ucl, 0.04812533);
    expect(rings.spread.limits.lcl).toBe(0);
    expect(rings.warnings).toEqual([]);
  });

  test("finds a shifted sample on the means and a wide one on the ranges", () => {
    const samples = Array.from({ length: 24 }, (_, index) =>
      [9, 10, 11].map((value) => value + (index % 2 ? 0.1 : -0.1)),
    );
    const shifted = subgroupChart([...samples, [14, 15, 16]]);
    expect(shifted.violations).toContainEqual({ rule: "nelson_1", indexes: [24] });
    expect(shifted.inControl).toBe(false);
    const wide = subgroupChart([...samples, [4, 10, 16]]);
    expect(wide.spread.beyond).toEqual([24]);
    expect(wide.inControl).toBe(false);
    expect(subgroupChart(samples, "western_electric").inControl).toBe(true);
  });

  test("has the constants of the tables: A2, D3 and D4", () => {
    // AIAG SPC 2nd ed., appendix E.
    const table: [number, number, number, number][] = [
      [2, 1.88, 0, 3.267],
      [3, 1.023, 0, 2.574],
      [5, 0.577, 0, 2.114],
      [7, 0.419, 0.076, 1.924],
      [10, 0.308, 0.223, 1.777],
    ];
    for (const [size, a2, lower, upper] of table) {
      const { d2, D3, D4 } = rangeConstants(size);
      expect(Math.abs(3 / (d2 * Math.sqrt(size)) - a2)).toBeLessThan(1e-3);
      expect(Math.abs(D3 - lower)).toBeLessThan(1e-3);
      expect(Math.abs(D4 - upper)).toBeLessThan(1e-3);
    }
  });

  test("refuses uneven, single or too large subgroups, and what is no number", () => {
    const refused = [
      [],
      [[1, 2]],
      [[1], [2]],
      [[1, 2], [3]],
      [
        [1, 2],
        [3, Number.NaN],
      ],
      [Array(26).fill(1), Array(26).fill(2)],
    ];
    for (const subgroups of refused)
      expect(() => subgroupChart(subgroups)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});

describe("an individuals chart", () => {
  test("has the published limits of the viscosity trial, 20 batches", () => {
    const { limits, sigmaWithin, spread, warnings } = individualsChart(sawtooth(20, 34.088, 0.5726316));
    near(limits.center, 34.088);
    near(limits.lcl, 32.56504);
    near(limits.ucl, 35.61096);
    near(sigmaWithin, 0.5076521);
    expect(spread.limits.ucl).toBeCloseTo(3.267 * 0.5726316, 3);
    expect(spread.points).toHaveLength(19);
    expect(warnings).toEqual([]);
  });

  test("has the published limits of the viscosity trial without batch 4", () => {
    const range = 0.4117415 * 1.128;
    const { limits } = individualsChart(sawtooth(20, 33.98947, range));
    near(limits.lcl, 32.75425);
    near(limits.ucl, 35.2247);
  });

  test("takes sigma from neighbours, so that a slow drift doesn't hide itself", () => {
    const drifting = individualsChart(Array.from({ length: 40 }, (_, index) => index + (index % 2)));
    expect(drifting.violations.map(({ rule }) => rule)).toContain("nelson_1");
  });

  test("warns of few points and of values that never vary, and then finds nothing", () => {
    const flat = individualsChart(Array(19).fill(5));
    expect(flat.warnings).toEqual([{ code: "few_points", have: 19, want: 20 }, { code: "no_variation" }]);
    expect(flat).toMatchObject({ inControl: true, limits: { lcl: 5, center: 5, ucl: 5 } });
  });

  test("refuses a single value and what is no number", () => {
    for (const values of [[], [1], [1, Number.NaN], [1, Infinity]])
      expect(() => individualsChart(values)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});
