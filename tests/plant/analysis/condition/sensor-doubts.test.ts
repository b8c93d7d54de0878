import { describe, expect, it } from "vitest";
import { sensorDoubts } from "../../../../src/plant/analysis/condition/sensor-doubts.ts";

const now = new Date("2026-11-21T01:00:00Z");
const limits = { normalLow: 40, normalHigh: 60, alarmLow: 30, alarmHigh: 70 };

/** One point a minute up to now, with scatter that repeats after many points. */
function series(count: number, valueOf: (index: number) => number) {
  return Array.from({ length: count }, (_, index) => ({
    at: new Date(now.getTime() - (count - 1 - index) * 60_000),
    value: valueOf(index),
  }));
}
const noisy = (index: number): number => 50 + Math.sin(index * 1.7) + 0.5 * Math.sin(index * 4.3);
const kinds = (points: { at: Date; value: number }[], tag = limits) =>
  sensorDoubts(points, tag, now).map((doubt) => doubt.kind);

describe("doubts about a sensor", () => {
  it("finds none in a healthy signal, in a slow drift, nor in a machine that goes on and off", () => {
    expect(kinds(series(300, noisy))).toEqual([]);
    expect(kinds(series(300, (index) => noisy(index) + index / 30))).toEqual([]);
    expect(
      kinds(
        series(300, (index) => (index % 60 < 30 ? 0 : noisy(index))),
        {} as typeof limits,
      ),
    ).toEqual([]);
    expect(kinds(series(300, (index) => noisy(index) + (index > 200 ? 8 : 0)))).toEqual([]);
  });

  it("leaves a value alone that never changed, such as a setpoint", () => {
    expect(kinds(series(300, () => 50))).toEqual([]);
  });

  it("calls a value stuck that has stood longer than ever before, and says since when", () => {
    const [doubt] = sensorDoubts(
      series(300, (index) => (index < 250 ? noisy(index) : 50.123)),
      limits,
      now,
    );
    expect(doubt).toMatchObject({ kind: "stuck", weight: "grave", since: new Date(now.getTime() - 49 * 60_000) });
    expect(doubt?.reason.en).toContain("50.123 for 49 min");
    expect(doubt?.reason.ko).toContain("49분");
  });

  it("calls a signal flat that hardly scatters any more", () => {
    expect(kinds(series(300, (index) => (index < 220 ? noisy(index) : 50 + (noisy(index) - 50) / 500)))).toEqual([
      "flat",
    ]);
  });

  it("finds single spikes, and no spikes in steps", () => {
    expect(kinds(series(300, (index) => (index % 40 === 20 ? 68 : noisy(index))))).toEqual(["spiky"]);
    expect(kinds(series(300, (index) => (index % 40 < 20 ? 68 : 48) + (noisy(index) - 50)))).toEqual([]);
  });

  it("knows a changed unit by level and scatter together", () => {
    const thousand = series(200, (index) => (index < 120 ? 4 + 0.02 * noisy(index) : 1000 * (4 + 0.02 * noisy(index))));
    const [doubt] = sensorDoubts(thousand, {}, now);
    expect(doubt).toMatchObject({ kind: "unit_jump", since: thousand[120]?.at });
    expect(doubt?.reason.en).toContain("×1000");
    const fahrenheit = series(200, (index) => (index < 120 ? noisy(index) : noisy(index) * 1.8 + 32));
    expect(kinds(fahrenheit, {} as typeof limits)).toEqual(["unit_jump"]);
    expect(
      kinds(
        series(200, (index) => noisy(index) + (index < 120 ? 0 : 273.15)),
        {} as typeof limits,
      ),
    ).toEqual(["unit_jump"]);
  });

  it("calls a value impossible that is far beyond every limit", () => {
    expect(kinds(series(30, (index) => (index < 28 ? noisy(index) : -999)))).toContain("out_of_range");
    expect(kinds(series(30, (index) => (index < 28 ? noisy(index) : 75)))).not.toContain("out_of_range");
  });

  it("measures age by the tag's own interval", () => {
    const old = series(60, noisy).map(({ at, value }) => ({ at: new Date(at.getTime() - 10 * 60_000), value }));
    expect(kinds(old)).toEqual(["late"]);
    const hourly = series(60, noisy).map(({ value }, index) => ({
      at: new Date(now.getTime() - 10 * 60_000 - (59 - index) * 3_600_000),
      value,
    }));
    expect(kinds(hourly)).toEqual([]);
  });

  it("tells a clock in the future, and judges the rest without those values", () => {
    const points = [...series(60, noisy), { at: new Date(now.getTime() + 3_600_000), value: 1e9 }];
    const doubts = sensorDoubts(points, limits, now);
    expect(doubts.map((doubt) => doubt.kind)).toEqual(["future"]);
    expect(doubts[0]?.reason.en).toContain("1 h");
  });

  it("bears what is no value at all: NaN, infinite, unsorted, none, two, huge, bad dates", () => {
    expect(sensorDoubts([], limits, now)).toEqual([]);
    expect(kinds(series(2, noisy))).toEqual([]);
    expect(kinds(series(60, (index) => (index % 2 ? NaN : noisy(index)))).filter((one) => one !== "late")).toEqual([
      "not_a_number",
    ]);
    expect(kinds(series(60, () => Infinity))).toEqual(["not_a_number"]);
    expect(kinds(series(200, noisy).toReversed())).toEqual([]);
    expect(
      kinds(
        series(200, (index) => 1e300 * (index % 2 ? 1 : -1)),
        {} as typeof limits,
      ),
    ).toEqual([]);
    expect(kinds([{ at: new Date(NaN), value: 1 }, ...series(60, noisy)])).toEqual([]);
  });
});
