import { pdfReader } from "./pdf/read-pdf.ts";
import { pictureReader } from "./picture/read-picture.ts";
import { expandIncludes } from "./asciidoc-includes.ts";
import { readAsciidoc } from "./read-asciidoc.ts";
import { readDocx } from "./docx/read-docx.ts";
import { readCsv } from "./read-csv.ts";
import { readHtml } from "./html/read-html.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readText } from "./read-text.ts";
import { decodeText } from "./decode-text.ts";
import type { ReadDocument } from "./loaded-document.ts";
import type { Reader, WholeReader } from "./reader.ts";
import { readXlsx } from "./xlsx/read-xlsx.ts";
import { readPptx } from "./pptx/read-pptx.ts";
import { readHwpx } from "./hwpx/read-hwpx.ts";
import { readEml } from "./mail/read-eml.ts";
import { SunbaeError } from "../../core/errors.ts";

const longestLine = 4_000_000;

function refuseEndlessLine(text: string): void {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", at);
    const length = (end === -1 ? text.length : end) - at;
    if (length > longestLine)
      throw new SunbaeError(
        "too_large",
        `It has a line of ${Math.round(length / 1e6)} MB: that is data, no document.`,
        {
          fix: "Save it with line ends, or leave it out.",
        },
      );
    at += length + 1;
  }
}

/** A format of plain text: decoded first, whatever its encoding. */
function ofText(format: string, read: (text: string, name: string) => ReadDocument): WholeReader {
  return {
    format,
    read({ bytes, name }) {
      const decoded = decodeText(bytes);
      refuseEndlessLine(decoded.text);
      if (decoded.text.trim() === "") throw new SunbaeError("invalid_input", "The file has no text.");
      const document = read(decoded.text, name);
      return { ...document, notices: [...decoded.notices, ...(document.notices ?? [])] };
    },
  };
}

const docx: WholeReader = { format: "docx", read: readDocx };
const xlsx: WholeReader = { format: "xlsx", read: readXlsx };
const pptx: WholeReader = { format: "pptx", read: readPptx };
const email: WholeReader = { format: "email", read: readEml };
const hwpx: WholeReader = { format: "hwpx", read: readHwpx };
const markdown = ofText("markdown", readMarkdown);
const asciidoc: WholeReader = {
  format: "asciidoc",
  async read({ bytes, sibling }) {
    const decoded = decodeText(bytes);
    refuseEndlessLine(decoded.text);
    const { source, reads, notices } = await expandIncludes(decoded.text, sibling);
    if (source.trim() === "") throw new SunbaeError("invalid_input", "The file has no text.", { cause: notices });
    const document = readAsciidoc(source);
    return { ...document, reads, notices: [...decoded.notices, ...notices, ...(document.notices ?? [])] };
  },
};
const html: WholeReader = { format: "html", read: readHtml };
const csv = ofText("csv", readCsv);
const text = ofText("text", readText);

/** By extension, in small letters. */
export const readers: Record<string, Reader> = {
  ".md": markdown,
  ".markdown": markdown,
  ".adoc": asciidoc,
  ".asciidoc": asciidoc,
  ".html": html,
  ".htm": html,
  ".csv": csv,
  ".tsv": csv,
  ".txt": text,
  ".text": text,
  ".eml": email,
  ".pdf": pdfReader,
  ".png": pictureReader,
  ".jpg": pictureReader,
  ".jpeg": pictureReader,
  ".tif": pictureReader,
  ".tiff": pictureReader,
  ".bmp": pictureReader,
  ".webp": pictureReader,
  ".docx": docx,
  ".docm": docx,
  ".xlsx": xlsx,
  ".xlsm": xlsx,
  ".pptx": pptx,
  ".pptm": pptx,
  ".ppsx": pptx,
  ".hwpx": hwpx,
};
