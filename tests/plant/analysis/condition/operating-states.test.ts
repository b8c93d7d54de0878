import { describe, expect, it } from "vitest";
import { findStates, stateOf } from "../../../../src/plant/analysis/condition/operating-states.ts";
import { randomNumbers } from "../random.ts";

const { normal } = randomNumbers(11);
const power = (index: number): number =>
  index % 100 < 30 ? 0.2 + 0.02 * normal() : index % 100 < 50 ? 4 + 0.2 * normal() : 11 + 0.8 * normal();

describe("operating states", () => {
  it("finds stopped, idle and running by the power drawn", () => {
    const levels = findStates(Array.from({ length: 1000 }, (_, index) => power(index)))!;
    expect(levels.states).toEqual(["stopped", "idle", "running"]);
    expect([0.2, 4.2, 10].map((value) => stateOf(value, levels))).toEqual(["stopped", "idle", "running"]);
    expect(levels.explained).toBeGreaterThan(0.95);
  });

  it("calls the lower of two levels idle where it is no standstill", () => {
    const levels = findStates(Array.from({ length: 300 }, (_, index) => (index % 3 ? 1500 : 600) + 10 * normal()))!;
    expect(levels.states).toEqual(["idle", "running"]);
    expect(stateOf(700, levels)).toBe("idle");
  });

  it("finds none where the values don't fall apart, are few, or rarely differ", () => {
    expect(findStates(Array.from({ length: 500 }, normal))).toBeNull();
    expect(findStates(Array.from({ length: 500 }, (_, index) => index))).toBeNull();
    expect(findStates(Array.from({ length: 500 }, (_, index) => (index === 7 ? 1e6 : normal())))).toBeNull();
    expect(findStates([0, 0, 0, 10, 10, 10])).toBeNull();
    expect(findStates(Array.from({ length: 100 }, () => 5))).toBeNull();
    expect(findStates(Array.from({ length: 100 }, () => NaN))).toBeNull();
  });
});
