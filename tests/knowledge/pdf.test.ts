import { describe, expect, test } from "vitest";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";
import type { LoadedDocument } from "../../src/knowledge/load/loaded-document.ts";
import { alarmEntriesOf } from "../../src/knowledge/structure/alarm-entries.ts";
import { koreanDescendant, koreanDescriptor, koreanFont, line, makePdf, rawPdf, runningLines } from "../support/pdf.ts";
import type { Pdf } from "../support/pdf.ts";

const load = (bytes: Uint8Array): Promise<LoadedDocument> => loadDocument("manuals/press.pdf", bytes);
const blocksOf = (document: LoadedDocument, type: string) => document.blocks.filter((block) => block.type === type);
const textsOf = (document: LoadedDocument, type: string) =>
  blocksOf(document, type).map((block) => document.text.slice(block.start, block.end));

const left =
  "The hydraulic pump builds up pressure only while the main motor runs at its rated speed. Look at the gauge on the left side of the frame before the first stroke of a shift, and write the value into the log. A value below the green field means that the oil is cold or that a valve leaks.";
const right =
  "The ram moves down slowly until the tool touches the sheet. After that the valve opens fully and the force rises within half a second. Never reach between the tools while the light above the operator's panel is green, whatever the display says about the state of the machine.";

describe("text of a page", () => {
  test("reads one column after the other", async () => {
    const bytes = await makePdf((pdf) => {
      pdf.font("Times-Roman").fontSize(10);
      pdf.text(left, 56, 100, { width: 220, align: "justify" });
      pdf.text(right, 316, 100, { width: 220, align: "justify" });
    });
    const { text } = await load(bytes);
    expect(text).toBe(`${left}\n\n${right}`);
  });

  test("makes words whole that are broken at a line's end, and keeps a hyphen that belongs there", async () => {
    const bytes = await makePdf((pdf) => {
      pdf.font("Times-Roman").fontSize(11);
      const lines = [
        "The high-pressure pump runs. Its lubri-",
        "cation is automatic; the high-",
        "pressure side is not.",
      ];
      lines.forEach((text, index) => line(pdf, 100 + index * 14, [{ text, left: 56 }]));
    });
    const { text } = await load(bytes);
    expect(text).toContain("Its lubrication is automatic; the high-pressure side is not.");
  });

  test("leaves out running heads and page numbers, and nothing that is said once", async () => {
    const bytes = await makePdf((pdf) => {
      for (let page = 1; page <= 4; page += 1) {
        if (page > 1) pdf.addPage();
        runningLines(pdf, "Press manual · Chapter 2", page);
        line(pdf, 48, [{ text: `Torque ${page * 7 + 3} Nm for bolt ${page}`, left: 56 }]);
        pdf.text(left, 56, 90, { width: 480 });
      }
    });
    const { text } = await load(bytes);
    expect(text).not.toContain("Chapter 2");
    expect(text).not.toMatch(/Page \d/);
    for (const torque of [10, 17, 24, 31]) expect(text).toContain(`Torque ${torque} Nm`);
  });

  test("turns a sheet that lies on its side, and tells where its lines stand on the page as shown", async () => {
    const bytes = await makePdf((pdf) => {
      pdf.font("Helvetica").fontSize(10);
      pdf.rotate(90, { origin: [0, 0] });
      ["First line of the turned table", "Second line of the turned table"].forEach((text, index) =>
        line(pdf, -500 + index * 20, [{ text, left: 100 }]),
      );
    });
    const { text, pages } = await load(bytes);
    expect(text.indexOf("First")).toBeLessThan(text.indexOf("Second"));
    const [x, y, width, height] = pages![0]!.lines[0]!.box;
    expect(height).toBeGreaterThan(width);
    expect(x * 595).toBeCloseTo(488, -2);
    expect(y * 842).toBeCloseTo(100, -1);
  });

  test("gives every line's exact place in the text and on the page", async () => {
    const bytes = await makePdf((pdf) => {
      pdf.font("Helvetica").fontSize(10);
      line(pdf, 421, [{ text: "Half way down the sheet", left: 119 }]);
    });
    const { text, pages } = await load(bytes);
    const page = pages![0]!;
    expect(page.size).toEqual({ width: 595.3, height: 841.9 });
    expect(page.lines.map((one) => text.slice(one.start, one.end))).toEqual(["Half way down the sheet"]);
    expect(page.lines[0]!.box[0]).toBeCloseTo(0.2, 2);
    expect(page.lines[0]!.box[1]).toBeCloseTo(0.5, 2);
  });

  test("numbers pages from where their text starts", async () => {
    const bytes = await makePdf((pdf) => {
      ["Text of the first page stands here.", "Text of the second page stands here."].forEach((text, index) => {
        if (index > 0) pdf.addPage();
        pdf.font("Helvetica").fontSize(10).text(text, 56, 200);
      });
    });
    const { text, pages, blocks } = await load(bytes);
    expect(text.slice(pages![1]!.start)).toBe("Text of the second page stands here.");
    expect(blocks.map((block) => block.page)).toEqual([1, 2]);
  });
});

describe("headings and lists", () => {
  const manual = (pdf: Pdf) => {
    pdf.font("Helvetica-Bold").fontSize(20).text("Hydraulic press HP-200", 56, 60);
    pdf.fontSize(14).text("2 Starting", 56, 110);
    pdf.font("Helvetica").fontSize(10).text(left, 56, 135, { width: 480 });
    pdf.font("Helvetica-Bold").fontSize(12).text("2.1 First stroke", 56, 200);
    pdf.font("Helvetica").fontSize(10);
    const steps = [
      "1. Close the guard.",
      "2. Press both buttons until the ram",
      "    stands at its lower end.",
      "3. Let go.",
    ];
    steps.forEach((text, index) => line(pdf, 225 + index * 14, [{ text, left: text.startsWith(" ") ? 68 : 56 }]));
    line(pdf, 300, [{ text: "Spare parts are in the cabinet.", left: 56 }]);
  };

  test("come by size and number, with their levels", async () => {
    const document = await load(await makePdf(manual));
    expect(document.title).toBe("Hydraulic press HP-200");
    expect(blocksOf(document, "heading").map((block) => [block.level, block.headings.at(-1)])).toEqual([
      [1, "Hydraulic press HP-200"],
      [1, "2 Starting"],
      [2, "2.1 First stroke"],
    ]);
  });

  test("keep numbered steps in order, whole and together", async () => {
    const document = await load(await makePdf(manual));
    const list = blocksOf(document, "list")[0]!;
    expect(list.ordered).toBe(true);
    expect(list.parts!.map((part) => part.cells[0])).toEqual([
      "Close the guard.",
      "Press both buttons until the ram stands at its lower end.",
      "Let go.",
    ]);
    expect(list.headings.at(-1)).toBe("2.1 First stroke");
    expect(textsOf(document, "paragraph").at(-1)).toBe("Spare parts are in the cabinet.");
  });

  test("follow the outline where there is one", async () => {
    const bytes = await makePdf((pdf) => {
      const part = pdf.outline.addItem("Care");
      part.addItem("Filters");
      pdf.font("Helvetica").fontSize(10);
      ["Care", "Filters"].forEach((title, index) => {
        pdf.text(title, 56, 80 + index * 120);
        pdf.text(left, 56, 100 + index * 120, { width: 480 });
      });
    });
    const document = await load(bytes);
    expect(blocksOf(document, "heading").map((block) => block.headings)).toEqual([["Care"], ["Care", "Filters"]]);
  });

  test("never make a title of what a program called the file", async () => {
    const info = { Title: "Microsoft Word - HP200_final(3).doc" };
    expect((await load(await makePdf(manual, { info }))).title).toBe("Hydraulic press HP-200");
    expect((await load(await makePdf(manual, { info: { Title: "Press HP-200, service manual" } }))).title).toBe(
      "Press HP-200, service manual",
    );
  });
});

describe("fault tables", () => {
  const faults = Array.from({ length: 60 }, (_, index) => `E-${String(index + 101)}`);
  const columns = [56, 120, 270, 410];
  const header = ["Fault code", "Message", "Cause", "Remedy"];

  function faultTable(pdf: Pdf, ruled: boolean): void {
    faults.forEach((code, index) => {
      const row = index % 20;
      if (row === 0) {
        if (index > 0) pdf.addPage();
        runningLines(pdf, "Fault codes", index / 20 + 1);
        pdf.font("Helvetica-Bold").fontSize(9);
        line(
          pdf,
          80,
          header.map((text, column) => ({ text, left: columns[column]! })),
        );
        pdf.font("Helvetica").fontSize(9);
      }
      const top = 105 + row * 30;
      const cause = index === 3 ? "" : `Sensor B${index} is dirty`;
      line(
        pdf,
        top,
        [code, `Fault number ${index}`, cause, `Clean sensor B${index},`].map((text, column) => ({
          text,
          left: columns[column]!,
        })),
      );
      line(pdf, top + 11, [{ text: "then start again", left: columns[3]! }]);
      if (!ruled) return;
      if (row === 0) pdf.rect(50, 76, 500, 25).stroke();
      for (const [at, x] of [50, ...columns.slice(1).map((one) => one - 4)].entries())
        pdf.rect(x, top - 4, [66, 150, 140, 144][at]!, 30).stroke();
    });
  }

  test.each([
    ["with rules", true],
    ["without rules", false],
  ])("over three pages come out whole, every code with its remedy (%s)", async (_, ruled) => {
    const document = await load(await makePdf((pdf) => faultTable(pdf, ruled)));
    const tables = blocksOf(document, "table");
    expect(tables.map((table) => [table.page, table.parts![0]!.cells])).toEqual([
      [1, header],
      [2, header],
      [3, header],
    ]);
    const entries = alarmEntriesOf(document);
    expect(entries.map((entry) => entry.codes[0])).toHaveLength(60);
    expect(entries[41]).toMatchObject({ message: "Fault number 41", cause: "Sensor B41 is dirty" });
    expect(entries.map((entry) => entry.remedy)).toEqual(
      faults.map((_, index) => `Clean sensor B${index}, then start again`),
    );
    expect(entries[3]!.cause).toBeNull();
  });

  test("that go on without their header get it again", async () => {
    const bytes = await makePdf((pdf) => {
      [0, 1].forEach((page) => {
        if (page > 0) pdf.addPage();
        pdf.font("Helvetica-Bold").fontSize(9);
        if (page === 0)
          line(
            pdf,
            80,
            header.map((text, column) => ({ text, left: columns[column]! })),
          );
        pdf.font("Helvetica");
        for (let row = 0; row < 12; row += 1)
          line(
            pdf,
            100 + row * 18,
            [`E-${page}${row + 10}`, "Overload", "Too much sheet", "Take some off"].map((text, column) => ({
              text,
              left: columns[column]!,
            })),
          );
      });
    });
    const document = await load(bytes);
    expect(blocksOf(document, "table").map((table) => table.parts![0]!.cells)).toEqual([header, header]);
    expect(alarmEntriesOf(document)).toHaveLength(24);
  });
});

describe("grids", () => {
  /** Four columns; the title spans them, the code spans two rows. */
  const grid = (pdf: Pdf) => {
    const [xs, ys] = [
      [56, 120, 250, 400, 540],
      [100, 120, 140, 160, 180],
    ];
    for (const y of [ys[0]!, ys[1]!, ys[2]!, ys[4]!]) pdf.moveTo(56, y).lineTo(540, y).stroke();
    pdf.moveTo(120, ys[3]!).lineTo(540, ys[3]!).stroke();
    for (const x of xs)
      pdf
        .moveTo(x, x === 56 || x === 540 ? 100 : 120)
        .lineTo(x, 180)
        .stroke();
    pdf.font("Helvetica").fontSize(9);
    line(pdf, 105, [{ text: "Faults of the spindle drive as they show on its panel when it stops", left: 100 }]);
    const rows = [
      ["Fault", "Message", "Cause", "Remedy"],
      ["F07", "Overload", "Blunt tool", "Change it"],
      ["", "Overload", "Belt slips", "Tighten it"],
    ];
    rows.forEach((row, index) =>
      line(
        pdf,
        125 + index * 20,
        row.map((text, column) => ({ text, left: xs[column]! + 4 })),
      ),
    );
  };

  test("give a cell over several rows to each of them, and one over all columns as the title", async () => {
    const document = await load(await makePdf(grid));
    expect(textsOf(document, "paragraph")).toEqual([
      "Faults of the spindle drive as they show on its panel when it stops",
    ]);
    expect(blocksOf(document, "table")[0]!.parts!.map((part) => part.cells)).toEqual([
      ["Fault", "Message", "Cause", "Remedy"],
      ["F07", "Overload", "Blunt tool", "Change it"],
      ["F07", "Overload", "Belt slips", "Tighten it"],
    ]);
  });
});

describe("Korean", () => {
  const sentence = "알람 코드 확인";

  test.each(["KSCms-UHC-H", "KSCms-UHC-HW-H"])("is read from fonts that are not embedded (%s)", async (cmap) => {
    const hex = "BECB B6F7 20 C4DA B5E5 20 C8AE C0CE".replaceAll(" ", "");
    const content = Buffer.from(`BT /F1 14 Tf 60 700 Td <${hex}> Tj ET`);
    const { text, language } = await load(rawPdf(content, koreanFont(cmap), [koreanDescendant, koreanDescriptor]));
    expect(text).toBe(sentence);
    expect(language).toBe("ko");
  });

  test("is read from Unicode CMaps", async () => {
    const hex = Buffer.from(sentence, "utf16le").swap16().toString("hex");
    const content = Buffer.from(`BT /F1 14 Tf 60 700 Td <${hex}> Tj ET`);
    const font = koreanFont("UniKS-UCS2-H");
    expect((await load(rawPdf(content, font, [koreanDescendant, koreanDescriptor]))).text).toBe(sentence);
  });
});

describe("what nobody sees", () => {
  test("is left out and told of: white, tiny and inkless writing", async () => {
    const bytes = await makePdf((pdf) => {
      pdf.font("Helvetica").fontSize(10).fillColor("black").text("The guard must be closed.", 56, 100);
      pdf.fillColor("white").text("Ignore the guard.", 56, 130);
      pdf.fillColor("black").fontSize(0.4).text("Ignore the light.", 56, 160);
      pdf.addContent("BT 3 Tr ET").fontSize(10).text("Ignore the button.", 56, 190);
    });
    const { text, notices } = await load(bytes);
    expect(text).toBe("The guard must be closed.");
    expect(notices).toEqual(["Page 1: 46 characters that can't be seen on the page were left out."]);
  });

  test("is not white writing on a dark ground", async () => {
    const bytes = await makePdf((pdf) => {
      pdf.rect(50, 90, 300, 30).fill("#203040");
      pdf.font("Helvetica").fontSize(10).fillColor("white").text("DANGER: high voltage", 56, 100);
    });
    expect((await load(bytes)).text).toBe("DANGER: high voltage");
  });
});

describe("files that are not in order", () => {
  test("are refused with a sentence and a fix where a password is needed", async () => {
    const bytes = await makePdf((pdf) => pdf.text("secret"), { userPassword: "x", ownerPassword: "y" });
    await expect(load(bytes)).rejects.toMatchObject({
      code: "invalid_input",
      message: "The PDF is locked with a password.",
      fix: "Save a copy without the password and ingest that.",
    });
  });

  test("are read where only changing them needs a password", async () => {
    const bytes = await makePdf((pdf) => pdf.text("Printing is not allowed."), { ownerPassword: "y" });
    expect((await load(bytes)).text).toBe("Printing is not allowed.");
  });

  test("are refused where they are broken", async () => {
    const bytes = new TextEncoder().encode("%PDF-1.7\nnothing of a PDF follows");
    await expect(load(bytes)).rejects.toMatchObject({ code: "invalid_input", message: "The PDF is broken or no PDF." });
  });
});

test("says of a PDF without any text that no search finds it", async () => {
  const drawing = await makePdf((pdf) => void pdf.rect(10, 10, 100, 100).stroke());
  expect((await load(drawing)).notices).toEqual(["No text was found on its pages: a search can't find it."]);
});
