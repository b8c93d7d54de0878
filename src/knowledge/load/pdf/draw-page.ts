import { SunbaeError } from "../../../core/errors.ts";
import type { PdfDocument } from "./open-document.ts";

/** Rows of pixels from the top, three bytes a pixel: red, green, blue. */
export type Raster = { width: number; height: number; data: Uint8Array };

const mostPixels = 36_000_000;
// PDFium's grey bitmaps are no good: it traps on some pictures.
const bgr = 2;
const withAnnotations = 0x01;
const redFirst = 0x10;

/** A page as a picture, `scale` pixels a point; smaller where that were more than 36 million pixels. */
export function drawPage(
  { pdfium, handle }: PdfDocument,
  number: number,
  { scale }: { scale: number | { widthPixels: number } },
): Raster {
  const { calls } = pdfium;
  const page = calls.FPDF_LoadPage(handle, number - 1);
  if (!page) throw new SunbaeError("invalid_input", `Page ${number} is broken and can't be shown.`);
  try {
    const [wide, high] = [calls.FPDF_GetPageWidthF(page), calls.FPDF_GetPageHeightF(page)];
    const wanted = typeof scale === "number" ? scale : scale.widthPixels / (wide || 1);
    const most = Math.sqrt(mostPixels / Math.max(wide * high, 1));
    const used = Math.min(wanted, most);
    const [width, height] = [Math.max(1, Math.round(wide * used)), Math.max(1, Math.round(high * used))];
    const bitmap = calls.FPDFBitmap_CreateEx(width, height, bgr, 0, 0);
    if (!bitmap) throw new SunbaeError("too_large", `Page ${number} is too large to be drawn.`);
    try {
      calls.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      calls.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, withAnnotations | redFirst);
      const [start, stride] = [calls.FPDFBitmap_GetBuffer(bitmap), calls.FPDFBitmap_GetStride(bitmap)];
      const memory = pdfium.bytes();
      const data = new Uint8Array(width * height * 3);
      for (let row = 0; row < height; row += 1) {
        const from = start + row * stride;
        data.set(memory.subarray(from, from + width * 3), row * width * 3);
      }
      return { width, height, data };
    } finally {
      calls.FPDFBitmap_Destroy(bitmap);
    }
  } finally {
    calls.FPDF_ClosePage(page);
  }
}
