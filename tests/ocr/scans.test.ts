import { describe, expect, test } from "vitest";
import { loadDocument } from "../../src/knowledge/load/load-file.ts";
import { findOcr } from "../../src/knowledge/load/ocr/find-ocr.ts";
import { pdfReader } from "../../src/knowledge/load/pdf/read-pdf.ts";
import { scan, scannedPdf } from "../support/scans.ts";
import type { Pdf } from "../support/pdf.ts";

const koreanFont = process.env["SUNBAE_TEST_KOREAN_FONT"]!;

const english = (pdf: Pdf) => {
  pdf.font("Helvetica").fontSize(14);
  pdf.text("The hydraulic pump builds up pressure only while the main motor runs.", 56, 100, { width: 480 });
  pdf.text("Close the guard before the first stroke of a shift.", 56, 160, { width: 480 });
};
const korean = (pdf: Pdf) => {
  pdf.font(koreanFont).fontSize(15);
  pdf.text("유압 펌프는 주전동기가 회전하는 동안에만 압력을 만듭니다.", 56, 100, { width: 480 });
  pdf.text("작업을 시작하기 전에 안전문을 닫으십시오.", 56, 160, { width: 480 });
};

/** Share of words that are there, wherever blanks stand: those are what it finds hardest. */
const share = (text: string, words: string) => {
  const wanted = words.split(" ");
  return wanted.filter((word) => text.replaceAll(/\s/g, "").includes(word)).length / wanted.length;
};

describe("scanned pages", () => {
  test("name the tool and its languages", async () => {
    expect(await findOcr()).toMatchObject({
      version: expect.stringMatching(/^\d/),
      languages: expect.arrayContaining(["eng", "kor"]),
    });
  });

  test("are recognised in English and Korean, marked as such, with the places of their lines", async () => {
    const bytes = await scannedPdf([await scan(english), await scan(korean)]);
    const { text, pages, notices } = await loadDocument("scan.pdf", bytes);
    expect(pages!.map((page) => page.origin)).toEqual(["ocr", "ocr"]);
    expect(text).toContain("Close the guard before the first stroke of a shift.");
    expect(share(text.slice(pages![1]!.start), "유압 펌프는 회전하는 압력을 안전문을 시작하기")).toBeGreaterThan(0.6);
    expect(notices[0]).toBe("Pages 1–2: recognised from a picture: figures may be wrong.");
    const guard = pages![0]!.lines.find((line) => text.slice(line.start, line.end).startsWith("Close"))!;
    expect(guard.box[0]).toBeCloseTo(56 / 595, 1);
    expect(guard.box[1]).toBeCloseTo(163 / 842, 1);
  });

  test("of photographs are read too", async () => {
    const { text, pages, title } = await loadDocument("photos/press plate.png", await scan(english));
    expect(pages![0]!.origin).toBe("ocr");
    expect(text).toContain("hydraulic pump");
    expect(title).toBe("press plate");
  });

  test("stop at once when the work is cancelled", async () => {
    const bytes = await scannedPdf([await scan(english)]);
    const file = await pdfReader.open({ name: "scan", bytes, sibling: async () => null });
    const cancel = new AbortController();
    const began = performance.now();
    const page = file.readPage(1, cancel.signal);
    setTimeout(() => cancel.abort(), 400);
    await expect(page).rejects.toMatchObject({ code: "cancelled" });
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
