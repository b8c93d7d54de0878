import { describe, expect, test } from "vitest";
import type { RuleName, Violation } from "../../../../src/plant/analysis/spc/control-chart.ts";
import { findViolations, ruleLabels, rulesOf } from "../../../../src/plant/analysis/spc/control-rules.ts";

const unit = { center: 0, sigma: 1 };

function judge(points: number[], { center, sigma }: typeof unit, rules: RuleName[], width = 3): Violation[] {
  const each = (value: number) => points.map(() => value);
  const use = points.map(() => "limits" as const);
  const limits = { lcl: each(center - width * sigma), ucl: each(center + width * sigma) };
  const plot = { name: "individuals" as const, points, center: each(center), standardErrors: each(sigma), beyond: [] };
  return findViolations({ ...plot, ...limits }, use, width, rules);
}

/** Where a rule is broken, counted from 1 as on a chart. */
function places(rule: RuleName, points: number[], scale = unit): number[] {
  const [found] = judge(points, scale, [rule]);
  return found?.indexes.map((index) => index + 1) ?? [];
}

const repeat = (value: number, times: number): number[] => Array(times).fill(value);

describe("published cases of the rules (qcc 3.0, tests)", () => {
  const cases: [RuleName, number[], number[]][] = [
    ["western_electric_1", [0, 3.2, -3.5, 2.9], [2, 3]],
    ["western_electric_2", [0, 2.5, 1.0, 2.6, 0], [4]],
    ["western_electric_3", [0, 1.2, 1.3, 0.2, 1.4, 1.5], [6]],
    ["western_electric_4", [...repeat(-1, 8), 1], [8]],
    ["nelson_1", [0, 3.2, -3.4, 3], [2, 3]],
    ["nelson_2", [...repeat(0.5, 10), ...repeat(-0.5, 10)], [9, 10, 19, 20]],
    ["nelson_3", [1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1], [6, 7, 13, 14]],
    ["nelson_4", [1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7, 9, 8], [14, 15]],
    ["nelson_5", [0, 2.3, 0.4, 2.2, -2.4, -0.2, -2.5], [4, 7]],
    ["nelson_6", [1.2, 1.3, 0.2, 1.4, 1.5, -1.2, -1.3, -0.1, -1.4, -1.5], [5, 10]],
    ["nelson_7", [...repeat(0.3, 16), 1.2], [15, 16]],
    ["nelson_8", [1.2, -1.3, 1.1, -1.4, 1.5, -1.2, 1.3, -1.1, 0.2], [8]],
    ["nelson_8", repeat(1.2, 8), []],
    ["western_electric_1", [...repeat(2.5, 7), 3.2], [8]],
    ["western_electric_2", [...repeat(2.5, 7), 3.2], [3, 4, 5, 6, 7, 8]],
    ["western_electric_3", [...repeat(2.5, 7), 3.2], [5, 6, 7, 8]],
    ["western_electric_4", [...repeat(2.5, 7), 3.2], [8]],
  ];
  test.each(cases)("%s", (rule, points, expected) => expect(places(rule, points)).toEqual(expected));
});

describe("each rule holds at its length and not one point earlier", () => {
  const zigzag = (n: number) => Array.from({ length: n }, (_, index) => (index % 2 ? 0.4 : -0.4));
  const cases: [RuleName, number[], number[]][] = [
    ["nelson_4", zigzag(14), [14]],
    ["nelson_4", zigzag(13), []],
    ["nelson_4", [...zigzag(7), ...zigzag(7)], []],
    ["nelson_5", [2.1, 0, 2.1], [3]],
    ["nelson_5", [2.1, 0, 0, 2.1], []],
    ["nelson_5", [2.1, 2.1, 0.5], []],
    ["nelson_5", [2.1], []],
    ["nelson_6", [1.1, 1.1, 1.1, 1.1, 0.5], []],
    ["nelson_5", [2.1, -2.1, 0], []],
    ["nelson_6", [1.1, 1.1, -5, 1.1, 1.1], [5]],
    ["nelson_6", [1.1, 1.1, 1.1, -1.1, -1.1], []],
    ["nelson_7", repeat(0.9, 15), [15]],
    ["nelson_7", [...repeat(-0.9, 14), 1], [15]],
    ["nelson_7", [...repeat(-0.9, 14), 1.01], []],
    ["nelson_8", [1.1, -1.1, 1.1, -1.1, 1.1, -1.1, 1.1, -1.1], [8]],
    ["nelson_8", [1.1, -1.1, 1.1, -1.1, 1, -1.1, 1.1, -1.1, 1.1], []],
    ["nelson_2", [...repeat(0.1, 4), 0, ...repeat(0.1, 8)], []],
    ["western_electric_4", [...repeat(0.1, 7), -0.1], []],
  ];
  test.each(cases)("%s %j", (rule, points, expected) => expect(places(rule, points)).toEqual(expected));
});

test("points are judged by their distance from the centre in sigmas", () => {
  expect(places("nelson_1", [100, 106.1, 93.9, 106], { center: 100, sigma: 2 })).toEqual([2, 3]);
});

test("a narrower chart has narrower zones, by thirds", () => {
  expect(judge([0, 2.1, 2.6, -2.5], unit, ["nelson_1"], 2.5)).toEqual([{ rule: "nelson_1", indexes: [2] }]);
});

test("a point that is left out neither breaks a rule nor a run", () => {
  const points = [...repeat(0.5, 4), -9, ...repeat(0.5, 5)];
  const each = (value: number) => points.map(() => value);
  const use = points.map((point) => (point < -5 ? ("left_out" as const) : ("limits" as const)));
  const plot = { name: "individuals" as const, points, beyond: [], lcl: each(-3), center: each(0), ucl: each(3) };
  expect(findViolations({ ...plot, standardErrors: each(1) }, use, 3, rulesOf("nelson"))).toEqual([
    { rule: "nelson_2", indexes: [9] },
  ]);
});

test("nothing is found where nothing varies, and on no points", () => {
  expect(judge([1, 1, 9], { center: 1, sigma: 0 }, rulesOf("nelson"))).toEqual([]);
  expect(judge([], unit, rulesOf("nelson"))).toEqual([]);
});

test("every rule has a name in both languages, and a set can be cut to its first rules", () => {
  expect(Object.keys(ruleLabels)).toHaveLength(15);
  for (const { ko, en } of Object.values(ruleLabels)) expect(ko && en).toBeTruthy();
  expect(rulesOf("nelson", 4)).toEqual(["nelson_1", "nelson_2", "nelson_3", "nelson_4"]);
  expect(rulesOf("western_electric")).toHaveLength(4);
});
