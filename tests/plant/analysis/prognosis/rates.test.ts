import { describe, expect, it } from "vitest";
import {
  compareRates,
  laplaceTrend,
  meanTimeBetweenFailures,
  meanTimeToRepair,
} from "../../../../src/plant/analysis/prognosis/rates.ts";

describe("mean times", () => {
  it("gives MTBF with the interval of the NIST handbook (8.4.5.1): 800 h and 2 failures", () => {
    const { estimate } = meanTimeBetweenFailures(800, 2, 0.9);
    expect(estimate?.value).toBe(400);
    // Factors .3177 and 5.6281 of its table.
    expect((estimate?.low ?? 0) / 400).toBeCloseTo(0.3177, 4);
    expect((estimate?.high ?? 0) / 400).toBeCloseTo(5.6281, 3);
  });

  it("gives a lower bound only where nothing failed", () => {
    const { estimate, atLeast } = meanTimeBetweenFailures(1000, 0);
    expect(estimate).toBeNull();
    expect(atLeast).toBeCloseTo(1000 / -Math.log(0.05), 9);
    expect(meanTimeBetweenFailures(0, 3)).toEqual({ estimate: null, atLeast: null });
  });

  it("gives MTTR with an interval that stays above 0", () => {
    const found = meanTimeToRepair([10, 20, 30, 400, NaN, 0])!;
    expect(found.value).toBe(115);
    expect(found.low).toBeGreaterThan(0);
    expect(found.low * found.high).toBeCloseTo(115 * 115, 6);
    expect(meanTimeToRepair([5])).toBeNull();
  });
});

describe("one machine against its sisters", () => {
  it("has the exact binomial probability", () => {
    // 9 of 12 failures in a quarter of the hours: scipy binom.sf(8, 12, .25)
    const found = compareRates({ failures: 9, hours: 1000 }, { failures: 3, hours: 3000 })!;
    expect(found.ratio).toBeCloseTo(9, 9);
    expect(found.p).toBeCloseTo(0.00039166, 7);
  });

  it("is null where there is nothing to compare with", () => {
    expect(compareRates({ failures: 0, hours: 10 }, { failures: 0, hours: 10 })).toBeNull();
    expect(compareRates({ failures: 3, hours: 10 }, { failures: 0, hours: 0 })).toBeNull();
    expect(compareRates({ failures: 3, hours: 10 }, { failures: 0, hours: 10 })).toMatchObject({
      ratio: Infinity,
      p: 0.125,
    });
  });
});

describe("more and more often, or less", () => {
  // NIST handbook 8.2.3.4: ten repairs in 1,500 hours.
  const nist = { times: [5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478], until: 1500 };

  it("tests the trend after Laplace, pooled over machines", () => {
    expect(laplaceTrend([nist])?.u).toBeCloseTo((5683 - 7500) / Math.sqrt((10 * 1500 ** 2) / 12), 9);
    const worse = { times: [50, 80, 90, 95, 98], until: 100 };
    expect(laplaceTrend([worse, worse])?.u).toBeGreaterThan(2.5);
    expect(laplaceTrend([worse, worse])?.p).toBeLessThan(0.01);
    expect(laplaceTrend([{ times: [1, 2], until: 5 }])).toBeNull();
  });
});
