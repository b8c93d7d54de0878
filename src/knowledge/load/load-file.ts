import { readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { SunbaeError } from "../../core/errors.ts";
import { describeDocument } from "./describe-document.ts";
import type { GivenMetadata } from "./describe-document.ts";
import type { LoadedDocument, ReadDocument } from "./loaded-document.ts";
import { isPaged } from "./reader.ts";
import type { PagedReader, RawPage, Reader, ReaderInput } from "./reader.ts";
import { readers } from "./readers.ts";

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

/** The reader for a file. Throws `invalid_input` where there is none. */
export function readerOf(path: string): Reader {
  const extension = extname(path).toLowerCase();
  const reader = readers[extension];
  if (!reader) throw new SunbaeError("invalid_input", `There is no reader for "${extension || basename(path)}" files.`);
  return reader;
}

const noSibling: ReaderInput["sibling"] = async () => null;

/** Reads one file of a known format, all its pages one after another. `path` is the path to store. */
export async function loadDocument(
  path: string,
  bytes: Uint8Array,
  sibling: ReaderInput["sibling"] = noSibling,
  given: GivenMetadata = {},
): Promise<LoadedDocument> {
  const reader = readerOf(path);
  const input = { name: basename(path, extname(path)), bytes, sibling };
  const read = isPaged(reader) ? await readPages(reader, input) : await reader.read(input);
  return describeDocument(path, reader.format, read, given);
}

async function readPages(reader: PagedReader, input: ReaderInput): Promise<ReadDocument> {
  const file = await reader.open(input);
  try {
    const pages: RawPage[] = [];
    for (let number = 1; number <= file.pageCount; number += 1) pages.push(await file.readPage(number));
    return reader.assemble(file.title, pages);
  } finally {
    await file.close();
  }
}
