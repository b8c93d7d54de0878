import { describe, expect, test } from "vitest";
import { capability } from "../../../../src/plant/analysis/spc/capability.ts";

const values = [9, 10, 11, 10, 9, 11, 10, 10];
const stable = { sigmaWithin: 0.5, inControl: true };

describe("capability", () => {
  test("takes Cp and Cpk from sigma within, Pp and Ppk from sigma overall", () => {
    const found = capability(values, { lsl: 7, usl: 12, target: null }, stable);
    const overall = Math.sqrt(4 / 7);
    expect(found).toMatchObject({ n: 8, mean: 10, cp: 5 / 3, cpk: 2 / 1.5 });
    expect(found.pp).toBeCloseTo(5 / (6 * overall), 12);
    expect(found.ppk).toBeCloseTo(2 / (3 * overall), 12);
  });

  test("is that of NIST's example: mean 16, sigma 2, limits 8 and 20, target 14", () => {
    // NIST/SEMATECH e-Handbook of Statistical Methods, 6.1.6: Cp 1.0, Cpk 0.6667.
    const found = capability([14, 18], { lsl: 8, usl: 20, target: null }, { sigmaWithin: 2, inControl: true });
    expect(found.cp).toBe(1);
    expect(found.cpk).toBeCloseTo(0.6667, 4);
  });

  test("with one limit has no Cp but a Cpk, negative where the mean is outside", () => {
    expect(capability(values, { lsl: null, usl: 12, target: null }, stable)).toMatchObject({
      cp: null,
      cpk: 2 / 1.5,
      pp: null,
    });
    expect(capability(values, { lsl: 11, usl: null, target: null }, stable)).toMatchObject({ cp: null, cpk: -1 / 1.5 });
  });

  test("says when its figures mean little", () => {
    expect(
      capability(values, { lsl: 7, usl: 12, target: null }, { sigmaWithin: 0.5, inControl: false }).warnings,
    ).toEqual([{ code: "few_values", have: 8, want: 100 }, { code: "not_in_control" }]);
    const flat = capability(Array(120).fill(3), { lsl: 1, usl: 5, target: null }, { sigmaWithin: 0, inControl: true });
    expect(flat).toMatchObject({
      cp: null,
      cpk: null,
      pp: null,
      ppk: null,
      cpm: null,
      warnings: [{ code: "no_variation" }],
    });
  });

  test("refuses to go without limits or values", () => {
    const refused = [
      () => capability(values, { lsl: null, usl: null, target: null }, stable),
      () => capability(values, { lsl: 5, usl: 5, target: null }, stable),
      () => capability([1], { lsl: 0, usl: 5, target: null }, stable),
      () => capability([1, Number.NaN], { lsl: 0, usl: 5, target: null }, stable),
    ];
    for (const call of refused) expect(call).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });

  // qcc 3.0, tests/testthat/test-capability.R: three samples of four, limits 9.9 and 10.1.
  const published = [10, 10.02, 9.98, 10.01, 10.03, 9.99, 10.01, 10, 9.97, 10.04, 10.02, 9.99];
  const sigmaWithin = (0.04 + 0.04 + 0.07) / 3 / 2.059;
  const near = (value: number | null | undefined, expected: number) =>
    expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-4 * Math.abs(expected));

  test("has the published indices and intervals", () => {
    const found = capability(published, { lsl: 9.9, usl: 10.1, target: null }, { sigmaWithin, inControl: true });
    const expected: Record<"cp" | "cpk" | "pp" | "ppk", [number, number, number]> = {
      cp: [1.372667, 0.80846, 1.937713],
      cpk: [1.304033, 0.727408, 1.880659],
      pp: [1.612598, 0.949773, 2.27641],
      ppk: [1.531968, 0.864608, 2.199329],
    };
    for (const name of ["cp", "cpk", "pp", "ppk"] as const) {
      const [value, low, high] = expected[name];
      near(found[name], value);
      near(found.intervals[name]?.[0], low);
      near(found.intervals[name]?.[1], high);
    }
    near(found.cpl, 1.4413);
    near(found.cpu, 1.304033);
    near(found.cpm, 1.344463);
    near(found.ppm, 1.567395);
    expect(found).toMatchObject({ target: 10, targetGiven: false });
  });

  test("measures Cpm from the target, with the interval of Boyles", () => {
    const found = capability(published, { lsl: 9.9, usl: 10.1, target: 10.02 }, { sigmaWithin, inControl: true });
    near(found.cpm, 1.167834);
    near(found.ppm, 1.305161);
    // Degrees n(1+δ²)²/(1+2δ²) = 12.99086; χ² by scipy.stats.chi2.
    near(found.intervals.cpm?.[0], 0.724743);
    near(found.intervals.cpm?.[1], 1.611061);
  });

  test("counts what is outside the limits and says what a normal distribution would have there", () => {
    const found = capability(
      [-2, -1, 0, 1, 2],
      { lsl: -1.5, usl: null, target: null },
      { sigmaWithin: 1, inControl: true },
    );
    expect(found.outside.observed).toBe(0.2);
    near(found.outside.expected, 0.0668072);
  });
});
