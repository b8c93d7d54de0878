import { describe, expect, it } from "vitest";
import {
  energyOfCounter,
  energyOfPower,
  energyWithin,
  meterOf,
  type MeterBucket,
} from "../../../../src/plant/analysis/operations/energy.ts";
import { expectEnergy, fitEnergyBaseline } from "../../../../src/plant/analysis/operations/energy-baseline.ts";

const hour = 3_600_000;
/** Buckets of an hour from lowest and highest counter value. */
const buckets = (...values: [number, number, number?][]): MeterBucket[] =>
  values.map(([min, max, at], index) => ({
    from: (at ?? index) * hour,
    to: ((at ?? index) + 1) * hour,
    min,
    max,
    mean: (min + max) / 2,
  }));
const total = (stretches: { kWh: number }[]): number => stretches.reduce((sum, { kWh }) => sum + kWh, 0);

describe("energyOfCounter", () => {
  it("is the rise of the counter, whatever the buckets hold", () => {
    const { stretches, resets } = energyOfCounter(buckets([100, 104], [105, 109], [110, 114]));
    expect(total(stretches)).toBe(14);
    expect(stretches.map(({ kWh }) => kWh)).toEqual([4, 5, 5]);
    expect(resets).toBe(0);
  });

  it("spreads what was counted in a gap over the gap", () => {
    const { stretches } = energyOfCounter(buckets([0, 4, 0], [40, 44, 10]));
    expect(energyWithin(stretches, { from: 6 * hour, to: 7 * hour }).kWh).toBeCloseTo(4, 9);
    expect(total(stretches)).toBe(44);
  });

  it("counts on over a reset, between the buckets or within one", () => {
    const between = energyOfCounter(buckets([990, 995], [996, 1000], [1, 5], [6, 10]));
    expect(between.resets).toBe(1);
    expect(total(between.stretches)).toBe(10 + 10);
    // Rises to 1,002, falls to 0 and stands at 2 at the end: the next bucket begins with 3.
    const within = energyOfCounter(buckets([990, 995], [996, 1000], [0, 1002], [3, 7]));
    expect(within.resets).toBe(1);
    expect(total(within.stretches)).toBeCloseTo(12 + 7, 9);
  });

  it("takes another meter for a beginning of its own, and a stray low reading for nothing", () => {
    const changed = energyOfCounter(buckets([990, 995], [996, 1000], [600, 604], [605, 609]));
    expect(total(changed.stretches)).toBe(10 + 9);
    const stray = energyOfCounter(buckets([990, 995], [800, 1000], [1001, 1004]));
    expect(stray.resets).toBe(0);
    expect(total(stray.stretches)).toBe(14);
  });

  it("is nothing of nothing", () => {
    expect(energyOfCounter([])).toEqual({ stretches: [], resets: 0 });
  });
});

describe("energyOfPower", () => {
  it("is mean power times time, and tells how much of a span was metered", () => {
    const stretches = energyOfPower(buckets([10, 20], [20, 20], [0, 0, 3]));
    expect(energyWithin(stretches, { from: 0, to: 4 * hour })).toEqual({ kWh: 35, covered: 0.75 });
    expect(energyWithin(stretches, { from: hour / 2, to: hour }).kWh).toBeCloseTo(7.5, 12);
  });
});

describe("meterOf", () => {
  it("knows counters and power meters by their unit, and nothing else", () => {
    expect(meterOf("kWh")).toEqual({ kind: "counter", factor: 1 });
    expect(meterOf("MWh")).toEqual({ kind: "counter", factor: 1000 });
    expect(meterOf("W")).toEqual({ kind: "power", factor: 0.001 });
    expect(meterOf("mW")).toEqual({ kind: "power", factor: 1e-6 });
    expect(meterOf("MW")).toEqual({ kind: "power", factor: 1000 });
    expect(meterOf("㎾")).toEqual({ kind: "power", factor: 1 });
    for (const unit of ["°C", "A", "kWh/t", "", null]) expect(meterOf(unit)).toBeNull();
  });
});

describe("fitEnergyBaseline", () => {
  // Draper and Smith, "Applied Regression Analysis", appendix 1A (steam used against temperature), 25 months.
  const x = [
    35.3, 29.7, 30.8, 58.8, 61.4, 71.3, 74.4, 76.7, 70.7, 57.5, 46.4, 28.9, 28.1, 39.1, 46.8, 48.5, 59.3, 70, 70, 74.5,
    72.1, 58.1, 44.6, 33.4, 28.6,
  ];
  const y = [
    10.98, 11.13, 12.51, 8.4, 9.27, 8.73, 6.36, 8.5, 7.82, 9.14, 8.24, 12.19, 11.88, 9.57, 10.94, 9.58, 10.09, 8.11,
    6.83, 8.88, 7.68, 8.47, 8.86, 10.36, 11.08,
  ];
  const points = x.map((parts, index) => ({ parts, kWh: y[index] ?? NaN }));

  it("agrees with the published regression of steam on temperature", () => {
    const fit = fitEnergyBaseline(points);
    expect(fit?.base).toBeCloseTo(13.623, 3);
    expect(fit?.perPart).toBeCloseTo(-0.0798, 4);
    expect(fit?.r2).toBeCloseTo(0.7144, 4);
    expect(fit?.scatter).toBeCloseTo(0.8901, 4);
    // t(23, 0.975) = 2.069 and s.e. 0.0105: −0.1015 to −0.0581.
    expect(fit?.perPartLow).toBeCloseTo(-0.1015, 3);
    expect(fit?.perPartHigh).toBeCloseTo(-0.0581, 3);
    expect(fit?.significant).toBe(true);
  });

  it("widens the interval of one new day away from the usual output", () => {
    const fit = fitEnergyBaseline(points);
    if (!fit) throw new Error("no fit");
    const width = (parts: number) => expectEnergy(fit, parts).high - expectEnergy(fit, parts).low;
    expect(width(100)).toBeGreaterThan(width(52));
    expect(width(52.6)).toBeCloseTo(2 * 2.0687 * 0.8901 * Math.sqrt(1 + 1 / 25), 2);
  });

  it("refuses too few points and points of one output, and doubts a slope that may be none", () => {
    expect(fitEnergyBaseline(points.slice(0, 7))).toBeNull();
    expect(fitEnergyBaseline(points.map(({ kWh }) => ({ parts: 5, kWh })))).toBeNull();
    const flat = fitEnergyBaseline(Array.from({ length: 20 }, (_, i) => ({ parts: i, kWh: 100 + (i % 2) })));
    expect(flat?.significant).toBe(false);
  });
});
