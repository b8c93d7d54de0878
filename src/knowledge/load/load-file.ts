import { readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { SunbaeError } from "../../core/errors.ts";
import { decodeText } from "./decode-text.ts";
import { describeDocument } from "./describe-document.ts";
import type { LoadedDocument, ReadDocument } from "./loaded-document.ts";
import { readAsciidoc } from "./read-asciidoc.ts";
import { readCsv } from "./read-csv.ts";
import { readHtml } from "./read-html.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readText } from "./read-text.ts";

type Reader = { format: string; read: (text: string, name: string) => ReadDocument };

const readers: Record<string, Reader> = {
  ".md": { format: "markdown", read: readMarkdown },
  ".markdown": { format: "markdown", read: readMarkdown },
  ".adoc": { format: "asciidoc", read: readAsciidoc },
  ".asciidoc": { format: "asciidoc", read: readAsciidoc },
  ".html": { format: "html", read: readHtml },
  ".htm": { format: "html", read: readHtml },
  ".csv": { format: "csv", read: readCsv },
  ".tsv": { format: "csv", read: readCsv },
  ".txt": { format: "text", read: readText },
  ".text": { format: "text", read: readText },
};

const largestBytes = 64 * 1024 * 1024;

export const readableExtensions = Object.keys(readers);
export const isReadable = (path: string) => extname(path).toLowerCase() in readers;

/** Bytes of a file. Throws a sentence where it is empty, too large or no plain file. */
export async function readBytes(file: string): Promise<Buffer> {
  const info = await stat(file);
  if (!info.isFile()) throw new SunbaeError("invalid_input", "It is not a plain file.");
  if (info.size === 0) throw new SunbaeError("invalid_input", "The file is empty.");
  if (info.size > largestBytes)
    throw new SunbaeError("too_large", `The file has ${Math.round(info.size / 1e6)} MB; at most 64 MB are read.`);
  return readFile(file);
}

/** Reads one file of a known format. `path` is the path to store, `bytes` its contents. */
export function loadDocument(path: string, bytes: Uint8Array): LoadedDocument {
  const extension = extname(path).toLowerCase();
  const reader = readers[extension];
  if (!reader) throw new SunbaeError("invalid_input", `There is no reader for "${extension || basename(path)}" files.`);
  const decoded = decodeText(bytes);
  if (decoded.text.trim() === "") throw new SunbaeError("invalid_input", "The file has no text.");
  const read = reader.read(decoded.text, basename(path, extname(path)));
  const notices = [...decoded.notices, ...(read.notices ?? [])];
  return describeDocument(path, reader.format, { ...read, notices });
}
