import { SunbaeError } from "../../../core/errors.ts";
import { recognisePage } from "../ocr/recognise-page.ts";
import type { PagedReader } from "../reader.ts";
import { assemblePdf } from "./assemble-pdf.ts";
import { drawPage } from "./draw-page.ts";
import { openDocument, outlineOf, titleOf } from "./open-document.ts";
import { unreadPage } from "./raw-pdf-page.ts";
import { readPdfPage } from "./read-page.ts";

/** PDFs: the text they hold; pages that are pictures of text are recognised, where the machine has what it takes. */
export const pdfReader: PagedReader = {
  format: "pdf",
  async open({ bytes }) {
    let document = await openDocument(bytes);
    let broken = false;
    const outline = outlineOf(document);

    /** After a trap the WASM's memory can't be trusted: the file is opened anew. */
    async function whole<T>(work: () => T): Promise<T> {
      if (broken) document = await openDocument(bytes);
      broken = false;
      try {
        return work();
      } catch (thrown) {
        broken = thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
        throw thrown;
      }
    }

    return {
      pageCount: document.pageCount,
      title: titleOf(document),
      async readPage(number, signal) {
        if (signal?.aborted) throw new SunbaeError("cancelled", "The work was cancelled.");
        try {
          const { page, needs } = await whole(() => readPdfPage(document, number, outline.get(number - 1) ?? []));
          if (needs === null) return page;
          const draw = (options: { scale: number }) => whole(() => drawPage(document, number, options));
          return await recognisePage(page, needs, draw, signal);
        } catch (thrown) {
          if (thrown instanceof SunbaeError && thrown.code === "cancelled") throw thrown;
          return unreadPage(number, "Not read: PDFium failed on it.");
        }
      },
      unreadPage: (number, why) => unreadPage(number, why),
      async close() {
        if (!broken) document.close();
      },
    };
  },
  assemble: assemblePdf,
};
