import { describe, expect, it } from "vitest";
import { reviewAlarmLimit } from "../../../../src/plant/analysis/prognosis/alarm-limit.ts";
import { randomNumbers } from "../random.ts";

const hour = 3_600_000;
const start = Date.parse("2026-09-01T00:00:00Z");
const at = (hours: number) => new Date(start + hours * hour);
/** Sixty days, four points an hour. */
const series = (valueOf: (hours: number) => number) =>
  Array.from({ length: 60 * 96 }, (_, index) => ({ at: at(index / 4), value: valueOf(index / 4) }));
const failures = [at(400), at(900), at(1300)];
/** Runs high in the six hours before each failure. */
const nearFailure = (hours: number) => [400, 900, 1300].some((one) => hours < one && hours > one - 6);

describe("review of an alarm limit", () => {
  const { normal } = randomNumbers(31);
  const points = series((hours) => 50 + normal() + (nearFailure(hours) ? 20 : 0));

  it("raises a limit that lies within the healthy scatter, with the record of both", () => {
    const found = reviewAlarmLimit(points, { side: "high", current: 52, failures });
    expect(found.verdict).toBe("raise");
    expect(found.proposed?.value).toBeGreaterThan(53);
    expect(found.proposed?.value).toBeLessThan(56);
    expect(found.current).toMatchObject({ value: 52, missed: 0 });
    expect(found.current?.falseAlarms).toBeGreaterThan(50);
    expect(found.proposed).toMatchObject({ justified: 3, missed: 0 });
    expect(found.proposed?.falseAlarms).toBeLessThan(3);
    expect(found.healthy?.center).toBeCloseTo(50, 1);
    expect(found.healthy?.sigma).toBeCloseTo(1, 1);
  });

  it("lowers a limit that missed failures", () => {
    const found = reviewAlarmLimit(points, { side: "high", current: 90, failures });
    expect(found).toMatchObject({
      verdict: "lower",
      current: { alarms: 0, missed: 3 },
      proposed: { justified: 3, missed: 0 },
    });
  });

  it("works for a lower limit too", () => {
    const low = series((hours) => 50 + normal() - (nearFailure(hours) ? 20 : 0));
    const found = reviewAlarmLimit(low, { side: "low", current: 20, failures });
    expect(found).toMatchObject({ verdict: "raise", current: { missed: 3 }, proposed: { missed: 0 } });
    expect(found.proposed?.value).toBeLessThan(46.5);
  });

  it("keeps a limit that does its work", () => {
    expect(reviewAlarmLimit(points, { side: "high", current: 60, failures })).toMatchObject({
      verdict: "keep",
      current: { justified: 3, falseAlarms: 0, missed: 0 },
    });
  });

  it("proposes nothing that would miss a failure which the present limit announced", () => {
    const faint = series((hours) => 50 + normal() + (nearFailure(hours) ? 2.2 : 0));
    const found = reviewAlarmLimit(faint, { side: "high", current: 52, failures, asked: 60 });
    expect(found.verdict).toBe("keep");
    expect(found.reasons).toContain("would_miss");
    expect(found.proposed).toMatchObject({ value: 60, missed: 3 });
  });

  it("goes by what came after a lasting change of level, and says so", () => {
    const shifted = series((hours) => (hours < 700 ? 40 : 50) + normal());
    const found = reviewAlarmLimit(shifted, { side: "high", current: 44, failures: [] });
    expect(found.verdict).toBe("raise");
    expect(found.reasons).toEqual(["no_failures", "level_shifted"]);
    expect(found.healthy?.center).toBeCloseTo(50, 1);
  });

  it("sets a limit where there is none", () => {
    expect(reviewAlarmLimit(points, { side: "high", current: null, failures })).toMatchObject({
      verdict: "set",
      reasons: ["no_limit"],
      current: null,
    });
  });

  it("raises nothing while the readings are off their normal, and judges no alarm that is younger than a day", () => {
    const failing = series((hours) => 50 + normal() + (hours > 1410 ? 0.5 * (hours - 1410) : 0));
    const found = reviewAlarmLimit(failing, { side: "high", current: 55, failures: [] });
    expect(found.verdict).toBe("keep");
    expect(found.reasons).toContain("off_now");
    expect(found.current?.pending).toBeGreaterThan(0);
    expect(found.current?.falseAlarms).toBeLessThan(found.current?.alarms ?? 0);
  });

  it("counts one alarm for a value that flutters about the limit", () => {
    const fluttering = series((hours) =>
      hours > 500 && hours < 510 ? (Math.round(hours * 4) % 2 ? 61 : 59) : 50 + normal(),
    );
    expect(reviewAlarmLimit(fluttering, { side: "high", current: 60, failures: [] }).current).toMatchObject({
      alarms: 1,
      falseAlarms: 1,
    });
  });

  it("an alarm that stood for days until the failure is no false one", () => {
    const rising = series((hours) => (hours > 500 && hours < 600 ? 65 : 50) + normal());
    const failure = new Date((rising[0] as { at: Date }).at.getTime() + 598 * 3_600_000);
    expect(reviewAlarmLimit(rising, { side: "high", current: 60, failures: [failure] }).current).toMatchObject({
      ...{ alarms: 1, justified: 1, falseAlarms: 0, missed: 0 },
    });
  });

  it("refuses few readings and a short history", () => {
    const short = points.slice(0, 300);
    expect(reviewAlarmLimit(short, { side: "high", current: 52, failures: [] })).toMatchObject({
      verdict: "refused",
      reasons: ["short_history", "no_failures"],
      proposed: null,
    });
    expect(reviewAlarmLimit([], { side: "high", current: 52, failures })).toMatchObject({
      verdict: "refused",
      reasons: ["few_readings", "no_failures"],
    });
    expect(
      reviewAlarmLimit(
        series(() => 50),
        { side: "high", current: 52, failures: [] },
      ).verdict,
    ).toBe("keep");
  });
});
