import { describe, expect, it } from "vitest";
import {
  formatAge,
  formatDay,
  formatMinutes,
  formatNumber,
  formatSpan,
  formatTime,
} from "../../src/core/format/format.ts";

describe("a number", () => {
  it.each([
    [1234567.891, "1,234,567.9"],
    [123.456, "123.46"],
    [5.1, "5.1"],
    [2, "2"],
    [0.012345, "0.0123"],
    [-3.14159, "-3.142"],
    [0, "0"],
    [Number.NaN, "–"],
    [Number.POSITIVE_INFINITY, "–"],
  ])("%f is written %j", (value, text) => expect(formatNumber(value)).toBe(text));
});

describe("a time", () => {
  it("is given in the zone", () => expect(formatTime("2020-05-31T15:30:59Z", "Asia/Seoul")).toBe("2020-06-01 00:30"));
  it("has the day of the zone", () =>
    expect(formatDay(new Date("2020-05-31T15:30:00Z"), "Asia/Seoul")).toBe("2020-06-01"));
});

describe("a span", () => {
  const zone = "Asia/Seoul";
  it("of whole days is inclusive", () =>
    expect(formatSpan("2020-06-01T00:00:00+09:00", "2020-07-01T00:00:00+09:00", zone, "en")).toBe(
      "2020-06-01 – 2020-06-30",
    ));
  it("of one day is that day", () =>
    expect(formatSpan("2020-06-01T00:00:00+09:00", "2020-06-02T00:00:00+09:00", zone, "ko")).toBe("2020-06-01"));
  it("of hours has the hours", () =>
    expect(formatSpan("2020-06-01T20:00:00+09:00", "2020-06-02T08:00:00+09:00", zone, "ko")).toBe(
      "2020-06-01 20:00 ~ 2020-06-02 08:00",
    ));
  it("that is open has one end", () =>
    expect(formatSpan(null, "2020-07-01T00:00:00+09:00", zone, "en")).toBe("– 2020-06-30"));
});

describe("a duration", () => {
  it.each([
    [35, "35 min", "35분"],
    [60, "1 h", "1시간"],
    [125, "2 h 5 min", "2시간 5분"],
    [47 * 60, "47 h", "47시간"],
    [76 * 60, "3 d 4 h", "3일 4시간"],
    [59.6, "1 h", "1시간"],
    [Number.NaN, "–", "–"],
  ])("of %f minutes", (minutes, en, ko) =>
    expect([formatMinutes(minutes, "en"), formatMinutes(minutes, "ko")]).toEqual([en, ko]),
  );
});

describe("an age", () => {
  const now = new Date("2026-11-18T01:30:00Z");
  it("of seconds is just now", () => expect(formatAge(new Date(now.getTime() - 20_000), now, "en")).toBe("just now"));
  it("of minutes says so", () => expect(formatAge(new Date(now.getTime() - 180_000), now, "ko")).toBe("3분 전"));
  it("of a clock that runs ahead is just now", () =>
    expect(formatAge(new Date(now.getTime() + 60_000), now, "ko")).toBe("방금"));
});
