import { describe, expect, test } from "vitest";
import { attributeChart } from "../../../../src/plant/analysis/spc/attribute-chart.ts";
import type { ChartOptions, ControlChart, PointUse } from "../../../../src/plant/analysis/spc/control-chart.ts";
import { rulesOf } from "../../../../src/plant/analysis/spc/control-rules.ts";
import { individualsChart, subgroupChart } from "../../../../src/plant/analysis/spc/measured-chart.ts";
import {
  circuitDefects,
  computerDefects,
  dyedCloth,
  leakingCans,
  leakingCansLater,
  pistonRings,
  viscosity,
} from "./published-data.ts";

// Published results: the vignette and tests of the R package qcc 3.0 (L. Scrucca), whose d2 has three decimals. They
// are met to 1e-4 relative, the chart's limits counted from 1.

const near = (value: number | undefined, published: number) =>
  expect(Math.abs((value ?? Number.NaN) - published)).toBeLessThanOrEqual(1e-4 * Math.abs(published));

function options(
  total: number,
  given: { first?: number; without?: number[] } & Partial<ChartOptions> = {},
): ChartOptions {
  const { first = total, without = [], ...rest } = given;
  const use = Array.from({ length: total }, (_, index): PointUse =>
    without.includes(index + 1) ? "left_out" : index < first ? "limits" : "judged",
  );
  return { use, rules: rulesOf("western_electric"), width: 3, constants: "table", ...rest };
}

function meets(chart: ControlChart, [center, sd, lcl, ucl]: [number, number, number, number]): void {
  near(chart.main.center[0], center);
  near(chart.sigma[0], sd);
  near(chart.main.lcl[0], lcl);
  near(chart.main.ucl[0], ucl);
}

const ofFifty = (counts: number[]) => counts.map((count) => ({ count, size: 50 }));
const beyond = (chart: ControlChart) => chart.main.beyond.map((index) => index + 1);

describe("piston rings, 25 samples of five, then 15 more", () => {
  const rings = pistonRings.slice(0, 25);

  test("X̄ and R", () => {
    const chart = subgroupChart(rings, "xbar_r", options(25));
    meets(chart, [74.00118, 0.009785039, 73.98805, 74.0143]);
    near(chart.spread?.center[0], 0.02276);
    expect(chart.spread?.lcl[0]).toBe(0);
    near(chart.spread?.ucl[0], 0.04812533);
    expect(chart).toMatchObject({ inControl: true, warnings: [] });
    meets(subgroupChart(rings, "r", options(25)), [0.02276, 0.009785039, 0, 0.04812533]);
  });

  test("S", () => {
    meets(subgroupChart(rings, "s", options(25)), [0.009240037, 0.009829977, 0, 0.01930242]);
    near(subgroupChart(rings, "xbar_s", options(25)).sigma[0], 0.009829977);
  });

  test("phase II is judged by the limits of phase I", () => {
    const chart = subgroupChart(pistonRings, "xbar_r", options(40, { first: 25 }));
    meets(chart, [74.00118, 0.009785039, 73.98805, 74.0143]);
    expect(beyond(chart)).toEqual([37, 38, 39]);
    expect(chart.inControl).toBe(false);
  });

  test("subgroups of different sizes have limits of their own", () => {
    const uneven = rings.map((group, index) => (index % 2 ? group.slice(0, 3) : group));
    const { main, spread, sigma } = subgroupChart(uneven, "xbar_r", options(25));
    expect((main.ucl[1] ?? 0) - (main.center[1] ?? 0)).toBeCloseTo((3 * (sigma[0] ?? 0)) / Math.sqrt(3), 12);
    expect((main.ucl[0] ?? 0) - (main.center[0] ?? 0)).toBeCloseTo((3 * (sigma[0] ?? 0)) / Math.sqrt(5), 12);
    expect(spread?.ucl[0]).not.toBe(spread?.ucl[1]);
  });

  test("sigma may be pooled, be given, or use exact constants", () => {
    const pooled = subgroupChart(
      [
        [1, 3],
        [2, 6, 4],
      ],
      "xbar_s",
      options(2, { sigma: "pooled" }),
    );
    expect(pooled.sigma[0]).toBeCloseTo(Math.sqrt(10 / 3) / 0.921317731923561, 9);
    const given = subgroupChart(rings, "xbar_r", options(25, { sigma: 0.01, center: 74 }));
    expect(given.main.ucl[0]).toBeCloseTo(74 + 0.03 / Math.sqrt(5), 12);
    expect(given.spread?.center[0]).toBeCloseTo(0.02326, 12);
    const exact = subgroupChart(rings, "xbar_r", options(25, { constants: "exact" })).sigma[0] ?? 0;
    expect(exact).toBeCloseTo(0.02276 / 2.3259289, 9);
  });
});

describe("viscosity of batches", () => {
  const trial = viscosity.slice(0, 20);

  test("by moving ranges", () => {
    const chart = individualsChart(trial, options(20));
    meets(chart, [34.088, 0.5076521, 32.56504, 35.61096]);
    expect(beyond(chart)).toEqual([4]);
    expect(chart.spread?.points[0]).toBeNull();
    expect(chart.spread?.points).toHaveLength(20);
  });

  test("by the standard deviation", () => {
    meets(individualsChart(trial, options(20, { sigma: "sd" })), [34.088, 0.5769854, 32.35704, 35.81896]);
  });

  test("without batch 4, whose neighbours then stand side by side", () => {
    const chart = individualsChart(viscosity, options(viscosity.length, { first: 20, without: [4] }));
    meets(chart, [33.98947, 0.4117415, 32.75425, 35.2247]);
    expect(chart.violations.flatMap(({ indexes }) => indexes)).not.toContain(3);
    expect(chart.spread?.points[3]).toBeNull();
    expect(chart.spread?.points[4]).toBeCloseTo(Math.abs((trial[4] ?? 0) - (trial[2] ?? 0)), 12);
    expect(chart.warnings).toEqual([{ code: "few_points", have: 19, want: 20 }]);
  });
});

test("the flow rates of NIST's e-Handbook, 6.3.2.2, have its limits", () => {
  const flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
  const { main, spread } = individualsChart(flow, options(10));
  near(main.center[0], 50.81);
  near(main.ucl[0], 55.8041);
  near(main.lcl[0], 45.8159);
  near(spread?.center[0], 1.8778);
});

describe("leaking cans, samples of 50", () => {
  const trial = ofFifty(leakingCans.slice(0, 30));

  test("p and np", () => {
    const chart = attributeChart(trial, "p", options(30));
    meets(chart, [0.2313333, 0.05963526, 0.05242755, 0.4102391]);
    expect(beyond(chart)).toEqual([15, 23]);
    meets(attributeChart(trial, "np", options(30)), [11.56667, 2.981763, 2.621377, 20.51196]);
  });

  test("p without samples 15 and 23, then phase II", () => {
    const all = ofFifty(leakingCans);
    const chart = attributeChart(all, "p", options(54, { first: 30, without: [15, 23] }));
    meets(chart, [0.215, 0.05809905, 0.04070284, 0.3892972]);
    expect(beyond(chart)).toEqual([21, 41]);
  });

  test("p after the change, where the lower limit is cut at 0", () => {
    const chart = attributeChart(ofFifty(leakingCansLater), "p", options(64, { first: 24 }));
    meets(chart, [0.1108333, 0.04439579, 0, 0.2440207]);
    expect(beyond(chart)).toEqual([]);
  });

  test("np of unequal samples has a centre and limits for each", () => {
    const chart = attributeChart([...trial, { count: 30, size: 100 }], "np", options(31, { first: 30 }));
    near(chart.main.center[30], 23.13333);
    near(chart.main.ucl[30], 23.13333 + 3 * Math.sqrt(100 * 0.2313333 * 0.7686667));
    near(chart.main.ucl[0], 20.51196);
  });
});

test("purchase orders with errors, weeks of 80 to 120 orders: the eleventh week is beyond its own limit", () => {
  // Montgomery, table 7.4: 234 of 2450 orders.
  const counts = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9];
  const sizes = [
    100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110, 80, 80, 80, 90, 100, 100, 100, 100, 90, 90,
  ];
  const samples = counts.map((count, index) => ({ count, size: sizes[index] ?? 0 }));
  for (const kind of ["p", "np"] as const) expect(beyond(attributeChart(samples, kind, options(25)))).toEqual([11]);
  near(attributeChart(samples, "p", options(25)).center, 234 / 2450);
});

describe("np chart of Kenett & Zacks, samples of 1000", () => {
  test("has the published limits", () => {
    const counts = [
      18, 14, 9, 25, 27, 18, 21, 16, 18, 24, 20, 19, 22, 22, 20, 38, 29, 35, 24, 20, 23, 17, 20, 19, 17, 16, 10, 8, 10,
      9,
    ];
    const chart = attributeChart(
      counts.map((count) => ({ count, size: 1000 })),
      "np",
      options(30),
    );
    meets(chart, [19.6, 4.383588, 6.449237, 32.750763]);
  });
});

describe("defects, of which a unit may have several", () => {
  const boards = circuitDefects.map((count) => ({ count, size: 100 }));

  test("c of circuit boards, whole and without samples 6 and 20", () => {
    const whole = attributeChart(boards.slice(0, 26), "c", options(26));
    meets(whole, [19.84615, 4.454902, 6.481447, 33.21086]);
    expect(beyond(whole)).toEqual([6, 20]);
    const without = attributeChart(boards, "c", options(46, { first: 26, without: [6, 20] }));
    meets(without, [19.66667, 4.434712, 6.362532, 32.9708]);
  });

  test("u of circuit boards and of computers", () => {
    const chart = attributeChart(boards, "u", options(46, { first: 26, without: [6, 20] }));
    meets(chart, [0.1966667, 0.4434712, 0.06362532, 0.329708]);
    expect(chart.violations).toEqual([{ rule: "western_electric_4", indexes: [29] }]);
    const computers = computerDefects.map((count) => ({ count, size: 5 }));
    meets(attributeChart(computers, "u", options(20)), [1.93, 1.389244, 0.06613305, 3.793867]);
  });

  test("u of dyed cloth has limits that follow the inspected length", () => {
    // Montgomery, table 7.9: centre 1.42, limits of rolls of 10, 8 and 13 units.
    const { main } = attributeChart(dyedCloth, "u", options(10));
    const rounded = (all: number[]) => all.slice(0, 3).map((one) => Math.round(one * 100) / 100);
    expect(main.center[0]).toBeCloseTo(1.42, 2);
    expect(rounded(main.ucl)).toEqual([2.56, 2.69, 2.42]);
    expect(rounded(main.lcl)).toEqual([0.29, 0.16, 0.43]);
  });
});

test("points on the centre line are on neither side, whatever its last bits", () => {
  const alike = Array.from({ length: 20 }, () => ({ count: 7, size: 100 }));
  const chart = attributeChart(alike, "np", options(20));
  expect(chart.main.center[0]).not.toBe(7);
  expect(chart.violations).toEqual([]);
});

test("counts that can't be are refused, with the chart that would do", () => {
  const refused: [{ count: number; size: number }[], "p" | "c" | "u"][] = [
    [
      [
        { count: 3, size: 2 },
        { count: 1, size: 2 },
      ],
      "p",
    ],
    [
      [
        { count: 3, size: 2 },
        { count: 1, size: 3 },
      ],
      "c",
    ],
    [
      [
        { count: -1, size: 2 },
        { count: 1, size: 2 },
      ],
      "u",
    ],
    [
      [
        { count: 1, size: 0 },
        { count: 1, size: 2 },
      ],
      "u",
    ],
    [[{ count: 1, size: 2 }], "u"],
  ];
  for (const [samples, kind] of refused)
    expect(() => attributeChart(samples, kind, options(samples.length))).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
});

test("measurements that can't be charted are refused", () => {
  const refused = [
    [],
    [[1, 2]],
    [[1], [2]],
    [
      [1, 2],
      [3, Number.NaN],
    ],
  ];
  for (const groups of refused)
    expect(() => subgroupChart(groups, "xbar_r", options(groups.length))).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
  for (const values of [[], [1], [1, Number.NaN], [1, Infinity]])
    expect(() => individualsChart(values, options(values.length))).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
});

test("sigma comes from neighbours, so that a slow drift doesn't hide itself, and equal values break nothing", () => {
  const drifting = Array.from({ length: 40 }, (_, index) => index + (index % 2));
  expect(individualsChart(drifting, options(40)).violations.map(({ rule }) => rule)).toContain("western_electric_1");
  const flat = individualsChart(Array(19).fill(5), options(19));
  expect(flat.warnings).toEqual([{ code: "few_points", have: 19, want: 20 }, { code: "no_variation" }]);
  expect(flat).toMatchObject({ inControl: true, violations: [] });
});
