import { SunbaeError } from "../../../core/errors.ts";
import { openPdfium, scratchBytes } from "./pdfium.ts";
import type { Pdfium } from "./pdfium.ts";
import type { OutlineEntry } from "./raw-pdf-page.ts";

export type PdfDocument = {
  pdfium: Pdfium;
  handle: number;
  pageCount: number;
  close(): void;
};

const passwordNeeded = 4;
const unknownSecurity = 5;
const tooLarge = 512 * 1024 * 1024;
/** Twenty times the largest manuals; a broken file of 300 bytes may declare a million. */
const mostPages = 20_000;

/** Throws `invalid_input` with a sentence where the PDF is broken or locked. */
export async function openDocument(bytes: Uint8Array): Promise<PdfDocument> {
  if (bytes.length > tooLarge) throw new SunbaeError("too_large", "The PDF is larger than 512 MB.");
  const pdfium = await openPdfium();
  const { calls } = pdfium;
  const data = calls.malloc(bytes.length);
  if (!data) throw new SunbaeError("too_large", "The PDF does not fit into memory.");
  pdfium.bytes().set(bytes, data);
  let handle = 0;
  let code = 0;
  try {
    handle = calls.FPDF_LoadMemDocument(data, bytes.length, 0);
    code = handle ? 0 : calls.FPDF_GetLastError();
  } catch (cause) {
    throw new SunbaeError("invalid_input", "The PDF is broken: PDFium fails on it.", { cause, fix: brokenFix });
  }
  if (!handle) throw refusal(code);
  const pageCount = calls.FPDF_GetPageCount(handle);
  if (pageCount === 0) throw new SunbaeError("invalid_input", "The PDF has no pages.", { fix: brokenFix });
  if (pageCount > mostPages)
    throw new SunbaeError("too_large", `The PDF says that it has ${pageCount} pages; at most ${mostPages} are read.`, {
      fix: "It may be broken. If it really is that long, split it.",
    });
  // The whole of the WASM's memory goes when nothing refers to it any more; nothing needs to be freed one by one.
  return { pdfium, handle, pageCount, close: () => void calls.FPDF_CloseDocument(handle) };
}

const brokenFix = "Open it in a PDF viewer; where that works, print it to a new PDF and ingest that.";

function refusal(code: number): SunbaeError {
  if (code === passwordNeeded)
    return new SunbaeError("invalid_input", "The PDF is locked with a password.", {
      fix: "Save a copy without the password and ingest that.",
    });
  if (code === unknownSecurity)
    return new SunbaeError("invalid_input", "The PDF is encrypted in a way that can't be read.", {
      fix: "Save or print a copy without protection and ingest that.",
    });
  return new SunbaeError("invalid_input", "The PDF is broken or no PDF.", { fix: brokenFix });
}

const noTitle =
  /^(microsoft (word|excel|powerpoint)|untitled|무제|제목 ?없음|document\d*|print|layout \d+|slide \d+|presentation\d*|title|none|null|about:blank|localhost|https?:|file:)|\.(docx?|xlsx?|pptx?|hwpx?|pdf|indd|fm|qxd|pmd|ai|dwg|html?|tmp|ps|dvi|odt)"?$|^[\d\s._-]*$|[\\/]{2}|^[A-Za-z]:\\/i;

/** The title a document says it has; null where that is what a program or a file was called. */
export function titleOf({ pdfium, handle }: PdfDocument): string | null {
  const { calls, scratch } = pdfium;
  const tag = calls.malloc(8);
  pdfium.bytes().set(new TextEncoder().encode("Title\0"), tag);
  const length = calls.FPDF_GetMetaText(handle, tag, scratch, scratchBytes);
  calls.free(tag);
  if (length <= 2 || length > 1000) return null;
  const title = pdfium.utf16(scratch, length).replaceAll(/\s+/g, " ").trim();
  const odd = title.includes("\uFFFD") || !/\p{L}{2}/u.test(title) || (/^\S+$/.test(title) && /[_\d]/.test(title));
  return odd || noTitle.test(title) ? null : title;
}

/** Entries of the outline by page index. At most 20,000; loops end there. */
export function outlineOf({ pdfium, handle }: PdfDocument): Map<number, OutlineEntry[]> {
  const { calls, scratch } = pdfium;
  const found = new Map<number, OutlineEntry[]>();
  let left = 20_000;

  function walk(parent: number, level: number): void {
    let entry = calls.FPDFBookmark_GetFirstChild(handle, parent);
    for (; entry && left > 0; entry = calls.FPDFBookmark_GetNextSibling(handle, entry)) {
      left -= 1;
      const length = calls.FPDFBookmark_GetTitle(entry, scratch, scratchBytes);
      const title = pdfium.utf16(scratch, Math.min(length, scratchBytes)).replaceAll(/\s+/g, " ").trim();
      const action = calls.FPDFBookmark_GetAction(entry);
      const dest = calls.FPDFBookmark_GetDest(handle, entry) || (action && calls.FPDFAction_GetDest(handle, action));
      const page = dest ? calls.FPDFDest_GetDestPageIndex(handle, dest) : -1;
      if (page >= 0 && title !== "") found.set(page, [...(found.get(page) ?? []), { title, level }]);
      if (level < 8) walk(entry, level + 1);
    }
  }

  walk(0, 1);
  return found;
}
