import { SunbaeError } from "../../../core/errors.ts";
import type { Raster } from "../pdf/draw-page.ts";
import { findOcr, languagesOf, runTesseract } from "./find-ocr.ts";
import { readTsv } from "./read-tsv.ts";
import type { Recognised } from "./read-tsv.ts";

const longestMs = 120_000;

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
  const dpi = ["--dpi", String(Math.round(scale * 72))];
  const which = page === undefined ? [] : ["-c", `tessedit_page_number=${page - 1}`];
  const ended = await runTesseract(["stdin", "stdout", "-l", languages, ...dpi, ...which, "tsv"], {
    input: picture instanceof Uint8Array ? picture : asPgm(picture),
    timeoutMs: longestMs,
    signal,
  });
  if (!ended) return null;
  if (ended.code !== 0) {
    const said = ended.errors.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
    throw new SunbaeError("unavailable", `tesseract could not read the picture: ${said}`);
  }
  return readTsv(ended.output, scale);
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
