import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/core/evidence.ts";
import { controlPlotsOf } from "../../src/web/evidence/control-view.ts";

const evidence = (data: unknown): Evidence => ({
  id: "E1",
  kind: "chart",
  title: "bore",
  text: "",
  source: { label: "inspections" },
  trust: "record",
  data,
});

const chart = {
  name: "xbar",
  statistics: [1, 2, 9, 2],
  center: 2,
  lcl: 0,
  ucl: [4, 4, 5, 4],
  beyondLimits: [3],
  violatingPoints: [3, 4],
  phaseTwo: { points: [3, 4] },
  spread: { name: "r", statistics: [null, 1, 7, 1], center: 1, lcl: 0, ucl: 3, beyondLimits: [3] },
};

describe("a control chart's evidence", () => {
  it("becomes the main plot and that of the spread, with limits for every point", () => {
    const [main, spread] = controlPlotsOf(evidence(chart));
    expect(main).toEqual({
      title: "X̄",
      points: [1, 2, 9, 2],
      lower: null,
      center: [2, 2, 2, 2],
      lcl: [0, 0, 0, 0],
      ucl: [4, 4, 5, 4],
      marked: [2, 3],
      secondPhaseAt: 2,
    });
    expect(spread).toMatchObject({ title: "R", points: [null, 1, 7, 1], marked: [2] });
  });

  it("draws a CUSUM about 0, both of its sums", () => {
    const cusum = { ...chart, name: "cusum", center: 74, lcl: -5, ucl: 5, lower: [0, -1, 0, 0], spread: null };
    expect(controlPlotsOf(evidence(cusum))).toMatchObject([{ center: [0, 0, 0, 0], lower: [0, -1, 0, 0] }]);
  });

  it("is nothing where the evidence is another chart, or its limits don't fit its points", () => {
    expect(controlPlotsOf(evidence({ tag: { id: "T" }, points: [] }))).toEqual([]);
    expect(controlPlotsOf(evidence({ ...chart, ucl: [4], spread: null }))).toEqual([]);
    expect(controlPlotsOf({ ...evidence(chart), kind: "reading" })).toEqual([]);
  });
});
