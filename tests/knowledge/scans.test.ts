import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";
import { findOcr } from "../../src/knowledge/load/ocr/find-ocr.ts";
import { readTsv } from "../../src/knowledge/load/ocr/read-tsv.ts";
import { renderPage } from "../../src/knowledge/pages/render-page.ts";
import { makePdf } from "../support/pdf.ts";
import { scan } from "../support/scans.ts";

const howTo = "A picture of text, not read: install the Debian packages tesseract-ocr and tesseract-ocr-kor.";
const drawn = () => scan((pdf) => pdf.fontSize(20).text("Close the guard before the first stroke."));

describe("on a machine without tesseract", () => {
  beforeAll(() => vi.stubEnv("PATH", "/nowhere"));
  afterAll(() => vi.unstubAllEnvs());

  test("finds none", async () => {
    expect(await findOcr()).toBeNull();
  });

  test("lists scanned pages as unread, with what to install, and reads the others", async () => {
    const picture = await drawn();
    const bytes = await makePdf((pdf) => {
      pdf.text("The first page holds text.").addPage();
      pdf.image(Buffer.from(picture), 0, 0, { width: 595 });
    });
    const { pages, notices, text } = await loadDocument("a.pdf", bytes);
    expect(pages!.map((page) => page.origin)).toEqual(["text", "unread"]);
    expect(pages![1]!.size).toEqual({ width: 595.3, height: 841.9 });
    expect(text).toBe("The first page holds text.");
    expect(notices).toEqual([`Page 2: ${howTo[0]!.toLowerCase()}${howTo.slice(1)}`]);
  });

  test("lists pages as unread whose letters have no meaning, rather than take signs for text", async () => {
    // A font that numbers its letters from "!" on, and does not say which is which.
    const signs = "!\"#$%&'*+,/:;<>?@".repeat(5).replaceAll(/.{5}/g, "$& ");
    const bytes = await makePdf((pdf) => pdf.text(signs).addPage().text("Close the guard."));
    const { pages, text, notices } = await loadDocument("a.pdf", bytes);
    expect([pages!.map((page) => page.origin), text]).toEqual([["unread", "text"], "Close the guard."]);
    expect(notices[0]).toContain("the text's letters have no meaning that a program could know, not read: install");
  });

  test("lists a photograph as unread and can still show it", async () => {
    const png = await drawn();
    const { pages, text, notices } = await loadDocument("photo.png", png);
    expect([pages!.map((page) => page.origin), text]).toEqual([["unread"], ""]);
    expect(notices).toHaveLength(1);
    const shown = await renderPage(png, "picture", 1, { widthPixels: 300 });
    expect(Buffer.from(shown).readUInt32BE(16)).toBe(300);
  });
});

describe("what tesseract tells", () => {
  const row = (line: number, word: number, box: number[], confidence: number, text: string) =>
    ["5", "1", "1", "1", line, word, ...box, confidence, text].join("\t");
  const head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext";

  test("keeps lines and boxes, and does not guess what was too unclear", () => {
    const tsv = [
      head,
      row(1, 1, [100, 200, 80, 30], 95, "Torque"),
      row(1, 2, [200, 200, 40, 30], 12, "l2"),
      row(1, 3, [260, 200, 40, 30], 91, "Nm"),
      row(2, 1, [100, 400, 40, 30], 15, "~;'"),
    ].join("\n");
    const found = readTsv(tsv, 2);
    expect(found.pieces.map((piece) => piece.words)).toEqual([
      [
        ["Torque", 50, 90],
        ["[?]", 100, 120],
        ["Nm", 130, 150],
      ],
    ]);
    expect(found.unclear).toBe(2);
  });

  test("makes Korean words whole that were parted into syllables", () => {
    const tsv = [
      head,
      row(1, 1, [100, 200, 28, 30], 90, "알"),
      row(1, 2, [130, 200, 28, 30], 90, "람"),
      row(1, 3, [172, 200, 60, 30], 90, "코드"),
    ].join("\n");
    expect(readTsv(tsv, 1).pieces[0]!.words.map(([text]) => text)).toEqual(["알람", "코드"]);
  });
});

describe("pictures of pages", () => {
  test("are as wide as asked, and higher than that for a sheet that stands", async () => {
    const png = Buffer.from(await renderPage(await makePdf((pdf) => pdf.text("x")), "pdf", 1, { widthPixels: 400 }));
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([400, 566]);
  });

  test("are refused with a sentence where there can be none", async () => {
    const bytes = await makePdf((pdf) => pdf.text("x"));
    await expect(renderPage(bytes, "pdf", 2, { widthPixels: 400 })).rejects.toMatchObject({ code: "not_found" });
    await expect(renderPage(bytes, "pdf", 1, { widthPixels: 40_000 })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(renderPage(bytes, "docx", 1, { widthPixels: 400 })).rejects.toMatchObject({ code: "invalid_input" });
  });
});
