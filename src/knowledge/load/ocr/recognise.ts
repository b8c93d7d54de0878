import { SunbaeError } from "../../../core/errors.ts";
import type { Raster } from "../pdf/draw-page.ts";
import { findOcr, languagesOf, runTesseract } from "./find-ocr.ts";
import { readTsv } from "./read-tsv.ts";
import type { Recognised } from "./read-tsv.ts";

const longestMs = 120_000;
/**
 * How tesseract is to see the page: as rows of varying size (columns and tables are our own work, and it reads Korean
 * better so); where it finds no word in it, as one block: a page with two lines on it is empty to it else.
 */
const layouts = ["4", "6"];

/**
 * Text of a picture (a raster, or a picture file that tesseract reads), boxes in points of `scale` pixels. Null where
 * there is no tesseract with Korean or English. Throws where it fails or is stopped.
 */
export async function recognise(
  picture: Raster | Uint8Array,
  { scale, page, signal }: { scale: number; page?: number; signal?: AbortSignal },
): Promise<Recognised | null> {
  const ocr = await findOcr();
  const languages = ocr && languagesOf(ocr);
  if (!languages) return null;
  const input = picture instanceof Uint8Array ? picture : asPgm(picture);
  const settings = ["-l", languages, "--dpi", String(Math.round(scale * 72))];
  if (page !== undefined) settings.push("-c", `tessedit_page_number=${page - 1}`);
  for (const layout of layouts) {
    const words = ["stdin", "stdout", ...settings, "--psm", layout, "tsv"];
    const ended = await runTesseract(words, { input, timeoutMs: longestMs, signal });
    if (!ended) return null;
    if (ended.code !== 0) {
      const said = ended.errors.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
      throw new SunbaeError("unavailable", `tesseract could not read the picture: ${said}`);
    }
    const found = readTsv(ended.output, scale);
    if (found.words > 0) return found;
  }
  return { pieces: [], words: 0, unclear: 0 };
}

/** The plainest format that tesseract reads, in grey: no time goes into packing it. */
function asPgm({ width, height, data }: Raster): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(header.length + width * height);
  file.set(header);
  for (let from = 0, to = header.length; to < file.length; from += 3, to += 1)
    file[to] = (data[from]! * 77 + data[from + 1]! * 150 + data[from + 2]! * 29) >> 8;
  return file;
}
