import { default as PDFDocument } from "pdfkit";

// PDFs as tests need them, made in memory.

export type Pdf = PDFKit.PDFDocument;

/** Bytes of a PDF that `draw` writes on A4 pages of 595 × 842 points. */
export function makePdf(draw: (pdf: Pdf) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: "A4", margin: 56, ...options });
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.once("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.once("error", reject);
    draw(pdf);
    pdf.end();
  });
}

export type Cell = { text: string; left: number };

/** One line of writing at its places, without anything that moves it. */
export function line(pdf: Pdf, top: number, cells: Cell[]): void {
  for (const { text, left } of cells) pdf.text(text, left, top, { lineBreak: false });
}

/** A running head and a page number, drawn outside the margins. */
export function runningLines(pdf: Pdf, head: string, number: number): void {
  pdf.font("Helvetica").fontSize(8);
  line(pdf, 28, [{ text: head, left: 56 }]);
  line(pdf, 812, [{ text: `Page ${number}`, left: 280 }]);
  pdf.fontSize(10);
}

/** A PDF written by hand of one page: its content, and the font F1 that it uses. */
export function rawPdf(content: Buffer, font: string, more: string[] = []): Uint8Array {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content.toString("latin1")}\nendstream`,
    font,
    ...more,
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const at of offsets) file += `${String(at).padStart(10, "0")} 00000 n \n`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, "latin1"));
}

/** A Korean font that is not embedded, its characters known by one of Adobe's CMaps only. */
export const koreanFont = (cmap: string) =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium-${cmap} /Encoding /${cmap} /DescendantFonts [6 0 R] >>`;
export const koreanDescendant =
  "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /FontDescriptor 7 0 R >>";
export const koreanDescriptor =
  "<< /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>";
