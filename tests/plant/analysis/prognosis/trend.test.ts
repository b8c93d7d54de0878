import { describe, expect, it } from "vitest";
import { robustTrend } from "../../../../src/plant/analysis/prognosis/trend.ts";

describe("robust trend", () => {
  it("gives Sen's slope and interval and Kendall's test as scipy does", () => {
    // scipy 1.17.1: theilslopes(y, x, .95) and kendalltau; S and its variance by hand.
    const y = [4.1, 3.9, 5.2, 4.4, 6.1, 5.0, 6.6, 5.8, 7.3, 6.2, 8.0, 6.9];
    const found = robustTrend(y.map((value, x) => ({ x, y: value })))!;
    expect(found.rho).toBe(0);
    expect(found.slope).toBeCloseTo(0.3145833333, 9);
    expect(found.low).toBeCloseTo(0.2, 9);
    expect(found.high).toBeCloseTo(0.4166666667, 9);
    expect(found.s).toBe(46);
    expect(found.sd ** 2).toBeCloseTo(212.6666667, 6);
    expect(found.p).toBeCloseTo(0.00203, 4);
  });

  it("is not moved by a few wild values", () => {
    const found = robustTrend(
      Array.from({ length: 60 }, (_, x) => ({ x, y: x % 15 === 7 ? 1e6 : 2 * x + Math.sin(x * 2.3) })),
    );
    expect(found?.slope).toBeCloseTo(2, 1);
  });

  it("widens where residuals of neighbours are alike", () => {
    const wave = (x: number) => 3 * Math.sin(x / 6);
    const found = robustTrend(Array.from({ length: 120 }, (_, x) => ({ x, y: wave(x) + 0.005 * x })))!;
    expect(found.rho).toBeGreaterThan(0.8);
    expect(found.p).toBeGreaterThan(0.2);
  });

  it("counts ties, and finds no trend in a constant", () => {
    expect(robustTrend([1, 1, 2, 2, 2, 3].map((y, x) => ({ x, y })))!.sd ** 2).toBeCloseTo(
      (6 * 5 * 17 - 18 - 66) / 18,
      9,
    );
    expect(robustTrend([4, 4, 4, 4, 4].map((y, x) => ({ x, y })))).toMatchObject({ slope: 0, p: 1 });
  });

  it("is null of too little", () => {
    expect(robustTrend([])).toBeNull();
    expect(
      robustTrend([
        { x: 1, y: 2 },
        { x: 2, y: NaN },
        { x: 3, y: 1 },
      ]),
    ).toBeNull();
    expect(robustTrend(Array.from({ length: 9 }, (_, y) => ({ x: 1, y })))).toBeNull();
  });
});
