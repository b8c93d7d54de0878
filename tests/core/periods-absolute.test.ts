import { describe, expect, it } from "vitest";
import { findWrongDates } from "../../src/core/periods/parse-periods.ts";
import { defaultShifts } from "../../src/core/periods/period.ts";
import { periodsOf, seoul, spans } from "./read-period.ts";

describe("a date", () => {
  it.each([
    ["2020-06-03", "2020-06-03 – 2020-06-04"],
    ["2020.6.3 알람", "2020-06-03 – 2020-06-04"],
    ["2020년 6월 3일에", "2020-06-03 – 2020-06-04"],
    ["on June 3rd, 2020", "2020-06-03 – 2020-06-04"],
    ["the 3rd of June 2020", "2020-06-03 – 2020-06-04"],
    ["5월 3일", "2026-05-03 – 2026-05-04"],
    ["on Dec 24th", "2025-12-24 – 2025-12-25"],
    ["in June 2020", "2020-06-01 – 2020-07-01"],
    ["2020년 6월에", "2020-06-01 – 2020-07-01"],
    ["2020-06", "2020-06-01 – 2020-07-01"],
    ["12월", "2025-12-01 – 2026-01-01"],
    ["in May", "2026-05-01 – 2026-06-01"],
    ["work orders in 2017", "2017-01-01 – 2018-01-01"],
    ["2017년도 작업지시", "2017-01-01 – 2018-01-01"],
    ["how many events 2017?", "2017-01-01 – 2018-01-01"],
    ["Q2 2020", "2020-04-01 – 2020-07-01"],
    ["2020년 2분기", "2020-04-01 – 2020-07-01"],
    ["the second half of 2020", "2020-07-01 – 2021-01-01"],
    ["2020년 상반기", "2020-01-01 – 2020-07-01"],
    ["in the summer of 2020", "2020-06-01 – 2020-09-01"],
    ["the week of 2020-04-27", "2020-04-27 – 2020-05-04"],
    ["the week of April 29, 2020", "2020-04-27 – 2020-05-04"],
    ["2020년 4월 29일이 있는 주", "2020-04-27 – 2020-05-04"],
    ["2024-02-29", "2024-02-29 – 2024-03-01"],
  ])("reads %j", (text, expected) => expect(spans(text)).toEqual([expected]));

  it("says where it stands and how it was written", () =>
    expect(periodsOf("오븐 2020년 6월에 알람")[0]).toMatchObject({
      label: "2020년 6월",
      span: [3, 11],
      grain: "month",
    }));
});

describe("a range", () => {
  it.each([
    ["2017-2019", "2017-01-01 – 2020-01-01"],
    ["2017년부터 2019년까지", "2017-01-01 – 2020-01-01"],
    ["between 2017 and 2019", "2017-01-01 – 2020-01-01"],
    ["from May to July 2020", "2020-05-01 – 2020-08-01"],
    ["May and June 2020", "2020-05-01 – 2020-07-01"],
    ["2020년 5월부터 7월까지", "2020-05-01 – 2020-08-01"],
    ["2020년 5월과 6월", "2020-05-01 – 2020-07-01"],
    ["2020년 12월부터 1월까지", "2020-12-01 – 2021-02-01"],
    ["November 2019 to February 2020", "2019-11-01 – 2020-03-01"],
    ["from May to July", "2026-05-01 – 2026-08-01"],
    ["작년 5월부터 7월까지", "2025-05-01 – 2025-08-01"],
    ["2020년 5월 3일부터 6월 2일까지", "2020-05-03 – 2020-06-03"],
    ["2020년 5월 1일부터 15일까지", "2020-05-01 – 2020-05-16"],
    ["June 1-15, 2020", "2020-06-01 – 2020-06-16"],
    ["from 2020-06-01 to 2020-06-15", "2020-06-01 – 2020-06-16"],
    ["2020-06-01 ~ 2020-06-15", "2020-06-01 – 2020-06-16"],
    ["before 2020", "… – 2020-01-01"],
    ["2020년 이전", "… – 2020-01-01"],
    ["until June 2020", "… – 2020-07-01"],
    ["2020년 6월까지", "… – 2020-07-01"],
    ["since 2019", "2019-01-01T00:00 – 2026-11-18T10:30"],
    ["2019년 이후", "2019-01-01T00:00 – 2026-11-18T10:30"],
    ["after 2019", "2020-01-01T00:00 – 2026-11-18T10:30"],
  ])("reads %j", (text, expected) => expect(spans(text)).toEqual([expected]));

  it("keeps two separate months apart", () =>
    expect(spans("in May 2020 and in May 2019")).toEqual(["2020-05-01 – 2020-06-01", "2019-05-01 – 2019-06-01"]));
});

describe("what is no date", () => {
  it.each([
    "May I ask which machine that was",
    "the pump may leak",
    "march madness",
    "알람 2041 떴는데",
    "alarm 2010?",
    "에러 2010",
    "CNC-2020 is down",
    "lot WO-17-2019",
    "part 2020-45-7",
    "2020 rpm",
    "in 2050",
    "$110 설정이 뭐야",
    "5번 오븐",
    "3개월마다 점검",
  ])("%j names no period", (text) => expect(spans(text)).toEqual([]));
});

describe("a date that no calendar has", () => {
  const wrong = (text: string): string[] => findWrongDates(text, { ...seoul, shifts: defaultShifts });

  it.each([
    ["events on 2020-02-30", "2020-02-30"],
    ["2026-02-29 알람", "2026-02-29"],
    ["2020-13-01", "2020-13-01"],
    ["2월 30일에 뭐 했어", "2월 30일"],
    ["on 31 April 2021", "31 April 2021"],
    ["2021년 4월 31일", "2021년 4월 31일"],
  ])("%j is told as wrong", (text, date) => expect(wrong(text)).toEqual([date]));

  it.each(["events on 2020-02-30", "2월 30일에 뭐 했어", "on 31 April 2021"])(
    "%j is not widened to the month or year that holds it",
    (text) => expect(spans(text)).toEqual([]),
  );
  it("finds nothing wrong with a right one", () => expect(wrong("2024-02-29 지난주 in May 2020")).toEqual([]));
});
