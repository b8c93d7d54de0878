import { describe, expect, test } from "vitest";
import { autocorrelation } from "../../../../src/plant/analysis/spc/autocorrelation.ts";
import { andersonDarling } from "../../../../src/plant/analysis/spc/normality.ts";
import { overdispersion } from "../../../../src/plant/analysis/spc/overdispersion.ts";

describe("the Anderson–Darling test", () => {
  // statsmodels, stats/tests/test_statstools.py, compared there with the R package fBasics.
  const x = [
    -0.1184, -1.3403, 0.0063, -0.612, -0.3869, -0.2313, -2.8485, -0.2167, 0.4153, 1.8492, -0.3706, 0.9726, -0.1501,
    -0.0337, -1.4423, 1.2489, 0.9182, -0.2331, -0.6182, 0.183,
  ];
  const cases: [string, number[], number, number][] = [
    ["as it is", x, 0.5867235358882148, 0.1115380760041617],
    ["squared", x.map((one) => one ** 2), 2.976266267594575, 8.753003709960645e-8],
    ["log of squares", x.map((one) => Math.log(one ** 2)), 0.4892557856308528, 0.1968040759316307],
    ["e to minus squares", x.map((one) => Math.exp(-(one ** 2))), 1.459901465428267, 0.0006380009232897535],
  ];
  test.each(cases)("has the published A² and p: %s", (_, values, a2, p) => {
    const found = andersonDarling(values);
    expect(found?.a2).toBeCloseTo(a2, 9);
    expect((found?.p ?? 0) / p).toBeCloseTo(1, 6);
  });

  test("finds a near-perfect normal sample normal, and says nothing of too few or equal values", () => {
    const scores = [-1.645, -1.036, -0.674, -0.385, -0.126, 0.126, 0.385, 0.674, 1.036, 1.645];
    expect(andersonDarling(scores)?.p).toBeGreaterThan(0.95);
    expect(andersonDarling(scores.slice(0, 7))).toBeNull();
    expect(andersonDarling(Array(20).fill(3))).toBeNull();
    expect(andersonDarling([...Array(60).fill(0), 1e9])?.p).toBe(0);
  });
});

test("autocorrelation is that of neighbours, with its bound", () => {
  const rising = autocorrelation([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(rising?.r1).toBeCloseTo(0.7, 12); // (n−3)/n of a straight line of ten
  expect(rising?.bound).toBeCloseTo(0.6198, 4);
  expect(autocorrelation([1, -1, 1, -1, 1, -1, 1, -1])?.r1).toBeCloseTo(-7 / 8, 12);
  expect(autocorrelation(Array(20).fill(1))).toBeNull();
  expect(autocorrelation([1, 2, 3])).toBeNull();
});

describe("overdispersion", () => {
  // Wetherill & Brown (1991), 212–218; results of qcc and mistat.
  test("has the published result of a binomial set", () => {
    const counts = [
      12, 11, 18, 11, 10, 16, 9, 11, 14, 15, 11, 9, 10, 13, 12, 8, 12, 13, 10, 12, 13, 16, 12, 18, 16, 10, 16, 10, 12,
      14,
    ];
    const found = overdispersion(
      counts.map((count) => ({ count, size: 50 })),
      "p",
    );
    expect(found?.ratio).toBeCloseTo(0.7644566, 6);
    expect(found?.statistic).toBeCloseTo(22.16924, 4);
    expect(found?.p).toBeCloseTo(0.8131149, 6);
  });

  test("has the published result of a Poisson set", () => {
    const counts = [
      11, 8, 13, 11, 13, 17, 25, 23, 11, 16, 9, 15, 10, 16, 12, 8, 9, 15, 4, 12, 12, 12, 15, 17, 14, 17, 12, 12, 7, 16,
    ];
    const found = overdispersion(
      counts.map((count) => ({ count, size: 1 })),
      "c",
    );
    expect(found?.ratio).toBeCloseTo(1.472203, 6);
    expect(found?.statistic).toBeCloseTo(42.69388, 4);
    expect(found?.p).toBeCloseTo(0.048579, 6);
  });

  test("is not asked of few samples or of no counts", () => {
    expect(
      overdispersion(
        Array.from({ length: 7 }, () => ({ count: 1, size: 9 })),
        "u",
      ),
    ).toBeNull();
    expect(
      overdispersion(
        Array.from({ length: 9 }, () => ({ count: 0, size: 9 })),
        "p",
      ),
    ).toBeNull();
  });
});
