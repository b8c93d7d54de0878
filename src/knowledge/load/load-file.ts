import { nameOf, readerOf } from "./choose-reader.ts";
import { describeDocument } from "./describe-document.ts";
import type { GivenMetadata } from "./describe-document.ts";
import type { LoadedDocument, ReadDocument } from "./loaded-document.ts";
import { isPaged } from "./reader.ts";
import type { PagedFile, PagedReader, Paging, RawPage, ReaderInput } from "./reader.ts";

export { isReadable, readableExtensions } from "./choose-reader.ts";
export { readBytes } from "./read-bytes.ts";

const noSibling: ReaderInput["sibling"] = async () => null;

/** Reads one file of a known format, all its pages one after another. `path` is the path to store. */
export async function loadDocument(
  path: string,
  bytes: Uint8Array,
  sibling: ReaderInput["sibling"] = noSibling,
  given: GivenMetadata = {},
  paging?: Paging,
): Promise<LoadedDocument> {
  const reader = readerOf(path, bytes);
  const input = { name: nameOf(path), bytes, sibling, readInside };
  const read = isPaged(reader) ? await readPages(reader, input, paging) : await reader.read(input);
  return describeDocument(path, reader.format, read, given);
}

/** What is attached to a file, without what is attached to that. */
async function readInside(path: string, bytes: Uint8Array): Promise<ReadDocument | null> {
  const reader = readerOf(path, bytes);
  return isPaged(reader) ? null : reader.read({ name: nameOf(path), bytes, sibling: noSibling });
}

async function readPages(reader: PagedReader, input: ReaderInput, paging?: Paging): Promise<ReadDocument> {
  const file = await reader.open(input);
  try {
    paging?.opened(file.pageCount);
    const pages: RawPage[] = [];
    for (let number = 1; number <= file.pageCount; number += 1) {
      const staged = paging?.staged.get(number);
      pages.push(staged ?? (await readPage(file, number, paging)));
    }
    return reader.assemble(file.title, pages);
  } finally {
    await file.close();
  }
}

async function readPage(file: PagedFile, number: number, paging?: Paging): Promise<RawPage> {
  paging?.signal?.throwIfAborted();
  const why = paging?.givenUp.get(number);
  if (why !== undefined) return file.unreadPage?.(number, why) ?? { number, origin: "unread", notices: [why] };
  paging?.reading(number);
  const page = await file.readPage(number, paging?.signal);
  paging?.read(page);
  return page;
}
