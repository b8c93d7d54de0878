import { describe, expect, test } from "vitest";
import { findViolations, ruleLabels, type RuleName } from "../../../src/plant/analysis/control-rules.ts";

const unit = { center: 0, sigma: 1 };

/** Where a rule is broken, counted from 1 as on a chart. */
function places(rule: RuleName, points: number[], scale = unit): number[] {
  const set = rule.startsWith("nelson") ? "nelson" : "western_electric";
  return (
    findViolations(points, scale, set)
      .find((found) => found.rule === rule)
      ?.indexes.map((index) => index + 1) ?? []
  );
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
    ["nelson_5", [2.1, 2.1, 0.5], [2]],
    ["nelson_5", [2.1], []],
    ["nelson_6", [1.1, 1.1, 1.1, 1.1, 0.5], [4]],
    ["nelson_5", [2.1, -2.1, 0], []],
    ["nelson_6", [1.1, 1.1, -5, 1.1, 1.1], [5]],
    ["nelson_6", [1.1, 1.1, 1.1, -1.1, -1.1], []],
    ["nelson_7", repeat(0.9, 15), [15]],
    ["nelson_7", [...repeat(-0.9, 14), 1], []],
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

test("nothing is found where nothing varies, and on no points", () => {
  expect(findViolations([1, 1, 9], { center: 1, sigma: 0 })).toEqual([]);
  expect(findViolations([], unit)).toEqual([]);
});

test("every rule has a name in both languages", () => {
  expect(Object.keys(ruleLabels)).toHaveLength(12);
  for (const { ko, en } of Object.values(ruleLabels)) expect(ko && en).toBeTruthy();
});
