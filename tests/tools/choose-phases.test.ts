import { expect, it } from "vitest";
import { choosePhases } from "../../src/tools/control/choose-phases.ts";
import { openPlant } from "./plant.ts";

const points = Array.from({ length: 1_600 }, (_, index) => ({
  ...{ name: `S${index + 1}`, lot: null },
  at: new Date(Date.UTC(2025, 11, 1, index)),
}));
const { context } = openPlant({ language: "en" });
const inLimits = (phase_one: string | number) =>
  choosePhases(points, { phase_one }, context).use.filter((use) => use === "limits").length;

it("a number says how many first points make the limits, more than a thousand too; a year is a year", () => {
  expect([25, "30", 1_200].map(inLimits)).toEqual([25, 30, 1_200]);
  // December by the plant's clock, which is nine hours ahead.
  expect(inLimits(2025)).toBe(31 * 24 - 9);
});
