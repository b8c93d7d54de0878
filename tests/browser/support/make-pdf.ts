import { execFileSync } from "node:child_process";
import Pdf from "pdfkit";

export type PdfLine = { text: string; x?: number; y: number; size?: number };

/** A PDF of A4 pages, each a list of lines; `font` is a TrueType file for what Helvetica has not. */
export async function makePdf(pages: PdfLine[][], font?: string): Promise<Buffer> {
  const pdf = new Pdf({ size: "A4", autoFirstPage: false });
  const parts: Buffer[] = [];
  const ended = new Promise((resolve) => pdf.on("end", resolve));
  pdf.on("data", (part: Buffer) => parts.push(part));
  if (font) pdf.registerFont("own", font);
  for (const lines of pages) {
    pdf.addPage();
    for (const { text, x = 60, y, size = 11 } of lines)
      pdf
        .font(font ? "own" : "Helvetica")
        .fontSize(size)
        .text(text, x, y, { lineBreak: false });
  }
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

/** A TrueType font with Korean letters of this machine; null where there is none. */
export function koreanFont(): string | null {
  try {
    const found = execFileSync("fc-list", [":lang=ko:fontformat=TrueType", "file"], { encoding: "utf8" });
    const files = found.split("\n").map((line) => line.replace(/:\s*$/, "").trim());
    return files.find((file) => file.endsWith(".ttf")) ?? null;
  } catch {
    return null;
  }
}
