import { describe, expect, it } from "vitest";
import { periodsOf, seoul, spans, type Clock } from "./read-period.ts";

describe("a period relative to now", () => {
  it.each([
    ["오늘 알람 몇 건?", "2026-11-18 – 2026-11-19"],
    ["today's alarms", "2026-11-18 – 2026-11-19"],
    ["어제 뭐가 고장났어", "2026-11-17 – 2026-11-18"],
    ["what broke yesterday", "2026-11-17 – 2026-11-18"],
    ["그저께", "2026-11-16 – 2026-11-17"],
    ["the day before yesterday", "2026-11-16 – 2026-11-17"],
    ["3일 전 정비", "2026-11-15 – 2026-11-16"],
    ["three days ago", "2026-11-15 – 2026-11-16"],
    ["1주일 전", "2026-11-09 – 2026-11-16"],
    ["두 달 전", "2026-09-01 – 2026-10-01"],
    ["지난주 이벤트", "2026-11-09 – 2026-11-16"],
    ["last week's events", "2026-11-09 – 2026-11-16"],
    ["지지난주", "2026-11-02 – 2026-11-09"],
    ["이번 주", "2026-11-16 – 2026-11-23"],
    ["지난주 화요일", "2026-11-10 – 2026-11-11"],
    ["Tuesday of last week", "2026-11-10 – 2026-11-11"],
    ["지난 월요일", "2026-11-16 – 2026-11-17"],
    ["last Wednesday", "2026-11-11 – 2026-11-12"],
    ["지난 주말", "2026-11-14 – 2026-11-16"],
    ["last weekend", "2026-11-14 – 2026-11-16"],
    ["지난달 불량", "2026-10-01 – 2026-11-01"],
    ["this month", "2026-11-01 – 2026-12-01"],
    ["지난 분기", "2026-07-01 – 2026-10-01"],
    ["last quarter", "2026-07-01 – 2026-10-01"],
    ["작년", "2025-01-01 – 2026-01-01"],
    ["재작년", "2024-01-01 – 2025-01-01"],
    ["this year", "2026-01-01 – 2027-01-01"],
    ["작년 5월 작업지시", "2025-05-01 – 2025-06-01"],
    ["in May of last year", "2025-05-01 – 2025-06-01"],
    ["작년 3분기", "2025-07-01 – 2025-10-01"],
    ["올해 상반기", "2026-01-01 – 2026-07-01"],
    ["작년 여름", "2025-06-01 – 2025-09-01"],
    ["orders due tomorrow", "2026-11-19 – 2026-11-20"],
    ["다음 주 납기", "2026-11-23 – 2026-11-30"],
  ])("reads %j", (text, expected) => expect(spans(text)).toEqual([expected]));

  it.each([
    ["최근 24시간", "2026-11-17T10:30 – 2026-11-18T10:30"],
    ["in the last 7 days", "2026-11-11T10:30 – 2026-11-18T10:30"],
    ["최근 3개월 동안", "2026-08-18T10:30 – 2026-11-18T10:30"],
    ["over the past two weeks", "2026-11-04T10:30 – 2026-11-18T10:30"],
    ["since yesterday", "2026-11-17T00:00 – 2026-11-18T10:30"],
    ["어제부터", "2026-11-17T00:00 – 2026-11-18T10:30"],
    ["3 hours ago", "2026-11-18T07:00 – 2026-11-18T08:00"],
    ["어제 오후", "2026-11-17T12:00 – 2026-11-17T18:00"],
    ["어제 새벽에", "2026-11-17T00:00 – 2026-11-17T06:00"],
    ["yesterday morning", "2026-11-17T05:00 – 2026-11-17T12:00"],
  ])("reads %j to the hour", (text, expected) => expect(spans(text)).toEqual([expected]));

  it("reads the two periods of a comparison apart", () =>
    expect(spans("전월 대비 이번 달 불량")).toEqual(["2026-10-01 – 2026-11-01", "2026-11-01 – 2026-12-01"]));
});

describe("a shift", () => {
  it.each([
    ["어제 야간조 알람", "2026-11-17T20:00 – 2026-11-18T08:00"],
    ["yesterday's night shift", "2026-11-17T20:00 – 2026-11-18T08:00"],
    ["last night shift", "2026-11-17T20:00 – 2026-11-18T08:00"],
    ["어제 밤에", "2026-11-17T20:00 – 2026-11-18T08:00"],
    ["last night", "2026-11-17T20:00 – 2026-11-18T08:00"],
    ["오늘 주간조", "2026-11-18T08:00 – 2026-11-18T20:00"],
    ["이번 근무", "2026-11-18T08:00 – 2026-11-18T20:00"],
    ["지난 근무조 인수인계", "2026-11-17T20:00 – 2026-11-18T08:00"],
  ])("in the morning, %j", (text, expected) => expect(spans(text)).toEqual([expected]));

  const afterMidnight: Clock = { ...seoul, now: new Date("2026-11-17T17:40:00Z") };
  it.each([
    ["this shift", "2026-11-17T20:00 – 2026-11-18T08:00"],
    ["이번 교대", "2026-11-17T20:00 – 2026-11-18T08:00"],
    ["last shift", "2026-11-17T08:00 – 2026-11-17T20:00"],
  ])("at 02:40, %j is the one that runs over midnight", (text, expected) =>
    expect(spans(text, afterMidnight)).toEqual([expected]),
  );

  it("takes the plant's own times", () => {
    const shifts = [{ name: "late", words: ["late shift", "오후조"], start: "14:00", end: "22:00" }];
    expect(spansWith("어제 오후조", shifts)).toEqual(["2026-11-17T14:00 – 2026-11-17T22:00"]);
  });
  const spansWith = (text: string, shifts: Parameters<typeof periodsOf>[2]): string[] =>
    periodsOf(text, seoul, shifts).map((one) => `${one.from?.slice(0, 16)} – ${one.to?.slice(0, 16)}`);
});

// New York leaves summer time on 1 November 2026 and entered it on 8 March 2026, both at 02:00.
describe("a period over a change of the clocks", () => {
  const newYork = (now: string): Clock => ({ now: new Date(now), timeZone: "America/New_York" });
  const hours = (text: string, clock: Clock): number => {
    const [period] = periodsOf(text, clock);
    return (Date.parse(period?.to ?? "") - Date.parse(period?.from ?? "")) / 3_600_000;
  };

  it("makes the day in spring 23 hours long", () =>
    expect(hours("2026-03-08", newYork("2026-11-18T15:00:00Z"))).toBe(23));
  it("makes the day in autumn 25 hours long", () => expect(hours("어제", newYork("2026-11-02T15:00:00Z"))).toBe(25));
  it("begins and ends the day at local midnight", () =>
    expect(periodsOf("2026-03-08", newYork("2026-11-18T15:00:00Z"))[0]).toMatchObject({
      from: "2026-03-08T00:00:00.000-05:00",
      to: "2026-03-09T00:00:00.000-04:00",
    }));
  it("ends a night by the clock on the wall", () =>
    expect(spans("last night", newYork("2026-03-08T15:00:00Z"))).toEqual(["2026-03-07T20:00 – 2026-03-08T08:00"]));
  it("ends a night shift by the clock on the wall", () =>
    expect(spans("어제 야간조", newYork("2026-11-01T15:00:00Z"))).toEqual(["2026-10-31T20:00 – 2026-11-01T08:00"]));
  it("counts hours as hours", () => expect(hours("최근 24시간", newYork("2026-11-01T15:00:00Z"))).toBe(24));
  it("takes the day that it is there, not the server's", () =>
    expect(spans("today", newYork("2026-11-18T03:00:00Z"))).toEqual(["2026-11-17 – 2026-11-18"]));
});
