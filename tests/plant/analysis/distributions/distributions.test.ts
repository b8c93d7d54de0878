import { describe, expect, it } from "vitest";
import {
  binomialAtLeast,
  chiSquareCdf,
  chiSquareQuantile,
  fQuantile,
  normalCdf,
  normalQuantile,
  normalTwoSided,
  tQuantile,
} from "../../../../src/plant/analysis/distributions/distributions.ts";

// Expected values: scipy.stats 1.17.1, and the usual tables.

describe("distributions", () => {
  it("gives the normal distribution and its quantiles", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 10);
    expect(normalQuantile(0.0005)).toBeCloseTo(-3.2905267314919255, 9);
    expect(normalCdf(-3)).toBeCloseTo(0.0013498980316300933, 12);
    expect(normalTwoSided(6) / 1.973175290075389e-9).toBeCloseTo(1, 3);
    expect(normalTwoSided(-1.959963984540054)).toBeCloseTo(0.05, 10);
  });

  it("gives quantiles of chi-square, F and t as the tables have them", () => {
    expect(chiSquareQuantile(0.05, 1)).toBeCloseTo(0.003932140000019, 10);
    expect(chiSquareQuantile(0.975, 10)).toBeCloseTo(20.4831774, 6);
    expect(chiSquareQuantile(0.999, 40)).toBeCloseTo(73.4019575, 6);
    expect(chiSquareCdf(chiSquareQuantile(0.3, 500), 500)).toBeCloseTo(0.3, 10);
    expect(fQuantile(0.95, 3, 20)).toBeCloseTo(3.09839121, 7);
    expect(fQuantile(0.999, 2, 398)).toBeCloseTo(7.02904682, 7);
    expect(fQuantile(0.975, 8, 5)).toBeCloseTo(6.75717201, 7);
    expect(tQuantile(0.975, 7)).toBeCloseTo(2.36462425, 7);
    expect(tQuantile(0.025, 1)).toBeCloseTo(-12.70620474, 6);
  });

  it("gives exact tails of counts", () => {
    expect(binomialAtLeast(3, 3, 0.05)).toBeCloseTo(0.000125, 12);
    expect(binomialAtLeast(4, 10, 0.2)).toBeCloseTo(0.12087388160000007, 12);
    expect([binomialAtLeast(0, 5, 0.1), binomialAtLeast(6, 5, 0.1)]).toEqual([1, 0]);
  });

  it("gives NaN where there is no such quantile", () => {
    for (const value of [normalQuantile(0), normalQuantile(1.2), chiSquareQuantile(0.5, 0), fQuantile(0.5, 1, 0)])
      expect(value).toBeNaN();
  });
});
