import { describe, expect, it } from "vitest";
import { adjustForManyTests, fisherExact, mannWhitney } from "../../../../src/plant/analysis/operations/rank-tests.ts";

describe("mannWhitney", () => {
  it("agrees with the permeability example of Hollander and Wolfe (1973, p. 69), as R's wilcox.test gives it", () => {
    const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const weeks = [1.15, 0.88, 0.9, 0.74, 1.21];
    const test = mannWhitney(term, weeks);
    expect(test).toMatchObject({ u: 35, method: "exact" });
    expect(test?.p).toBeCloseTo(2 * 0.1272, 3);
    expect(test?.rankBiserial).toBeCloseTo((2 * 35) / 50 - 1, 12);
  });

  it("is exact for samples that don't overlap: 2 of all orders", () => {
    expect(mannWhitney([1, 2, 3], [4, 5, 6, 7])?.p).toBeCloseTo(2 / 35, 12);
    expect(mannWhitney([8, 9, 10], [4, 5, 6, 7])).toMatchObject({ rankBiserial: 1, u: 12 });
  });

  it("corrects the normal distribution for ties, by hand", () => {
    // Ranks 1.5, 1.5, 3.5 of six, U = 0.5; variance 9/12·(7 − 18/30) = 4.8; z = 3.5/√4.8.
    const test = mannWhitney([1, 1, 2], [2, 3, 3]);
    expect(test).toMatchObject({ u: 0.5, method: "normal" });
    expect(test?.p).toBeCloseTo(0.11015, 5);
    expect(mannWhitney([5, 5, 5], [5, 5, 5])?.p).toBe(1);
    expect(mannWhitney([], [1])).toBeNull();
  });
});

describe("fisherExact", () => {
  it("agrees with Fisher's tea tasting and his criminal twins, as R's fisher.test gives them", () => {
    expect(fisherExact(3, 1, 1, 3)).toBeCloseTo(0.4857, 4);
    expect(fisherExact(2, 10, 15, 3)).toBeCloseTo(0.0005367, 7);
    expect(fisherExact(0, 5, 0, 7)).toBe(1);
  });
});

describe("adjustForManyTests", () => {
  it("agrees with the example of Benjamini and Hochberg (1995): four of fifteen at 5 %", () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    const adjusted = adjustForManyTests(p);
    expect(adjusted.filter((one) => one <= 0.05)).toHaveLength(4);
    expect(adjusted[0]).toBeCloseTo(0.0015, 12);
    expect(adjusted[2]).toBeCloseTo(0.0095, 12);
    expect(adjusted[3]).toBeCloseTo(0.035625, 12);
    expect(adjustForManyTests([0.04, 0.01])).toEqual([0.04, 0.02]);
  });
});
