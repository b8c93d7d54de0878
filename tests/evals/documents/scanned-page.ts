import { PDFiumLibrary } from "@hyzyla/pdfium";
import { encode } from "fast-png";
import Pdf from "pdfkit";

/** A PDF whose only page is a picture of the lines, as a scanner makes it: no text to read without OCR. */
export async function scannedPage(lines: string[]): Promise<Buffer> {
  const library = await PDFiumLibrary.init();
  const printed = await library.loadDocument(
    await printPdf((document) => lines.forEach((text) => document.text(text))),
  );
  const bitmap = await printed.getPage(0).render({ scale: 2.5, render: "bitmap" });
  // PDFium gives blue, green, red, alpha.
  const rgba = Uint8Array.from(bitmap.data);
  for (let at = 0; at < rgba.length; at += 4) [rgba[at], rgba[at + 2]] = [rgba[at + 2] ?? 0, rgba[at] ?? 0];
  const png = encode({ width: bitmap.width, height: bitmap.height, data: rgba, channels: 4 });
  printed.destroy();
  library.destroy();
  return await printPdf((document) => document.image(Buffer.from(png), 0, 0, { width: 595 }));
}

async function printPdf(draw: (document: PDFKit.PDFDocument) => void): Promise<Buffer> {
  const document = new Pdf({ size: "A4", margin: 60 });
  const parts: Buffer[] = [];
  document.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve) => document.on("end", () => resolve()));
  document.fontSize(22);
  draw(document);
  document.end();
  await ended;
  return Buffer.concat(parts);
}
