import { describe, expect, it } from "vitest";
import { combineOee, computeOee, type MachineTime, type Stop } from "../../../../src/plant/analysis/operations/oee.ts";
import { compareReasons, explainOeeChange } from "../../../../src/plant/analysis/operations/oee-change.ts";

const minute = 60_000;
const at = (from: number, to: number) => ({ from: from * minute, to: to * minute });
const stop = (from: number, to: number, reason = "", planned = false): Stop => ({ ...at(from, to), reason, planned });
const run = (from: number, to: number, good: number, scrap: number, cycleSeconds: number | null) => ({
  ...at(from, to),
  product: "P",
  good,
  scrap,
  cycleSeconds,
});

describe("computeOee", () => {
  it("agrees with the published worked example of a shift (oee.com, “Calculate OEE”)", () => {
    // 480 min, breaks 60, stops 47, ideal cycle 1.0 s, 19,271 pieces of which 423 rejected.
    const machine: MachineTime = {
      planned: [at(0, 480)],
      stops: [stop(100, 160, "break", true), stop(200, 247, "breakdown")],
      runs: [run(0, 480, 18_848, 423, 1)],
    };
    const result = computeOee(machine, at(0, 480));
    expect(result.times).toMatchObject({ plannedBusyMinutes: 420, productionMinutes: 373, plannedStopMinutes: 60 });
    expect(result.availability).toBeCloseTo(0.8881, 4);
    expect(result.performance).toBeCloseTo(0.8611, 4);
    expect(result.quality).toBeCloseTo(0.978, 4);
    expect(result.oee).toBeCloseTo(0.7479, 4);
    const { availability, performance, quality, effective } = result.losses;
    expect(availability + (performance ?? 0) + (quality ?? 0) + (effective ?? 0)).toBeCloseTo(420, 9);
    expect((effective ?? 0) / 420).toBeCloseTo(result.oee ?? 0, 12);
  });

  it("counts overlapping stops once, planned ones first, cut to the planned time and the span", () => {
    const machine: MachineTime = {
      planned: [at(0, 100), at(200, 300)],
      stops: [
        stop(-50, 10, "before"),
        stop(20, 40, "a"),
        stop(30, 50, "b"),
        stop(45, 60, "planned", true),
        stop(90, 210, "over the break"),
        stop(290, 500, "after"),
      ],
      runs: [run(0, 300, 100, 0, 60)],
    };
    const result = computeOee(machine, at(0, 300));
    expect(result.times.plannedBusyMinutes).toBe(185);
    expect(result.times.delayMinutes).toBe(10 + 25 + 10 + 10 + 10);
    expect(result.stops.reduce((sum, { minutes }) => sum + minutes, 0)).toBeCloseTo(result.times.delayMinutes, 9);
    expect(result.stops.find(({ reason }) => reason === "b")).toMatchObject({ minutes: 5, count: 1 });
  });

  it("gives pieces of an order over the edge by its running time within, not by the clock", () => {
    const machine: MachineTime = {
      planned: [at(0, 60), at(1000, 1060)],
      stops: [stop(1000, 1020, "down")],
      runs: [run(0, 1060, 100, 0, 60)],
    };
    const first = computeOee(machine, at(0, 500));
    const second = computeOee(machine, at(500, 1100));
    expect(first.pieces).toMatchObject({ good: 60, prorated: 1 });
    expect(second.pieces.good).toBeCloseTo(40, 9);
  });

  it("knows no performance without a cycle time, and none without pieces; never 100 %", () => {
    const machine = (runs: MachineTime["runs"]): MachineTime => ({ planned: [at(0, 100)], stops: [], runs });
    const mixed = computeOee(machine([run(0, 50, 10, 1, 60), run(50, 100, 10, 0, null)]), at(0, 100));
    expect(mixed).toMatchObject({ availability: 1, performance: null, oee: null });
    expect(mixed.losses).toMatchObject({ performance: null, effective: null });
    const nothing = computeOee(machine([run(0, 100, 0, 0, 60)]), at(0, 100));
    expect(nothing).toMatchObject({ performance: null, quality: null, oee: null });
    expect(computeOee({ planned: [], stops: [], runs: [] }, at(0, 100)).availability).toBeNull();
  });

  it("lets performance rise over 100 % where the cycle time is wrong, and says what time had no order", () => {
    const machine: MachineTime = { planned: [at(0, 100)], stops: [], runs: [run(0, 60, 200, 0, 60)] };
    const result = computeOee(machine, at(0, 100));
    expect(result.performance).toBeCloseTo(2, 9);
    expect(result.losses.performance).toBeCloseTo(-100, 9);
    expect(result.times.withoutOrderMinutes).toBeCloseTo(40, 9);
  });

  it("takes 100,000 stops within seconds", () => {
    const stops = Array.from({ length: 100_000 }, (_, index) =>
      stop(index * 10, index * 10 + 5 + (index % 9), `r${index % 7}`),
    );
    const machine: MachineTime = { planned: [at(0, 1_000_000)], stops, runs: [run(0, 1_000_000, 1000, 0, 60)] };
    const began = performance.now();
    const result = computeOee(machine, at(0, 1_000_000));
    expect(performance.now() - began).toBeLessThan(4000);
    expect(result.stops.reduce((sum, { minutes }) => sum + minutes, 0)).toBeCloseTo(result.times.delayMinutes, 3);
  });
});

describe("combineOee", () => {
  it("weighs machines by their planned busy time, so that the losses of all add up", () => {
    const one = computeOee({ planned: [at(0, 100)], stops: [stop(0, 50)], runs: [run(0, 100, 40, 0, 60)] }, at(0, 100));
    const two = computeOee({ planned: [at(0, 300)], stops: [], runs: [run(0, 300, 4000, 1000, 3)] }, at(0, 300));
    const both = combineOee([one, two]);
    // Effective: 40 min and 250 · 0.8 = 200 min, of 400.
    expect(both.oee).toBeCloseTo(240 / 400, 12);
    expect(both.availability).toBeCloseTo(350 / 400, 12);
    expect((both.availability ?? 0) * (both.performance ?? 0) * (both.quality ?? 0)).toBeCloseTo(both.oee ?? 0, 12);
  });
});

describe("explainOeeChange", () => {
  const figures = (availability: number, performance: number, quality: number) => ({
    availability,
    performance,
    quality,
    oee: availability * performance * quality,
  });

  it("splits a change so that its parts add up, with nothing for what did not change", () => {
    const change = explainOeeChange(figures(0.9, 0.8, 0.99), figures(0.7, 0.8, 0.97));
    expect(change?.total).toBeCloseTo(0.7 * 0.8 * 0.97 - 0.9 * 0.8 * 0.99, 12);
    expect((change?.availability ?? 0) + (change?.performance ?? 0) + (change?.quality ?? 0)).toBeCloseTo(
      change?.total ?? 1,
      12,
    );
    expect(change?.performance).toBe(0);
    expect(change?.main).toBe("availability");
    // By hand: Δa · p · mean of the qualities.
    expect(change?.availability).toBeCloseTo(-0.2 * 0.8 * 0.98, 12);
  });

  it("takes a factor of zero, and refuses an unknown one", () => {
    const change = explainOeeChange(figures(0, 0.8, 0.9), figures(0.5, 0.8, 0.9));
    expect(change?.availability).toBeCloseTo(0.36, 12);
    expect(explainOeeChange({ ...figures(1, 1, 1), performance: null, oee: null }, figures(1, 1, 1))).toBeNull();
  });

  it("names the stop reasons that moved the availability; they add up to its change", () => {
    const reasons = compareReasons(
      {
        busyMinutes: 1000,
        stops: [
          { reason: "setup", minutes: 100 },
          { reason: "jam", minutes: 10 },
        ],
      },
      {
        busyMinutes: 2000,
        stops: [
          { reason: "jam", minutes: 300 },
          { reason: "setup", minutes: 200 },
        ],
      },
    );
    expect(reasons[0]).toMatchObject({ reason: "jam", before: 10, after: 300 });
    expect(reasons[0]?.points).toBeCloseTo(10 / 1000 - 300 / 2000, 12);
    expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(0.89 - 0.75 - 0.28, 12);
  });
});
