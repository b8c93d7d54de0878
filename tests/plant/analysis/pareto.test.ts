import { expect, test } from "vitest";
import { pareto } from "../../../src/plant/analysis/pareto.ts";

test("orders by size, with running shares, and marks the first items that make up 80 %", () => {
  const items = pareto([
    { key: "a", value: 10 },
    { key: "b", value: 50 },
    { key: "c", value: 30 },
    { key: "d", value: 10 },
  ]);
  expect(items).toEqual([
    { key: "b", value: 50, share: 0.5, cumulative: 0.5, vital: true },
    { key: "c", value: 30, share: 0.3, cumulative: 0.8, vital: true },
    { key: "a", value: 10, share: 0.1, cumulative: 0.9, vital: false },
    { key: "d", value: 10, share: 0.1, cumulative: 1, vital: false },
  ]);
});

test("leaves out what is nothing", () => {
  expect(pareto([{ value: 0 }, { value: Number.NaN }, { value: -1 }])).toEqual([]);
  expect(pareto([{ value: 2 }])).toEqual([{ value: 2, share: 1, cumulative: 1, vital: true }]);
});
