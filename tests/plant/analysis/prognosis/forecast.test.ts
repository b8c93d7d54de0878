import { describe, expect, it } from "vitest";
import { forecastLimitCrossing } from "../../../../src/plant/analysis/prognosis/forecast.ts";
import { randomNumbers } from "../random.ts";

const hour = 3_600_000;
const start = Date.parse("2026-10-01T00:00:00Z");
const series = (count: number, valueOf: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => ({ at: new Date(start + index * hour), value: valueOf(index) }));
const high = (value: number) => ({ value, side: "high" as const });

describe("when a signal will reach its limit", () => {
  const { normal } = randomNumbers(3);

  it("gives the hours and an interval around them for a steady rise", () => {
    const found = forecastLimitCrossing(
      series(500, (i) => 10 + 0.02 * i + 0.5 * normal()),
      high(25),
    );
    expect(found.verdict).toBe("forecast");
    // The truth: 0.02 an hour from 10 reaches 25 after 750 hours, 251 after the last point.
    expect(Math.abs((found.hours?.expected ?? 0) - 251)).toBeLessThan(10);
    expect(found.hours?.earliest).toBeLessThan(251);
    expect(found.hours?.latest).toBeGreaterThan(251);
    expect(found.stretch).toMatchObject({ count: 500, begins: "start" });
  });

  it("has the truth within its interval about as often as it says, even where neighbours are alike", () => {
    let [given, inside] = [0, 0];
    for (let trial = 0; trial < 150; trial++) {
      let drift = 0;
      const points = series(300, (i) => 10 + 0.02 * i + (drift = 0.5 * drift + 0.5 * normal()));
      const { verdict, hours } = forecastLimitCrossing(points, high(19));
      if (verdict !== "forecast" || !hours) continue;
      given++;
      if (hours.earliest <= 151 && (hours.latest ?? Infinity) >= 151) inside++;
    }
    expect(given).toBeGreaterThan(140);
    expect(inside / given).toBeGreaterThan(0.88);
  });

  it("counts a saw-tooth from its last reset, and knows how long earlier teeth took", () => {
    const found = forecastLimitCrossing(
      series(720, (i) => 1 + (i % 200) / 100 + 0.05 * normal()),
      high(3.5),
    );
    expect(found).toMatchObject({
      verdict: "forecast",
      stretch: { begins: "reset", count: 120 },
      earlierTeeth: { count: 2, medianHours: 200 },
    });
    // 2.19 at the end, 0.01 an hour.
    expect(Math.abs((found.hours?.expected ?? 0) - 131)).toBeLessThan(8);
  });

  it("works downwards too", () => {
    const found = forecastLimitCrossing(
      series(720, (i) => 100 - (i % 200) / 10 + 0.5 * normal()),
      { value: 70, side: "low" },
    );
    expect(found).toMatchObject({ verdict: "forecast", stretch: { begins: "reset", count: 120 } });
    expect(Math.abs((found.hours?.expected ?? 0) - 181)).toBeLessThan(12);
  });

  it("takes a gap in the readings for no step", () => {
    const points = series(400, (i) => 10 + 0.02 * i + 0.02 * normal()).filter((_, i) => i < 300 || i > 340);
    expect(forecastLimitCrossing(points, high(20))).toMatchObject({
      verdict: "forecast",
      stretch: { begins: "start", count: 359 },
    });
  });

  it("begins at a known renewal even where the signal hardly shows it", () => {
    const found = forecastLimitCrossing(
      series(300, (i) => (i < 200 ? 10 + 0.01 * i : 11.6 + 0.02 * (i - 200)) + 0.05 * normal()),
      high(20),
      { resets: [new Date(start + 200 * hour)], horizonFactor: 10 },
    );
    expect(found.stretch).toMatchObject({ begins: "reset", from: new Date(start + 200 * hour), count: 100 });
  });

  it("refuses, with the reason", () => {
    const refusals = (valueOf: (i: number) => number, limit = high(25)) => {
      const found = forecastLimitCrossing(series(500, valueOf), limit);
      expect(found.verdict).toBe("refused");
      return found.refusals;
    };
    expect(refusals(() => 10 + 0.5 * normal())).toEqual(["no_trend"]);
    expect(refusals((i) => 10 - 0.02 * i + 0.5 * normal())).toEqual(["wrong_way"]);
    expect(refusals((i) => 10 + 0.004 * i + 0.5 * normal())).toEqual(["too_far"]);
    expect(refusals((i) => 20 + 4 * Math.sin((i / 24) * 2 * Math.PI) + 0.3 * normal())).toEqual(["no_trend"]);
    // Slow waves: the present rise is clear, but such rises have always turned back.
    const waves = series(515, (i) => 20 + 4 * Math.asin(Math.sin((i / 160) * 2 * Math.PI)) + 0.2 * normal());
    expect(forecastLimitCrossing(waves, high(40))).toMatchObject({ verdict: "refused", refusals: ["turns_back"] });
    expect(
      forecastLimitCrossing(
        series(500, (i) => i),
        null,
      ).refusals,
    ).toEqual(["no_limit"]);
    expect(
      forecastLimitCrossing(
        series(500, (i) => i),
        high(NaN),
      ).refusals,
    ).toEqual(["no_limit"]);
    expect(
      forecastLimitCrossing(
        series(5, (i) => i),
        high(25),
      ).refusals,
    ).toEqual(["too_few_points"]);
  });

  it("hardly ever foretells from noise that wanders", () => {
    const trials = Array.from({ length: 100 }, () => {
      let level = 0;
      return forecastLimitCrossing(
        series(300, () => (level = 0.8 * level + normal())),
        high(8),
      ).verdict;
    });
    expect(trials.filter((verdict) => verdict === "forecast").length).toBeLessThan(6);
  });

  it("says that the limit is passed already", () => {
    expect(
      forecastLimitCrossing(
        series(500, (i) => 10 + 0.04 * i),
        high(25),
      ),
    ).toMatchObject({
      verdict: "passed",
      refusals: [],
      hours: null,
    });
  });

  it("takes points in any order and leaves out what is no value", () => {
    const points = series(200, (i) => (i % 7 === 0 ? NaN : 10 + 0.02 * i + 0.1 * Math.sin(i * 1.7)));
    const found = forecastLimitCrossing(points.toReversed(), high(17));
    expect(found.verdict).toBe("forecast");
    expect(found.stretch?.count).toBe(171);
    expect(Math.abs((found.hours?.expected ?? 0) - 151)).toBeLessThan(5);
  });

  it("bears nothing, one instant, constants and huge values", () => {
    expect(forecastLimitCrossing([], high(1)).refusals).toEqual(["too_few_points"]);
    const instant = Array.from({ length: 20 }, (_, i) => ({ at: new Date(start), value: i }));
    expect(forecastLimitCrossing(instant, high(100)).refusals).toEqual(["too_few_points"]);
    expect(
      forecastLimitCrossing(
        series(100, () => 5),
        high(10),
      ).refusals,
    ).toEqual(["no_trend"]);
    expect(
      forecastLimitCrossing(
        series(100, (i) => 1e200 * (i % 2)),
        high(1e250),
      ).verdict,
    ).toBe("refused");
  });
});
