import { describe, expect, test } from "vitest";
import { createPlannedTime, type PlannedShift } from "../../../src/plant/site/planned-time.ts";

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const shift = (more: Partial<PlannedShift> = {}): PlannedShift => ({
  machines: null,
  days: everyDay,
  start: "08:00",
  end: "20:00",
  breaks: [],
  ...more,
});
const planned = (shifts: PlannedShift[], timeZone = "Asia/Seoul", holidays: { from: string; to: string }[] = []) =>
  createPlannedTime({ timeZone, shifts, holidays });
const hours = (minutes: number | null) => (minutes === null ? null : minutes / 60);
const seoul = (text: string) => new Date(`${text}+09:00`);

describe("planned busy time", () => {
  test("counts the part of each shift that lies within the span, in the plant's time", () => {
    const time = planned([shift()]);
    expect(hours(time.busyMinutes("M-1", seoul("2026-03-02T00:00"), seoul("2026-03-04T00:00")))).toBe(24);
    expect(hours(time.busyMinutes("M-1", seoul("2026-03-02T10:30"), seoul("2026-03-02T11:00")))).toBe(0.5);
    expect(time.busyMinutes("M-1", seoul("2026-03-02T20:00"), seoul("2026-03-03T08:00"))).toBe(0);
  });

  test("a night shift belongs to the day on which it begins and reaches into the next", () => {
    const time = planned([shift({ start: "20:00", end: "08:00", days: [5] })]);
    // 2026-03-06 is a Friday.
    expect(time.busySpans("M-1", seoul("2026-03-07T00:00"), seoul("2026-03-08T00:00"))).toEqual([
      { from: seoul("2026-03-07T00:00"), to: seoul("2026-03-07T08:00") },
    ]);
    expect(hours(time.busyMinutes("M-1", seoul("2026-03-02T00:00"), seoul("2026-03-09T00:00")))).toBe(12);
  });

  test("breaks are taken off, those after midnight too, and overlapping ones once", () => {
    const day = planned([
      shift({
        breaks: [
          { start: "12:00", end: "13:00" },
          { start: "12:30", end: "13:15" },
        ],
      }),
    ]);
    expect(day.busyMinutes("M-1", seoul("2026-03-02T00:00"), seoul("2026-03-03T00:00"))).toBe(12 * 60 - 75);
    const night = planned([shift({ start: "20:00", end: "08:00", breaks: [{ start: "00:30", end: "01:00" }] })]);
    expect(night.busyMinutes("M-1", seoul("2026-03-02T20:00"), seoul("2026-03-03T08:00"))).toBe(11.5 * 60);
  });

  test("holidays are not worked, nor the night that begins on one", () => {
    const time = planned([shift({ start: "20:00", end: "08:00" })], "Asia/Seoul", [
      { from: "2026-02-16", to: "2026-02-18" },
    ]);
    expect(hours(time.busyMinutes("M-1", seoul("2026-02-15T12:00"), seoul("2026-02-19T12:00")))).toBe(12);
  });

  test("shifts that overlap count once", () => {
    const time = planned([shift(), shift({ start: "19:00", end: "22:00" })]);
    expect(hours(time.busyMinutes("M-1", seoul("2026-03-02T00:00"), seoul("2026-03-03T00:00")))).toBe(14);
  });

  test("the nearest of machine, line and area that is named decides; else the shifts for all; else nothing is known", () => {
    const shifts = [
      shift({ machines: ["CNC-*"], start: "06:00", end: "07:00" }),
      shift({ machines: ["LINE-2"], start: "06:00", end: "08:00" }),
    ];
    const [from, to] = [seoul("2026-03-02T00:00"), seoul("2026-03-03T00:00")];
    expect(planned(shifts).busyMinutes(["cnc-07", "LINE-2"], from, to)).toBe(60);
    expect(planned(shifts).busyMinutes(["OVEN", "LINE-2"], from, to)).toBe(120);
    expect(planned(shifts).busyMinutes("OVEN", from, to)).toBeNull();
    expect(planned([...shifts, shift()]).busyMinutes("OVEN", from, to)).toBe(720);
  });

  test("a shift over the change of clocks has the hours that really pass", () => {
    const time = planned([shift({ start: "20:00", end: "08:00" })], "America/New_York");
    const night = (text: string) => [new Date(`${text}T20:00:00-05:00`), new Date(`${text}T20:00:00-05:00`)] as const;
    const [from] = night("2026-03-07");
    expect(hours(time.busyMinutes("M-1", from, new Date(+from + 15 * 3_600_000)))).toBe(11);
  });
});
