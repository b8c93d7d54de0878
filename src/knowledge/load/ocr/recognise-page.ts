import { SunbaeError, toSunbaeError } from "../../../core/errors.ts";
import type { Raster } from "../pdf/draw-page.ts";
import { unreadPage } from "../pdf/raw-pdf-page.ts";
import type { RawPdfPage } from "../pdf/raw-pdf-page.ts";
import { howToInstall } from "./find-ocr.ts";
import type { Recognised } from "./read-tsv.ts";
import { recognise } from "./recognise.ts";

/** Pixels a point: 200 a inch. */
const scale = 200 / 72;

const why = {
  scan: "A picture of text",
  outlines: "Drawn without any text that can be read",
  rubbish: "The text's letters have no meaning that a program could know",
};

/** A page whose text must be recognised from its picture; unread, with what to do, where that can't be. */
export async function recognisePage(
  page: RawPdfPage,
  needs: keyof typeof why,
  draw: (options: { scale: number }) => Promise<Raster>,
  signal?: AbortSignal,
): Promise<RawPdfPage> {
  const { number } = page;
  const size =
    page.turn % 2 === 0 ? { width: page.width, height: page.height } : { width: page.height, height: page.width };
  const unread = (reason: string) => ({
    ...unreadPage(number, `${why[needs]}, not read: ${reason}`, size),
    outline: page.outline,
  });
  let found: Recognised | null;
  try {
    const raster = await draw({ scale });
    found = await recognise(raster, { scale: raster.width / (size.width || 1), signal });
  } catch (thrown) {
    if (thrown instanceof SunbaeError && thrown.code === "cancelled") throw thrown;
    return unread(toSunbaeError(thrown).message);
  }
  if (!found) return unread(`${howToInstall}.`);
  if (found.words === 0 && needs === "rubbish") return unread("it is too unclear.");
  // A drawing or a photograph without words has nothing to be read; what little text it has stays.
  if (found.words === 0)
    return {
      ...page,
      origin: page.pieces.length > 0 ? page.origin : "ocr",
      notices: [...page.notices, "A picture without text, or too unclear to be recognised."],
    };
  const notices = ["Recognised from a picture: figures may be wrong."];
  if (found.unclear > 0) notices.push(`${found.unclear} words were too unclear to be recognised.`);
  return { ...page, ...size, turn: 0, origin: "ocr", notices, pieces: found.pieces };
}
