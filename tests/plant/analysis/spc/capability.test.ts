import { describe, expect, test } from "vitest";
import { capability } from "../../../src/plant/analysis/capability.ts";

const values = [9, 10, 11, 10, 9, 11, 10, 10];
const stable = { sigmaWithin: 0.5, inControl: true };

describe("capability", () => {
  test("takes Cp and Cpk from sigma within, Pp and Ppk from sigma overall", () => {
    const found = capability(values, { lsl: 7, usl: 12 }, stable);
    const overall = Math.sqrt(4 / 7);
    expect(found).toMatchObject({ n: 8, mean: 10, cp: 5 / 3, cpk: 2 / 1.5 });
    expect(found.pp).toBeCloseTo(5 / (6 * overall), 12);
    expect(found.ppk).toBeCloseTo(2 / (3 * overall), 12);
  });

  test("is that of NIST's example: mean 16, sigma 2, limits 8 and 20, target 14", () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, 6.1.6: Cp 1.0, Cpk 0.6667.
    const found = capability([14, 18], { lsl: 8, usl: 20 }, { sigmaWithin: 2, inControl: true });
    expect(found.cp).toBe(1);
    expect(found.cpk).toBeCloseTo(0.6667, 4);
  });

  test("with one limit has no Cp but a Cpk, negative where the mean is outside", () => {
    expect(capability(values, { lsl: null, usl: 12 }, stable)).toMatchObject({ cp: null, cpk: 2 / 1.5, pp: null });
    expect(capability(values, { lsl: 11, usl: null }, stable)).toMatchObject({ cp: null, cpk: -1 / 1.5 });
  });

  test("says when its figures mean little", () => {
    expect(capability(values, { lsl: 7, usl: 12 }, { sigmaWithin: 0.5, inControl: false }).warnings).toEqual([
      { code: "few_values", have: 8, want: 100 },
      { code: "not_in_control" },
    ]);
    const flat = capability(Array(120).fill(3), { lsl: 1, usl: 5 }, { sigmaWithin: 0, inControl: true });
    expect(flat).toMatchObject({ cp: null, cpk: null, pp: null, ppk: null, warnings: [{ code: "no_variation" }] });
  });

  test("refuses to go without limits or values", () => {
    const refused = [
      () => capability(values, { lsl: null, usl: null }, stable),
      () => capability(values, { lsl: 5, usl: 5 }, stable),
      () => capability([1], { lsl: 0, usl: 5 }, stable),
      () => capability([1, Number.NaN], { lsl: 0, usl: 5 }, stable),
    ];
    for (const call of refused) expect(call).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});
