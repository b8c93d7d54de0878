import { renderPage } from "../../src/knowledge/pages/render-page.ts";
import { makePdf } from "./pdf.ts";
import type { Pdf } from "./pdf.ts";

/** PNG of the first page that `draw` writes, as a scanner at 200 dots an inch would make it. */
export async function scan(draw: (pdf: Pdf) => void): Promise<Uint8Array> {
  return renderPage(await makePdf(draw), "pdf", 1, { widthPixels: 1654 });
}

/** A PDF whose pages are these pictures. */
export const scannedPdf = (pictures: Uint8Array[]): Promise<Uint8Array> =>
  makePdf(
    (pdf) => {
      pictures.forEach((picture, index) => {
        if (index > 0) pdf.addPage();
        pdf.image(Buffer.from(picture), 0, 0, { width: 595 });
      });
    },
    { margin: 0 },
  );
