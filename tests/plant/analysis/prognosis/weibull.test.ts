import { describe, expect, it } from "vitest";
import { fitWeibull, type WeibullFit } from "../../../../src/plant/analysis/prognosis/weibull.ts";
import { randomNumbers } from "../random.ts";

const failed = (...times: number[]) => times.map((time) => ({ time, failed: true }));
const running = (...times: number[]) => times.map((time) => ({ time, failed: false }));
const fit = (all: Parameters<typeof fitWeibull>[0]) => fitWeibull(all) as WeibullFit;

describe("Weibull with running times censored", () => {
  it("agrees with the NIST handbook's example (8.4.1.3): 10 failures, 10 units running at 500 h", () => {
    const found = fit([
      ...failed(54, 187, 216, 240, 244, 335, 361, 373, 375, 386),
      ...running(...Array.from({ length: 10 }, () => 500)),
    ]);
    expect(found.shape.value).toBeCloseTo(1.7208, 4);
    expect(found.scale.value / 606.528).toBeCloseTo(1, 5);
    expect(found.logLikelihood).toBeCloseTo(-75.135, 3);
    expect(found).toMatchObject({ failures: 10, censored: 10, pattern: "random" });
  });

  it("agrees with Meeker and Escobar on the shock absorbers (1998, table 8.1), intervals included", () => {
    const found = fit([
      ...failed(6700, 9120, 12200, 13150, 14300, 17520, 20100, 20900, 22700, 26510, 27490),
      ...running(6950, 7820, 8790, 9660, 9820, 11310, 11690, 11850, 11880, 12140, 12870, 13330, 13470, 14040, 17540),
      ...running(17890, 18450, 18960, 18980, 19410, 20100, 20150, 20320, 23490, 27410, 27890, 28100),
    ]);
    // μ = 10.23, σ = .3164 (.20 to .50): their log-scale intervals.
    expect(Math.log(found.scale.value)).toBeCloseTo(10.23, 2);
    expect(1 / found.shape.value).toBeCloseTo(0.3164, 4);
    expect(1 / found.shape.high).toBeCloseTo(0.2011, 3);
    expect(1 / found.shape.low).toBeCloseTo(0.4978, 3);
    expect(found.pattern).toBe("wear");
  });

  it("agrees with R's survreg and Meeker and Escobar on the bearing cages: 6 failures of 1,703, B10 3,903 h", () => {
    const counts = [
      288, 148, 1, 124, 1, 111, 1, 106, 99, 110, 114, 119, 127, 1, 1, 123, 93, 47, 41, 27, 1, 11, 6, 1, 2,
    ];
    const times = [
      50, 150, 230, 250, 334, 350, 423, 450, 550, 650, 750, 850, 950, 990, 1009, 1050, 1150, 1250, 1350, 1450, 1510,
      1550, 1650, 1850, 2050,
    ];
    const failures = new Set([230, 334, 423, 990, 1009, 1510]);
    const found = fit(
      times.flatMap((time, index) =>
        Array.from({ length: counts[index] ?? 0 }, () => ({ time, failed: failures.has(time) })),
      ),
    );
    expect(found.shape.value).toBeCloseTo(2.035319, 5);
    expect(found.scale.value / 11792.17817).toBeCloseTo(1, 6);
    expect(found.logLikelihood).toBeCloseTo(-76.436896, 5);
    expect(found.b10.value).toBeCloseTo(3903, 0);
  });

  it("agrees with wblfit on complete data, intervals included", () => {
    const found = fit(
      failed(
        ...[13.22, 9.41, 8.58, 7.98, 4.12, 16.1, 5.62, 2.28, 9.69, 28.2],
        ...[13.84, 5.62, 5.26, 6.91, 8.92, 9.07, 9.83, 1.86, 12.66, 5.44],
      ),
    );
    for (const [estimate, [value, low, high]] of [
      [found.scale, [10.411, 7.974, 13.594]],
      [found.shape, [1.7397, 1.2667, 2.3893]],
    ] as const) {
      expect(estimate.value / value!).toBeCloseTo(1, 4);
      expect(estimate.low / low!).toBeCloseTo(1, 3);
      expect(estimate.high / high!).toBeCloseTo(1, 3);
    }
  });

  it("has the true shape within its interval about as often as it says", () => {
    const { uniform } = randomNumbers(5);
    let inside = 0;
    for (let trial = 0; trial < 200; trial++) {
      const found = fit(
        Array.from({ length: 40 }, () => {
          const time = 100 * (-Math.log(1 - uniform())) ** (1 / 2.5);
          return time < 110 ? { time, failed: true } : { time: 110, failed: false };
        }),
      );
      if (found.shape.low < 2.5 && found.shape.high > 2.5) inside++;
    }
    expect(inside / 200).toBeGreaterThan(0.9);
  });

  it("tells early failures from chance and wear", () => {
    const { uniform } = randomNumbers(6);
    const of = (shape: number) =>
      fit(Array.from({ length: 80 }, () => ({ time: (-Math.log(1 - uniform())) ** (1 / shape), failed: true })))
        .pattern;
    expect([of(0.6), of(1), of(2)]).toEqual(["early", "random", "wear"]);
  });

  it("refuses few failures and failures all at one time, leaves out what is no time, and bears any unit", () => {
    expect(fitWeibull([...failed(1, 2, 3), ...running(5, 6, 7)])).toEqual({
      refused: "few_failures",
      failures: 3,
      censored: 3,
    });
    expect(fitWeibull([])).toMatchObject({ refused: "few_failures" });
    expect(fitWeibull(failed(5, 5, 5, 5, 5))).toMatchObject({ refused: "all_alike" });
    expect(fitWeibull(failed(NaN, -1, 0, Infinity, 3, 4))).toMatchObject({ refused: "few_failures", failures: 2 });
    const plain = fit([...failed(3, 4, 6, 9, 14), ...running(20)]);
    const tiny = fit([...failed(3e-9, 4e-9, 6e-9, 9e-9, 14e-9), ...running(20e-9)]);
    expect(tiny.shape.value).toBeCloseTo(plain.shape.value, 9);
    expect(tiny.scale.value * 1e9).toBeCloseTo(plain.scale.value, 9);
  });
});
