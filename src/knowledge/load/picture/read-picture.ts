import { SunbaeError, toSunbaeError } from "../../../core/errors.ts";
import { howToInstall } from "../ocr/find-ocr.ts";
import { recognise } from "../ocr/recognise.ts";
import { recognisePage } from "../ocr/recognise-page.ts";
import { assemblePdf } from "../pdf/assemble-pdf.ts";
import { drawPage } from "../pdf/draw-page.ts";
import { openDocument } from "../pdf/open-document.ts";
import { unreadPage } from "../pdf/raw-pdf-page.ts";
import type { RawPdfPage } from "../pdf/raw-pdf-page.ts";
import type { PagedReader } from "../reader.ts";
import { pictureAsPdf, pixelsPerPoint } from "./picture-as-pdf.ts";
import { pictureInfo } from "./picture-info.ts";
import type { PictureInfo } from "./picture-info.ts";

/** Photographs and scans: a page each, read by what recognises text on this machine. */
export const pictureReader: PagedReader = {
  format: "picture",
  async open({ bytes }) {
    const info = pictureInfo(bytes);
    return {
      pageCount: Math.max(info.pages, 1),
      title: null,
      async readPage(number, signal) {
        if (signal?.aborted) throw new SunbaeError("cancelled", "The work was cancelled.");
        try {
          const pdf = pictureAsPdf(bytes, info);
          return await (pdf ? readDrawn(pdf, info, signal) : readFile(bytes, info, number, signal));
        } catch (thrown) {
          if (thrown instanceof SunbaeError && thrown.code === "cancelled") throw thrown;
          return unreadPage(number, `Not read: ${toSunbaeError(thrown).message}`);
        }
      },
      unreadPage: (number, why) => unreadPage(number, why),
      close: async () => undefined,
    };
  },
  // Sizes of recognised letters are no measure: the file's name makes the better title.
  assemble: (_title, pages) => ({ ...assemblePdf(null, pages), title: null }),
};

const blank = (number: number, width: number, height: number): RawPdfPage => ({
  ...unreadPage(number, "", { width, height }),
  origin: "ocr",
  notices: [],
});

async function readDrawn(pdf: Uint8Array, { width, height, turn }: PictureInfo, signal?: AbortSignal) {
  const document = await openDocument(pdf);
  const points = [width, height].map((pixels) => Math.round((pixels / pixelsPerPoint) * 10) / 10) as [number, number];
  const page = turn % 2 === 0 ? blank(1, ...points) : blank(1, points[1], points[0]);
  try {
    return await recognisePage(page, "scan", async (options) => drawPage(document, 1, options), signal);
  } finally {
    document.close();
  }
}

/** Kinds that only the recogniser can read: there is no picture of the page to be shown then. */
async function readFile(bytes: Uint8Array, info: PictureInfo, number: number, signal?: AbortSignal) {
  const found = await recognise(bytes, { scale: pixelsPerPoint, ...(info.pages > 1 && { page: number }), signal });
  if (!found) return unreadPage(number, `A picture of text, not read: ${howToInstall}.`);
  const size = [info.width / pixelsPerPoint, info.height / pixelsPerPoint] as const;
  const page: RawPdfPage = { ...blank(number, ...size), noPicture: true };
  if (found.words === 0) return page;
  const notices = ["Recognised from a picture: figures may be wrong."];
  if (found.unclear > 0) notices.push(`${found.unclear} words were too unclear to be recognised.`);
  return { ...page, notices, pieces: found.pieces };
}
