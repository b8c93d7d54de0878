import { describe, expect, test } from "vitest";
import { bundleByGap } from "../../../../src/plant/analysis/operations/bundle-by-gap.ts";

const at = (day: number, hour = 0): { at: Date } => ({ at: new Date(Date.UTC(2020, 0, day, hour)) });
const sizes = (days: { at: Date }[], gap: number): number[] => bundleByGap(days, gap).map(({ items }) => items.length);

describe("bundles of things that follow each other", () => {
  test("a neighbour within the gap belongs to the bundle, however long the whole becomes", () => {
    expect(sizes([at(1), at(14), at(27), at(60)], 14)).toEqual([3, 1]);
  });
  test("fourteen days and some hours are still fourteen days, fifteen are not", () => {
    expect(sizes([at(1), at(15, 23)], 14)).toEqual([2]);
    expect(sizes([at(1), at(16)], 14)).toEqual([1, 1]);
  });
  test("the order of the input does not matter", () => {
    const [bundle] = bundleByGap([at(9), at(1), at(5)], 5);
    expect(bundle?.items.map((item) => item.at.getUTCDate())).toEqual([1, 5, 9]);
    expect([bundle?.from, bundle?.to]).toEqual([at(1).at, at(9).at]);
  });
  test("a gap of none bundles what happened within a day, and nothing gives nothing", () => {
    expect(sizes([at(1, 2), at(1, 20), at(3)], 0)).toEqual([2, 1]);
    expect(sizes([], 14)).toEqual([]);
  });
});
