import { expect, test } from "vitest";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";
import type { LoadedDocument } from "../../src/knowledge/load/loaded-document.ts";
import { line, makePdf, rawPdf } from "../support/pdf.ts";
import type { Pdf } from "../support/pdf.ts";

// Words as a page breaks them: in narrow columns, at hyphens, letter by letter.

const load = (bytes: Uint8Array): Promise<LoadedDocument> => loadDocument("manuals/feeder.pdf", bytes);
const rowsOf = (document: LoadedDocument): string[][] =>
  document.blocks.filter((block) => block.type === "table").flatMap((block) => block.parts!.map((part) => part.cells));

/** A table in a grid; each cell is the lines that stand in it. */
function grid(pdf: Pdf, top: number, widths: number[], rows: string[][][]): void {
  const edges = widths.reduce((all, width) => [...all, all.at(-1)! + width], [56]);
  let y = top;
  for (const row of rows) {
    const height = Math.max(...row.map((cell) => cell.length)) * 12 + 4;
    row.forEach((cell, column) => {
      pdf.rect(edges[column]!, y, widths[column]!, height).stroke();
      cell.forEach((text, at) => line(pdf, y + 3 + at * 12, [{ text, left: edges[column]! + 3 }]));
    });
    y += height;
  }
}

const prose = "The manufacturer tells the direction of every parameter and the step time of the drive.";

test("makes words whole that a narrow column breaks without a hyphen", async () => {
  const bytes = await makePdf((pdf) => {
    pdf.font("Courier").fontSize(10);
    line(pdf, 60, [{ text: prose, left: 40 }]);
    grid(
      pdf,
      100,
      [37, 37, 31, 200],
      [
        [["manuf", "actur", "er"], ["direc", "tion"], ["step", "time"], ["remark"]],
        [["Gecko"], ["risin", "g"], ["1500", "00"], ["as delivered"]],
        [["Leads", "hine"], ["fall", "edge"], ["500"], ["with the later board"]],
      ],
    );
  });
  expect(rowsOf(await load(bytes))).toEqual([
    ["manufacturer", "direction", "step time", "remark"],
    ["Gecko", "rising", "150000", "as delivered"],
    ["Leadshine", "fall edge", "500", "with the later board"],
  ]);
});

test("joins no words, codes or numbers of a column that breaks none", async () => {
  const bytes = await makePdf((pdf) => {
    pdf.font("Courier").fontSize(10);
    line(pdf, 60, [{ text: "A motor set up anew tells its setup by the alarm code.", left: 40 }]);
    grid(
      pdf,
      100,
      [37, 31, 200],
      [
        [["alarm", "code"], ["set", "up"], ["remark"]],
        [["AL-01", "low"], ["100", "200", "300"], ["before the motor starts"]],
        [["AL-02", "high"], ["400", "500"], ["while the motor runs"]],
      ],
    );
  });
  expect(rowsOf(await load(bytes)).map((cells) => cells.slice(0, 2))).toEqual([
    ["alarm code", "set up"],
    ["AL-01 low", "100 200 300"],
    ["AL-02 high", "400 500"],
  ]);
});

test("keeps the hyphen of a name, an address or a path at a line's end", async () => {
  const lines = [
    "Connect the pin axis.x.jog-",
    "enable and read /etc/feeder/first-",
    "start.conf or https://example.org/feeder-",
    "manual before the lubri-",
    "cation of the guide.",
  ];
  const bytes = await makePdf((pdf) => {
    pdf.font("Times-Roman").fontSize(11);
    lines.forEach((text, index) => line(pdf, 100 + index * 14, [{ text, left: 56 }]));
  });
  const { text } = await load(bytes);
  expect(text).toContain("axis.x.jog-enable and read /etc/feeder/first-start.conf");
  expect(text).toContain("https://example.org/feeder-manual before the lubrication");
});

// Lines close to each other with white stripes down the page: PDFium takes such letters for upright writing.
test("reads letters that are placed one by one as words", async () => {
  const lines = Array.from({ length: 80 }, (_, at) => `pump.${at + 10}.enable${" ".repeat(30)}motor.${at + 10}.run`);
  const bytes = await makePdf((pdf) => {
    pdf.font("Courier").fontSize(7);
    for (const [index, text] of lines.entries())
      for (const [at, letter] of [...text].entries())
        if (letter !== " ") pdf.text(letter, 56 + at * 4.2, 60 + index * 8, { lineBreak: false });
  });
  const { text } = await load(bytes);
  for (const at of [10, 17, 89]) expect(text).toMatch(new RegExp(`pump\\.${at}\\.enable +motor\\.${at}\\.run`));
});

test("reads what follows a ligature as the same word", async () => {
  const map =
    "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <01> <006600660069> endbfchar endcmap";
  const widths = Array.from({ length: 126 }, (_, at) => (at === 0 ? 1500 : 550)).join(" ");
  const font = `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 1 /LastChar 126 /Widths [${widths}]
    /Encoding << /Differences [1 /ffi] >> /ToUnicode 6 0 R >>`;
  const stream = `<< /Length ${map.length} >>\nstream\n${map}\nendstream`;
  const content = Buffer.from("BT /F1 12 Tf 56 700 Td (The di\\001cult screw) Tj ET");
  expect((await load(rawPdf(content, font, [stream]))).text).toBe("The difficult screw");
});
