import { encode } from "fast-png";
import { SunbaeError } from "../../core/errors.ts";
import { drawPage } from "../load/pdf/draw-page.ts";
import { openDocument } from "../load/pdf/open-document.ts";
import type { PdfDocument } from "../load/pdf/open-document.ts";
import { pictureAsPdf } from "../load/picture/picture-as-pdf.ts";
import { pictureInfo } from "../load/picture/picture-info.ts";

const widest = 4000;

/** The last file stays open while its bytes are kept: who looks at one page soon looks at the next. */
let last: { bytes: WeakRef<Uint8Array>; format: string; document: PdfDocument } | null = null;

/**
 * A page as it came, as PNG bytes, `widthPixels` wide (at most 4,000). Rejects with `invalid_input` where it can't be
 * drawn. Drawing takes the thread it runs in up to some seconds for a large sheet.
 */
export async function renderPage(
  bytes: Uint8Array,
  format: string,
  number: number,
  { widthPixels, signal }: { widthPixels: number; signal?: AbortSignal },
): Promise<Uint8Array> {
  if (!Number.isInteger(widthPixels) || widthPixels < 1 || widthPixels > widest)
    throw new SunbaeError("invalid_input", `A picture is 1 to ${widest} pixels wide.`);
  const document = await documentOf(bytes, format);
  signal?.throwIfAborted();
  if (number < 1 || number > document.pageCount) throw new SunbaeError("not_found", `There is no page ${number}.`);
  try {
    const raster = drawPage(document, number, { scale: { widthPixels } });
    return encode({ ...raster, channels: 3, depth: 8 }, { zlib: { level: 3 } });
  } catch (thrown) {
    // After a trap the WASM's memory can't be trusted.
    last = null;
    if (thrown instanceof SunbaeError) throw thrown;
    throw new SunbaeError("invalid_input", `Page ${number} can't be drawn: PDFium failed on it.`, { cause: thrown });
  }
}

async function documentOf(bytes: Uint8Array, format: string): Promise<PdfDocument> {
  if (last?.bytes.deref() === bytes && last.format === format) return last.document;
  last?.document.close();
  last = null;
  const document = await openDocument(format === "pdf" ? bytes : pictured(bytes, format));
  last = { bytes: new WeakRef(bytes), format, document };
  return document;
}

function pictured(bytes: Uint8Array, format: string): Uint8Array {
  const pdf = format === "picture" ? pictureAsPdf(bytes, pictureInfo(bytes)) : null;
  if (!pdf) throw new SunbaeError("invalid_input", `There are no pictures of pages of this kind of file (${format}).`);
  return pdf;
}
