import { describe, expect, it } from "vitest";
import { importFromTexts, refusalOf } from "./import-from-texts.ts";

const events = `  - file: e.csv
    records: events
    columns: { id: no, started_at: at, description: text }
`;
const linesOf = async (content: string | Uint8Array, mapping = events) => {
  const { report, plant } = await importFromTexts(mapping, { "e.csv": content });
  return {
    ids: plant.rows("events").map((row) => row.id),
    rows: plant.rows("events"),
    problems: report.files[0]?.problems.map((one) => [one.line, one.reason.kind]),
    report,
  };
};
const refusal = (content: string | Uint8Array, mapping = events) =>
  refusalOf(importFromTexts(mapping, { "e.csv": content }));

describe("a hostile file", () => {
  it("loses only the row whose quote never closes", async () => {
    const { ids, problems } = await linesOf(
      'no,at,text\n1,2020-01-01,"never closed\n2,2020-01-02,"fine, with comma"\n3,2020-01-03,plain\n4,2020-01-04,"over\ntwo lines"\n',
    );
    expect(ids).toEqual(["2", "3", "4"]);
    expect(problems).toEqual([[2, "broken_quotes"]]);
  });

  it("loses only the row whose quote never closes, to the end of a long file", async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `${index},2020-01-01,plain`).join("\n");
    const { ids, problems } = await linesOf(`no,at,text\nx,2020-01-01,"open\n${rows}\n`);
    expect(ids).toHaveLength(500);
    expect(problems).toEqual([[2, "broken_quotes"]]);
  });

  it("is told apart: binary, workbook, PDF", async () => {
    expect(await refusal(new Uint8Array([1, 2, 0, 3, 4]))).toContain("binary data");
    expect(await refusal(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]))).toContain("write format: xlsx");
    expect(await refusal("%PDF-1.7\n")).toContain("a PDF");
    expect(await refusal("no,at\n", events.replace("records", "format: xlsx\n    records"))).toContain(
      "can't be read as an .xlsx workbook",
    );
  });

  it("with a million columns or without line ends is refused, not read into memory", async () => {
    expect(await refusal(Array.from({ length: 1_000_000 }, (_, index) => `c${index}`).join(","))).toContain(
      "longer than 1000000 characters",
    );
    expect(await refusal(`${",".repeat(6_000)}\n1\n`)).toContain("6001 columns");
  });

  it("with one endless line keeps the other rows", async () => {
    const { ids, problems } = await linesOf(
      `no,at,text\n1,2020-01-01,a\n2,2020-01-01,${"x".repeat(2_500_000)}\n3,2020-01-01,b\n`,
    );
    expect(ids).toEqual(["1", "3"]);
    expect(problems).toEqual([[3, "line_too_long"]]);
  });

  it("that is empty or holds a header only brings no rows and no failure", async () => {
    expect((await linesOf("")).report.files[0]?.notes).toEqual([{ kind: "empty_file" }]);
    expect((await linesOf("\n\n")).report.files[0]?.notes).toEqual([{ kind: "empty_file" }]);
    expect((await linesOf("no,at,text\n")).report.totals.rowsRead).toBe(0);
  });

  it("that is missing, or lacks a column, stops the import before anything is written", async () => {
    expect(await refusalOf(importFromTexts(events, {}))).toContain('4: there is no file "e.csv"');
    expect(await refusal("no,a_t,text\n1,2020-01-01,a\n")).toContain('6: e.csv has no column "at". Did you mean');
    expect(await refusal("a;b\n1;2\n")).toContain('has no column "no"');
  });

  it("in Korean CP949, UTF-16 or UTF-8 with a mark reads the same", async () => {
    // "no,at,text\n1,2020-01-01,누유 똠\n" in CP949; 똠 is outside plain EUC-KR.
    const cp949 = Buffer.concat([
      Buffer.from("no,at,text\n1,2020-01-01,"),
      Buffer.from([0xb4, 0xa9, 0xc0, 0xaf, 0x20, 0x8c, 0x63]),
      Buffer.from("\n"),
    ]);
    const text = "no,at,text\n1,2020-01-01,누유 똠\n";
    for (const content of [cp949, Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, "utf16le")])
      expect((await linesOf(content)).rows[0]?.description).toBe("누유 똠");
  });

  it("in another encoding asks to declare it, and reads it then", async () => {
    const western = Buffer.from("no,at,text\n1,2020-01-01,Gr\xf6\xdfe\n", "latin1");
    expect(await refusal(western)).toContain("Declare its encoding");
    const declared = await linesOf(western, events.replace("records", "encoding: windows-1252\n    records"));
    expect(declared.rows[0]?.description).toBe("Größe");
  });

  it("with a few broken bytes loses only their rows where the encoding is declared", async () => {
    const bytes = Buffer.concat([
      Buffer.from("no,at,text\n1,2020-01-01,"),
      Buffer.from([0xff, 0xfe]),
      Buffer.from("\n2,2020-01-01,ok\n"),
    ]);
    const { ids, problems } = await linesOf(bytes, events.replace("records", "encoding: utf-8\n    records"));
    expect([ids, problems]).toEqual([["2"], [[2, "bad_bytes"]]]);
  });

  it("keeps formula-like cells as text and drops control characters", async () => {
    const { rows } = await linesOf('no,at,text\n=1+1,2020-01-01,"=HYPERLINK(""x"")"\n2,2020-01-01,a\u0001b\u0007\n');
    expect(rows.map((row) => [row.id, row.description])).toEqual([
      ["=1+1", '=HYPERLINK("x")'],
      ["2", "ab"],
    ]);
  });

  it("with ambiguous dates asks for the order at the line of the mapping", async () => {
    const ambiguous = "no,at,text\n1,04/06/2016 14:00,a\n2,05/07/2016,b\n";
    expect(await refusal(ambiguous)).toMatch(
      /6: e\.csv, column "at": dates such as "0[45].* can be month\/day\/year or day\/month\/year; declare day_first/,
    );
    const declared = await linesOf(ambiguous, events.replace("at,", "{ column: at, day_first: true },"));
    expect(declared.rows[0]?.started_at).toEqual(new Date("2016-06-04T05:00:00Z"));
    expect(await refusal("no,at,text\n1,13/4/2016,a\n2,4/13/2016,b\n")).toContain("different orders");
  });

  it("learns the order of dates and the decimal mark from the whole column", async () => {
    const mapping = events.replace("description: text", "value: text");
    const { rows } = await linesOf("no;at;text\n1;04.06.2016;1,5\n2;25.06.2016;1.234,5\n", mapping);
    expect(rows.map((row) => row.value)).toEqual([1.5, 1234.5]);
    expect(rows[0]?.started_at).toEqual(new Date("2016-06-03T15:00:00Z"));
    expect(await refusal("no;at;text\n1;2016-06-04;1,234\n", mapping)).toContain(
      '"1,234" can be a thousand or a fraction',
    );
  });

  it("with another unit in a column leaves the row out", async () => {
    const { report } = await linesOf(
      "no,at,text\n1,2020-01-01,12 mm\n2,2020-01-01,12 cm\n",
      events.replace("description: text", "value: text"),
    );
    expect(report.files[0]?.problems[0]).toMatchObject({ line: 3, message: 'the unit is "cm", not "mm"' });
  });

  it("with names like prototype properties is plain data", async () => {
    const { rows } = await linesOf("no,at,text,__proto__,constructor\n__proto__,2020-01-01,constructor,1,2\n");
    expect(rows).toEqual([
      { id: "__proto__", started_at: new Date("2019-12-31T15:00:00Z"), description: "constructor" },
    ]);
  });

  it("passes over a header that is repeated inside the file", async () => {
    expect((await linesOf("no,at,text\n1,2020-01-01,a\nno,at,text\n2,2020-01-01,b\n")).ids).toEqual(["1", "2"]);
  });
});
