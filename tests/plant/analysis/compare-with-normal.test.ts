import { describe, expect, test } from "vitest";
import { compareWithNormal, type Point } from "../../../src/plant/analysis/compare-with-normal.ts";

const start = Date.parse("2026-03-01T00:00:00Z");

/** One point every ten minutes. */
function series(n: number, valueOf: (index: number) => number): Point[] {
  return Array.from({ length: n }, (_, index) => ({ at: new Date(start + index * 600_000), value: valueOf(index) }));
}

// Median 10, MAD 1: robust sigma 1.4826.
const wave = (index: number) => 10 + ([-2, -1, 0, 1, 2][index % 5] ?? 0);
const baseline = series(100, wave);

describe("comparing recent values with normal running", () => {
  test("finds nothing in more of the same", () => {
    const { verdict, deviation, warnings, trend } = compareWithNormal(baseline, series(30, wave));
    expect({ verdict, deviation, warnings }).toEqual({ verdict: "normal", deviation: 0, warnings: [] });
    expect(trend?.clear).toBe(false);
  });

  test("measures the shift in robust sigmas: watch from 2, abnormal from 3.5", () => {
    const shifted = (by: number) =>
      compareWithNormal(
        baseline,
        series(30, (index) => wave(index) + by),
      );
    expect(shifted(3)).toMatchObject({ verdict: "watch", deviation: expect.closeTo(3 / 1.4826, 6) });
    expect(shifted(2.9).verdict).toBe("normal");
    expect(shifted(-5.2).verdict).toBe("abnormal");
    expect(shifted(5.1).verdict).toBe("watch");
  });

  test("a few wild values on either side don't decide", () => {
    const wild = (index: number) => (index % 10 === 0 ? 1e6 : wave(index));
    expect(compareWithNormal(series(100, wild), series(30, wild))).toMatchObject({ verdict: "normal" });
  });

  test("a value beyond the alarm limit is an alarm, whatever is usual", () => {
    const hot = [...series(30, wave), { at: new Date(start + 30 * 600_000), value: 13 }];
    expect(compareWithNormal(baseline, hot, { alarmHigh: 12.5 }).verdict).toBe("alarm");
    expect(
      compareWithNormal(
        series(100, () => 13),
        series(30, () => 13),
        { alarmLow: 14 },
      ).verdict,
    ).toBe("alarm");
  });

  test("a usual value outside the normal range is watched", () => {
    expect(compareWithNormal(baseline, series(30, wave), { normalLow: 11, normalHigh: 20 }).verdict).toBe("watch");
    expect(compareWithNormal(baseline, series(30, wave), { normalLow: 5, normalHigh: 20 }).verdict).toBe("normal");
  });

  test("gives the trend per hour and the hours to the alarm", () => {
    // 0.01 every ten minutes: 0.06 an hour; the line ends at 10.29.
    const rising = series(30, (index) => 10 + index * 0.01);
    const found = compareWithNormal(baseline, rising, { alarmHigh: 11.29 });
    expect(found.trend).toMatchObject({
      perHour: expect.closeTo(0.06, 9),
      level: expect.closeTo(10.29, 9),
      clear: true,
    });
    expect(found.hoursToAlarm).toBeCloseTo(1 / 0.06, 6);
    expect(found.verdict).toBe("watch");
    expect(compareWithNormal(baseline, rising, { alarmHigh: 20 }).verdict).toBe("normal");
    expect(compareWithNormal(baseline, rising, { alarmLow: 5 }).hoursToAlarm).toBeNull();
  });

  test("takes the trend by the hour even where points are many and uneven", () => {
    const uneven = Array.from({ length: 2_000 }, (_, index) => ({
      at: new Date(start + index * index * 10),
      value: 5 - (index * index * 10) / 3_600_000,
    }));
    expect(compareWithNormal(baseline, uneven).trend?.perHour).toBeCloseTo(-1, 6);
  });

  test("where over half of the baseline is alike, its outliers still give a scale", () => {
    const mostlyFlat = series(100, (index) => (index % 4 === 0 ? 11 : 10));
    const { baseline: base, verdict } = compareWithNormal(
      mostlyFlat,
      series(30, () => 10),
    );
    expect(base.sigma).toBeGreaterThan(0);
    expect(verdict).toBe("normal");
  });

  test("a baseline that never varied makes any other value abnormal, without a deviation", () => {
    const flat = series(50, () => 4);
    expect(
      compareWithNormal(
        flat,
        series(10, () => 4),
      ),
    ).toMatchObject({ verdict: "normal", deviation: null, warnings: ["baseline_never_varied"] });
    expect(
      compareWithNormal(
        flat,
        series(10, () => 4.1),
      ),
    ).toMatchObject({ verdict: "abnormal", deviation: null });
  });

  test("says unknown, not normal, where there is nothing to judge by", () => {
    expect(compareWithNormal(baseline, [])).toMatchObject({
      verdict: "unknown",
      recent: { count: 0, center: null, last: null },
      trend: null,
    });
    expect(compareWithNormal([], series(10, wave))).toMatchObject({ verdict: "unknown", deviation: null });
    expect(compareWithNormal([], series(10, wave), { normalHigh: 20 }).verdict).toBe("normal");
    expect(compareWithNormal(series(5, wave), series(2, wave)).warnings).toEqual([
      "few_baseline_points",
      "few_recent_points",
    ]);
  });

  test("leaves out values that are none", () => {
    const holes = series(60, (index) => (index % 2 ? Number.NaN : wave(index / 2)));
    const found = compareWithNormal(holes, holes);
    expect(found).toMatchObject({ verdict: "normal", deviation: 0, baseline: { count: 30 }, recent: { count: 30 } });
  });
});
