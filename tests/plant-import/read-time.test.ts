import { describe, expect, it } from "vitest";
import { compileTimeFormat } from "../../src/plant/import/values/time-format.ts";
import { possibleOrders, readSpecialTime, readTime } from "../../src/plant/import/values/read-time.ts";
import type { DateOrder } from "../../src/plant/import/values/read-time.ts";
import { createZone } from "../../src/plant/import/values/zoned-time.ts";

const shown = (text: string, order?: DateOrder): string | undefined => {
  const time = readTime(text, order);
  if (!time) return undefined;
  const instant = new Date(time.localMs - (time.offsetMinutes ?? 0) * 60_000).toISOString();
  return time.offsetMinutes === undefined ? instant.slice(0, -1).replace(/\.000$/, "") : instant;
};

describe("a time in a file", () => {
  it.each([
    ["2016-04-06", "2016-04-06T00:00:00"],
    ["2016-04-06 14:00:30", "2016-04-06T14:00:30"],
    ["2016-04-06T14:00:30.250", "2016-04-06T14:00:30.250"],
    ["2016/4/6 9:05", "2016-04-06T09:05:00"],
    ["2016. 4. 6. 오후 2:00", "2016-04-06T14:00:00"],
    ["2016. 4. 6. 오전 12:30", "2016-04-06T00:30:00"],
    ["2016.04.06(수) 14:00", "2016-04-06T14:00:00"],
    ["2016년 4월 6일 14시 5분 9초", "2016-04-06T14:05:09"],
    ["2016년 4월 6일", "2016-04-06T00:00:00"],
    ["２０１６-０４-０６ １４:００", "2016-04-06T14:00:00"],
    ["20160406", "2016-04-06T00:00:00"],
    ["20160406140030", "2016-04-06T14:00:30"],
    ["6 Apr 2016 2:00 PM", "2016-04-06T14:00:00"],
    ["06-APR-16", "2016-04-06T00:00:00"],
    ["Apr 6, 2016", "2016-04-06T00:00:00"],
    ["2016-04-06 24:00", "2016-04-07T00:00:00"],
    ["42466.583333", "2016-04-06T14:00:00"],
    ["2016-04-06T14:00:00Z", "2016-04-06T14:00:00.000Z"],
    ["2016-04-06T14:00:00+09:00", "2016-04-06T05:00:00.000Z"],
    ["1590984000", "2020-06-01T04:00:00.000Z"],
    ["1590984000123", "2020-06-01T04:00:00.123Z"],
  ])("%s is read as %s", (text, expected) => expect(shown(text)).toBe(expected));

  it.each(["31/02/2020", "2020-02-31", "2020-13-01", "2020-01-01 25:00", "20201341", "soon", "12", "", "99/99/99"])(
    "%s is none",
    (text) => expect(shown(text, "dmy")).toBeUndefined(),
  );

  it("reads three small numbers only in a known order", () => {
    expect(shown("4/6/16 14:00")).toBeUndefined();
    expect(shown("4/6/16 14:00", "mdy")).toBe("2016-04-06T14:00:00");
    expect(shown("4/6/16 14:00", "dmy")).toBe("2016-06-04T14:00:00");
    expect(shown("16.04.06", "ymd")).toBe("2016-04-06T00:00:00");
  });

  it("knows which orders a date leaves open", () => {
    expect(possibleOrders("4/6/16")).toEqual(["mdy", "dmy"]);
    expect(possibleOrders("04/06/16")).toEqual(["mdy", "dmy", "ymd"]);
    expect(possibleOrders("4/25/2016")).toEqual(["mdy"]);
    expect(possibleOrders("31/02/2020")).toEqual([]);
    expect(possibleOrders("2016-04-06")).toBeUndefined();
  });

  it("follows a declared format and nothing else", () => {
    const read = compileTimeFormat("D.M.YYYY [um] H:mm");
    expect(read("6.4.2016 um 14:00")?.localMs).toBe(Date.UTC(2016, 3, 6, 14));
    expect(read("2016-04-06")).toBeUndefined();
    expect(compileTimeFormat("YYYY-MM-DD A h:mm")("2016-04-06 오후 2:00")?.localMs).toBe(Date.UTC(2016, 3, 6, 14));
    expect(() => compileTimeFormat("YYYY-QQ")).toThrow(/unknown/);
    expect(readSpecialTime("42466.5", "excel")?.localMs).toBe(Date.UTC(2016, 3, 6, 12));
    expect(readSpecialTime("", "epoch_s")).toBeUndefined();
  });
});

describe("wall-clock time in a zone", () => {
  it("becomes an instant across changes of the clock", () => {
    const zone = createZone("America/New_York");
    const iso = (local: string): string => new Date(zone.instantOf(Date.parse(`${local}Z`))).toISOString();
    expect(iso("2020-06-01T00:00:00")).toBe("2020-06-01T04:00:00.000Z");
    expect(iso("2020-01-01T00:00:00")).toBe("2020-01-01T05:00:00.000Z");
    expect(iso("2020-03-08T01:59:59")).toBe("2020-03-08T06:59:59.000Z");
    expect(iso("2020-03-08T02:30:00")).toBe("2020-03-08T07:30:00.000Z"); // skipped: moves on to 03:30
    expect(iso("2020-11-01T01:30:00")).toBe("2020-11-01T05:30:00.000Z"); // comes twice: the first
    expect(iso("2020-11-01T02:00:00")).toBe("2020-11-01T07:00:00.000Z");
  });
});
