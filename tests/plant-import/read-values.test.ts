import { describe, expect, it } from "vitest";
import { readBoolean } from "../../src/plant/import/values/read-boolean.ts";
import { readDuration } from "../../src/plant/import/values/read-duration.ts";
import { noDecimalEvidence, readNumber, weighDecimal } from "../../src/plant/import/values/read-number.ts";
import type { Decimal } from "../../src/plant/import/values/read-number.ts";

describe("a number in a file", () => {
  it.each<[string, Decimal, number, string | null]>([
    ["12", ".", 12, null],
    ["-0.5", ".", -0.5, null],
    [".5", ".", 0.5, null],
    ["1e3", ".", 1000, null],
    ["1,234,567.8", ".", 1_234_567.8, null],
    ["₩ 1,200", ".", 1200, null],
    ["1 234.5", ".", 1234.5, null],
    ["12.5 mm", ".", 12.5, "mm"],
    ["85%", ".", 85, "%"],
    ["0.29 kW/ton", ".", 0.29, "kW/ton"],
    ["21℃", ".", 21, "°C"],
    ["1,5", ",", 1.5, null],
    ["1.234,56 €", ",", 1234.56, "€"],
    ["1.234,56", ",", 1234.56, null],
    ["−7", ".", -7, null],
  ])("%s with decimal %s is %d", (text, decimal, value, unit) => {
    expect(readNumber(text, decimal)).toEqual({ value, unit });
  });

  it.each(["abc", "1,23", "1.2.3", "=1+1", "12 13", "--5", "e5", ".", "0x10", "1e999"])("%s is none", (text) => {
    expect(readNumber(text, ".")).toBeUndefined();
  });

  it("tells the decimal mark where a number shows it", () => {
    const weigh = (texts: string[]) => {
      const evidence = noDecimalEvidence();
      for (const text of texts) weighDecimal(evidence, text);
      return evidence;
    };
    expect(weigh(["1,5", "0,25", "1.234,5"])).toEqual({ comma: 3, point: 0, unclear: null });
    expect(weigh(["1.5", "1,234,567", "12,345.6"])).toEqual({ comma: 0, point: 3, unclear: null });
    expect(weigh(["1,234"])).toEqual({ comma: 0, point: 0, unclear: "1,234" });
    expect(weigh(["12", "text"])).toEqual({ comma: 0, point: 0, unclear: null });
  });
});

describe("a length of time in a file", () => {
  it.each([
    ["3:00", 180],
    ["40:00:00", 2400],
    ["0:00:30", 0.5],
    ["90", 90],
    ["90 min", 90],
    ["1.5 h", 90],
    ["1h 30m", 90],
    ["2시간 15분", 135],
    ["30초", 0.5],
    ["PT1H30M", 90],
    ["P1DT2H", 1560],
    ["1,200", 1200],
  ])("%s is %d minutes", (text, minutes) => expect(readDuration(text, { decimal: "." })).toBe(minutes));

  it("takes a bare number in the declared unit and a clock as declared", () => {
    expect(readDuration("1.5", { decimal: ".", unit: "hours" })).toBe(90);
    expect(readDuration("1:30", { decimal: ".", format: "mm:ss" })).toBe(1.5);
  });

  it.each(["3:75", "soon", "5 mm", "1h and a bit", "P", ""])("%s is none", (text) => {
    expect(readDuration(text, { decimal: "." })).toBeUndefined();
  });
});

describe("yes and no in a file", () => {
  it.each([
    ["TRUE", true],
    ["Y", true],
    ["예", true],
    ["O", true],
    ["○", true],
    ["1", true],
    ["False", false],
    ["아니오", false],
    ["X", false],
  ])("%s is %s", (text, expected) => expect(readBoolean(text)).toBe(expected));
  it("knows what is neither", () => expect(readBoolean("maybe")).toBeUndefined());
});
