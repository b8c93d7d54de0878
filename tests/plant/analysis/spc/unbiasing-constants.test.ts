import { expect, test } from "vitest";
import { c4, rangeConstants, rangeMoments } from "../../../../src/plant/analysis/spc/unbiasing-constants.ts";

test("d2 has the three decimals of the published tables for 2 to 25 values", () => {
  // AIAG SPC 2nd ed., appendix E; Montgomery, appendix VI.
  const table = [
    1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.97, 3.078, 3.173, 3.258, 3.336, 3.407, 3.472, 3.532, 3.588, 3.64,
    3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
  ];
  expect(table.map((_, index) => rangeConstants(index + 2).d2)).toEqual(table);
});

test("d2 and d3 are right to nine digits where they are known in closed form", () => {
  const root = Math.sqrt(Math.PI);
  expect(rangeMoments(2).d2).toBeCloseTo(2 / root, 8);
  expect(rangeMoments(2).d3).toBeCloseTo(Math.sqrt(2 - 4 / Math.PI), 8);
  expect(rangeMoments(3).d2).toBeCloseTo(3 / root, 8);
  expect(rangeConstants(2, "exact").d2).toBe(rangeMoments(2).d2);
});

test("d3 is that of Harter's tables, and of a sample beyond any table", () => {
  // H. L. Harter, Ann. Math. Statist. 31 (1960), as in qcc's se.R.unscaled.
  const table: [number, number][] = [
    [3, 0.888368004],
    [5, 0.8640819411],
    [10, 0.7970506735],
    [20, 0.7286863],
    [25, 0.7084408],
  ];
  for (const [n, d3] of table) expect(rangeMoments(n).d3).toBeCloseTo(d3, 6);
  expect(rangeMoments(100).d2).toBeCloseTo(5.01519, 4);
});

test("D3 and D4, A2, c4 and B4 follow the tables", () => {
  const table: [number, number, number, number, number, number][] = [
    // n, A2, D3, D4, c4, B4
    [2, 1.88, 0, 3.267, 0.7979, 3.267],
    [5, 0.577, 0, 2.114, 0.94, 2.089],
    [7, 0.419, 0.076, 1.924, 0.9594, 1.882],
    [10, 0.308, 0.223, 1.777, 0.9727, 1.716],
    [25, 0.153, 0.459, 1.541, 0.9896, 1.435],
  ];
  for (const [n, a2, lower, upper, unbiased, b4] of table) {
    const { d2, d3 } = rangeConstants(n);
    expect(Math.abs(3 / (d2 * Math.sqrt(n)) - a2)).toBeLessThan(1e-3);
    expect(Math.abs(Math.max(0, 1 - (3 * d3) / d2) - lower)).toBeLessThan(1e-3);
    expect(Math.abs(1 + (3 * d3) / d2 - upper)).toBeLessThan(1e-3);
    expect(Math.abs(c4(n) - unbiased)).toBeLessThan(5.1e-5);
    expect(Math.abs(1 + (3 * Math.sqrt(1 - c4(n) ** 2)) / c4(n) - b4)).toBeLessThan(1e-3);
  }
  expect(c4(1000)).toBeCloseTo(1 - 1 / 4000, 6);
});
