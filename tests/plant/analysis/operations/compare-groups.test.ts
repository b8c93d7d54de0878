import { describe, expect, it } from "vitest";
import { compareGroups, type GroupItem } from "../../../../src/plant/analysis/operations/compare-groups.ts";
import { randomNumbers } from "../random.ts";
import { isBadStatus, isFailure } from "../../../../src/plant/analysis/operations/lot-quality.ts";

const item = (index: number, bad: boolean, rest: Partial<GroupItem> = {}): GroupItem => ({
  id: `L${index}`,
  bad,
  stratum: "",
  numbers: {},
  categories: {},
  ...rest,
});

describe("compareGroups", () => {
  it("finds the one value and the one material lot that differ among many that don't", () => {
    const random = randomNumbers(11).uniform;
    const items = Array.from({ length: 40 }, (_, index) => {
      const bad = index % 5 === 0;
      const numbers = Object.fromEntries(Array.from({ length: 10 }, (__, of) => [`n${of}`, random()]));
      return item(index, bad, {
        numbers: { ...numbers, temperature: random() + (bad ? 3 : 0) },
        categories: { input: [bad ? "LOT-X" : `LOT-${index % 3}`], machine: [`M${index % 2}`] },
      });
    });
    const { differences, refusal, compared } = compareGroups(items);
    expect(refusal).toBeNull();
    const sure = differences.filter(({ adjusted }) => adjusted <= 0.05);
    expect(sure.map(({ key }) => key).sort()).toEqual(["input", "temperature"]);
    expect(sure.find(({ key }) => key === "temperature")).toMatchObject({ kind: "number", effect: 1 });
    expect(sure.find(({ key }) => key === "input")).toMatchObject({
      value: "LOT-X",
      bad: { n: 8, of: 8 },
      good: { n: 0, of: 32 },
    });
    expect(compared).toBe(differences.length);
  });

  it("does not take the difference between two products for one between good and bad", () => {
    // Product B runs hotter and is bad more often; within a product, bad lots are as hot as good ones.
    const random = randomNumbers(5).uniform;
    const items = Array.from({ length: 60 }, (_, index) => {
      const b = index % 2 === 0;
      const bad = b ? index % 6 !== 0 : index % 10 === 1;
      return item(index, bad, { stratum: b ? "B" : "A", numbers: { heat: random() + (b ? 50 : 0) } });
    });
    const heat = compareGroups(items).differences.find(({ key }) => key === "heat");
    expect(heat?.p).toBeGreaterThan(0.1);
    expect(compareGroups(items.map((one) => ({ ...one, stratum: "" }))).differences[0]?.p).toBeLessThan(0.03);
  });

  it("refuses too few lots of either kind", () => {
    const few = (bad: number, good: number) =>
      compareGroups(
        Array.from({ length: bad + good }, (_, index) => item(index, index < bad, { numbers: { x: index } })),
      );
    expect(few(2, 50)).toMatchObject({ refusal: "few-bad", differences: [] });
    expect(few(10, 4)).toMatchObject({ refusal: "few-good", differences: [] });
    expect(few(3, 5).refusal).toBeNull();
    expect(compareGroups([]).refusal).toBe("few-bad");
  });

  it("finds hardly anything in pure chance, however much is compared", () => {
    const random = randomNumbers(7).uniform;
    const items = Array.from({ length: 60 }, (_, index) =>
      item(index, index % 4 === 0, {
        numbers: Object.fromEntries(Array.from({ length: 200 }, (__, of) => [`n${of}`, random()])),
      }),
    );
    const { differences } = compareGroups(items);
    expect(differences.filter(({ adjusted }) => adjusted <= 0.05).length).toBeLessThanOrEqual(1);
    expect(differences.filter(({ p }) => p <= 0.05).length).toBeGreaterThan(2);
  });
});

describe("the words of a lot's quality", () => {
  it("knows failures and bad statuses in both languages", () => {
    for (const word of ["fail", "NG", "불합격", "Reject"]) expect(isFailure(word)).toBe(true);
    for (const word of ["pass", "합격", "OK", null, ""]) expect(isFailure(word)).toBe(false);
    for (const word of ["on hold", "보류", "quarantined", "sorted", "nonconforming"])
      expect(isBadStatus(word)).toBe(true);
    expect(isBadStatus("in process - hold")).toBe(true);
    for (const word of ["released", "출하", "released from hold", "no defects", "unblocked", "sorted ok", "보류 해제"])
      expect(isBadStatus(word), word).toBe(false);
    for (const word of ["불합격", "not ok, sorted"]) expect(isBadStatus(word), word).toBe(true);
    for (const word of ["released", "출하"]) expect(isBadStatus(word)).toBe(false);
    for (const word of ["in process", "", null]) expect(isBadStatus(word)).toBeNull();
  });
});
