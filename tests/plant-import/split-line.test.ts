import { describe, expect, it } from "vitest";
import { guessDelimiter, splitLine } from "../../src/plant/import/files/split-line.ts";

describe("a line of delimited text", () => {
  it("splits quoted and bare cells", () => {
    expect(splitLine('a,"b, ""c""",,d', ",")).toEqual({ cells: ["a", 'b, "c"', "", "d"], state: "whole" });
    expect(splitLine('"a";"b"', ";").cells).toEqual(["a", "b"]);
    expect(splitLine("", ",").cells).toEqual([""]);
  });
  it("takes a quote inside a bare cell as text", () => {
    expect(splitLine('5" pipe,2', ",")).toEqual({ cells: ['5" pipe', "2"], state: "whole" });
  });
  it("tells an open quote from a broken one", () => {
    expect(splitLine('a,"b', ",").state).toBe("open");
    expect(splitLine('a,"b"c,d', ",").state).toBe("broken");
  });
  it("splits at blanks", () => {
    expect(splitLine('  74.030   1 "of five" ', "whitespace").cells).toEqual(["74.030", "1", "of five"]);
  });
  it.each([
    [["a,b,c", "1,2,3"], ","],
    [["a;b", "1,5;2,5"], ";"],
    [["a\tb", "1, 2\t3"], "\t"],
    [["diameter sample", "74.030  1"], "whitespace"],
    [["water", "2.23"], ","],
  ])("guesses the delimiter of %j", (lines, expected) => expect(guessDelimiter(lines)).toBe(expected));
});
