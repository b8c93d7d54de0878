import { describe, expect, it } from "vitest";
import { expandCodes } from "../../src/knowledge/codes/expand-codes.ts";
import { parseMention } from "../../src/knowledge/codes/parse-code.ts";
import { findCodes } from "../../src/knowledge/find-codes.ts";

describe("codes", () => {
  it.each(["AL-05", "al 5", "AL05", "al-5", "AL_05", "ＡＬ－０５"])("%s is al5", (code) => {
    expect(parseMention(code).norm).toBe("al5");
  });

  it.each(["알람5번", "알람 5", "ALARM:5", "alarm no. 5", "알람 코드 5", "5번 알람"])("%s is alarm 5", (code) => {
    expect(parseMention(code)).toMatchObject({ kind: "alarm", number: 5 });
  });

  it.each([
    ["error 9", "error", "9"],
    ["에러9", "error", "9"],
    ["$110", "setting", "110"],
    ["$110=500", "setting", "110"],
    ["설정 110", "setting", "110"],
    ["램프 3", "lamp", "3"],
    ["#", undefined, "#"],
    ["+", undefined, "+"],
    ["MT010b", undefined, "mt10b"],
    ["8011.23", undefined, "8011-23"],
  ])("%s is %s %s", (code, kind, norm) => {
    const mention = parseMention(code);
    expect([mention.kind, mention.norm]).toEqual([kind, norm]);
  });

  it("are found in a sentence with their kind", () => {
    const found = findCodes("콤프 1호 AL-05 뜨고 error 9, $110도 이상해요");
    expect(found.map((one) => [one.kind, one.code])).toEqual([
      [undefined, "al5"],
      ["error", "9"],
      ["setting", "110"],
    ]);
  });

  it.each([
    ["E.OC1 떴어요", "eoc1"],
    ["인버터에 E.THM 뜸", "ethm"],
    ["AL.16.1 alarm on the drive", "al16-1"],
    ["PLC says 16#83A0", "16#83a0"],
    ["error 0x8311", "0x8311"],
    ["알람 21-1 이 났다", "21-1"],
    ["SP9012 spindle", "sp9012"],
  ])("are read in %s", (text, code) => {
    expect(findCodes(text).map((one) => one.code)).toContain(code);
  });

  it("stand for every digit in place of an x, and for every way to write a hexadecimal number", () => {
    expect(expandCodes("AL.3x")!.codes).toEqual(expect.arrayContaining(["al3x", "al30", "al39"]));
    expect(expandCodes("16#83A0")!.codes).toEqual(expect.arrayContaining(["16#83a0", "0x83a0", "83a0"]));
    expect(expandCodes("Er 07 Er 08")!.codes).toEqual(["er7", "er8"]);
  });

  it("are not read into counts, machine numbers or times", () => {
    for (const text of [
      "7호기 진동이 높아요",
      "the alarm at 3 pm",
      "40개 불량",
      "30분 뒤",
      "2라인 오븐",
      "P.12",
      "U.S. plug",
    ])
      expect(findCodes(text)).toEqual([]);
  });

  it("are uncertain as bare numbers", () => {
    expect(findCodes("2041 떴는데")).toMatchObject([{ code: "2041", certain: false }]);
    expect(findCodes("알람 2041 떴는데")).toMatchObject([{ code: "2041", kind: "alarm", certain: true }]);
  });

  it("do not explode in ranges", () => {
    expect(expandCodes("1~99999")!.codes).toEqual(["1", "99999"]);
    expect(expandCodes("E-101-2")!.codes).toEqual(["e101-2"]);
    expect(expandCodes("2045-2041")!.codes).toEqual(["2045-2041"]);
    expect(expandCodes("a very long cell that is prose and nothing like a code at all, really")).toBeNull();
  });
});
