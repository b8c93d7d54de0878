import { describe, expect, it } from "vitest";
import { explainByLimits, type MachineRule } from "../../../../src/plant/analysis/condition/explain-by-limits.ts";

const rules: MachineRule[] = [
  {
    cause: "overheated",
    when: [
      { quantity: { difference: ["oil", "room"] }, above: 40, unit: "K" },
      { quantity: "fan", below: 800 },
    ],
  },
  { cause: "overload", when: [{ quantity: { power: { torque: "torque", speed: "speed" } }, above: 5000, below: 100 }] },
  { cause: "worn", when: [{ quantity: { product: ["minutes", "torque"] }, above: { small: 900, large: 1200 } }] },
];
const fine = { oil: 50, room: 20, fan: 1000, torque: 10, speed: 1500, minutes: 50 };
const holding = (readings: Record<string, number | null>, variant: string | null = "small") =>
  explainByLimits(readings, rules, variant)
    .filter((one) => one.holds === true)
    .map((one) => one.cause);

describe("causes by a machine's documented limits", () => {
  it("names none while every reading is within", () => {
    expect(holding(fine)).toEqual([]);
  });

  it("needs all conditions of a rule", () => {
    expect(holding({ ...fine, oil: 70 })).toEqual([]);
    expect(holding({ ...fine, oil: 70, fan: 700 })).toEqual(["overheated"]);
  });

  it("takes a value on the limit as within", () => {
    expect(holding({ ...fine, oil: 60, fan: 700 })).toEqual([]);
  });

  it("computes power as torque times angular speed, and knows both sides of a band", () => {
    const [, overload] = explainByLimits({ ...fine, torque: 40 }, rules, "small");
    expect(overload?.conditions[0]).toMatchObject({
      value: expect.closeTo(40 * 1500 * (Math.PI / 30), 6),
      passed: { limit: 5000, side: "above" },
    });
    expect(explainByLimits({ ...fine, torque: 0.1 }, rules, "small")[1]).toMatchObject({
      holds: true,
      conditions: [{ passed: { limit: 100, side: "below" } }],
    });
  });

  it("takes the limit of the variant, and names several causes at once", () => {
    expect(holding({ ...fine, minutes: 100 }, "small")).toEqual(["worn"]);
    expect(holding({ ...fine, minutes: 100 }, "large")).toEqual([]);
    expect(holding({ ...fine, minutes: 100, torque: 40 }, "large")).toEqual(["overload", "worn"]);
  });

  it("says unknown, and what is missing, rather than guess", () => {
    const [overheated, overload, worn] = explainByLimits({ oil: 70, torque: NaN, minutes: 10 }, rules, "huge");
    expect(overheated).toMatchObject({ holds: "unknown", missing: ["room", "fan"] });
    expect(overload).toMatchObject({ holds: "unknown", missing: ["torque", "speed"] });
    expect(worn).toMatchObject({ holds: "unknown", missing: ["torque", "limit of huge"] });
    expect(explainByLimits(fine, rules)[2]).toMatchObject({ holds: "unknown", missing: ["variant"] });
    expect(explainByLimits({ fan: 900 }, rules)[0]?.holds).toBe(false);
    expect(
      explainByLimits({ toString: 1 }, [{ cause: "x", when: [{ quantity: "valueOf", above: 0 }] }])[0]?.holds,
    ).toBe("unknown");
    expect(explainByLimits(fine, [{ cause: "x", when: [] }])[0]?.holds).toBe("unknown");
  });

  it("nests quantities", () => {
    const nested: MachineRule = {
      cause: "spread",
      when: [{ quantity: { ratio: [{ absolute: { difference: ["a", "b"] } }, { sum: ["a", "b"] }] }, above: 0.1 }],
    };
    expect(explainByLimits({ a: 9, b: 12 }, [nested])[0]?.conditions[0]?.value).toBeCloseTo(3 / 21, 12);
  });
});
