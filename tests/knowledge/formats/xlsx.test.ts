import { describe, expect, it } from "vitest";
import { numberFormat, showNumber } from "../../../src/knowledge/load/xlsx/number-format.ts";
import { loadDocument } from "../../../src/knowledge/load/load-file.ts";
import { alarmEntriesOf } from "../../../src/knowledge/structure/alarm-entries.ts";
import { makeXlsx } from "./make-office.ts";
import type { SheetSpec } from "./make-office.ts";

const load = (...sheets: SheetSpec[]) => loadDocument("line 3.xlsx", makeXlsx(sheets));
const padded = (value: number) => ({ value, format: "0000" });

const korean: SheetSpec = {
  name: "알람목록",
  merges: ["A1:E1", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "A8:A9"],
  rows: [
    ["CNC 선반 알람 목록"],
    ["모델: KX-9", null, "개정: B"],
    [],
    ["알람코드", "내용", "원인 및 조치", null, "등급"],
    [null, null, "원인", "조치"],
    [padded(12), "유압 압력 저하", "펌프 마모\n누유", "1) 오일 확인\r\n2) 펌프 점검", "중"],
    [padded(13), "오일 온도 상승", "쿨러 막힘", "쿨러 청소", "상"],
    [padded(14), "도어 열림", "스위치 불량", "스위치 교체", "하"],
    [null, "도어 열림", "배선 단선", "배선 점검", "하"],
    [],
    [padded(20), "윤활 부족", "탱크 빔", "보충", "하"],
  ],
};

describe("workbooks", () => {
  it("finds a table below titles, its header over two rows, cells merged downwards, and its rows after an empty one", async () => {
    const document = await load(korean);
    const table = document.blocks.find((block) => block.type === "table")!;
    expect(table.headings).toEqual(["line 3", "알람목록", "CNC 선반 알람 목록"]);
    expect(table.parts!.map((row) => row.cells)).toEqual([
      ["알람코드", "내용", "원인", "조치", "등급"],
      ["0012", "유압 압력 저하", "펌프 마모 누유", "1) 오일 확인 2) 펌프 점검", "중"],
      ["0013", "오일 온도 상승", "쿨러 막힘", "쿨러 청소", "상"],
      ["0014", "도어 열림", "스위치 불량", "스위치 교체", "하"],
      ["0014", "도어 열림", "배선 단선", "배선 점검", "하"],
      ["0020", "윤활 부족", "탱크 빔", "보충", "하"],
    ]);
    expect(document.text).toContain("모델: KX-9 개정: B");
  });

  it("makes code entries of fault lists in both languages", async () => {
    const english: SheetSpec = {
      name: "Faults",
      rows: [
        ["Fault code", "Message", "Cause", "Remedy"],
        ["F01", "Overcurrent", "motor blocked", "free the motor"],
        ["F02", "Overvoltage", "mains", "measure"],
      ],
    };
    const entries = alarmEntriesOf(await load(korean, english));
    const first = entries.find((entry) => entry.text.includes("0012"));
    expect(first).toMatchObject({
      message: "유압 압력 저하",
      cause: "펌프 마모 누유",
      remedy: "1) 오일 확인 2) 펌프 점검",
    });
    expect(entries.find((entry) => entry.text.includes("F01"))).toMatchObject({
      message: "Overcurrent",
      remedy: "free the motor",
    });
  });

  it("tells tables side by side and below one another apart, and keeps plain lines as text", async () => {
    const document = await load({
      name: "Lists",
      rows: [
        ["Code", "Text", null, "Part", "Stock"],
        ["E1", "Low", null, "filter", 3],
        ["E2", "High", null, "belt", 5],
        [],
        ["Checked every Monday."],
        [],
        ["Name", "Phone"],
        ["Kim", "1234"],
      ],
    });
    const tables = document.blocks
      .filter((block) => block.type === "table")
      .map((block) => block.parts!.map((row) => row.cells.join("|")));
    expect(tables).toEqual([
      ["Code|Text", "E1|Low", "E2|High"],
      ["Part|Stock", "filter|3", "belt|5"],
      ["Name|Phone", "Kim|1234"],
    ]);
    expect(document.text).toContain("Checked every Monday.");
  });

  it("leaves hidden sheets out and says so", async () => {
    const document = await load(korean, {
      name: "lists",
      hidden: true,
      rows: [
        ["secret", "x"],
        ["a", "b"],
      ],
    });
    expect(document.text).not.toContain("secret");
    expect(document.notices).toEqual(['The sheet "lists" is hidden and was left out.']);
  });

  it("reads the beginning of an enormous sheet and says how much is missing", async () => {
    const rows = Array.from({ length: 50_010 }, (_, index) => (index === 0 ? ["time", "value"] : [index, index * 2]));
    const document = await load({ name: "data", rows });
    expect(document.blocks.at(-1)!.parts).toHaveLength(50_000);
    expect(document.notices[0]).toMatch(/first 50000 rows were read/);
  });

  it.each([
    [12, "0000", "0012"],
    [12, '"AL-"0000', "AL-0012"],
    [123, "00-00", "01-23"],
    [1234567.891, "#,##0.00", "1,234,567.89"],
    [-5, "0_);(0)", "(5)"],
    [0.256, "0.0%", "25.6%"],
    [3, '0" bar"', "3 bar"],
    [45291, "m/d/yy", "2023-12-31"],
    [45291.604, 'yyyy"년" m"월" d"일" h:mm', "2023-12-31 14:29"],
    [0.5, "h:mm", "12:00"],
    [1.25, "[h]:mm:ss", "30:00:00"],
    [0.1 + 0.2, "General", "0.3"],
    [60, "General", "60"],
  ])("shows %s by the format %s as %s", (value, code, shown) => {
    expect(showNumber(value, numberFormat(200, code), false)).toBe(shown);
  });
});
