import { SunbaeError } from "../../core/errors.ts";
import { nameOf, readerOf } from "./choose-reader.ts";
import { describeDocument } from "./describe-document.ts";
import type { GivenMetadata } from "./describe-document.ts";
import type { LoadedDocument, ReadDocument } from "./loaded-document.ts";
import { lookAlikeNotices } from "./look-alikes.ts";
import { isPaged } from "./reader.ts";
import type { PagedFile, PagedReader, Paging, RawPage, ReaderInput, WholeReader } from "./reader.ts";

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
  const read = isPaged(reader) ? await readPages(reader, input, paging) : await readWhole(reader, input);
  const notices = [...(read.notices ?? []), ...emptyNotices(read), ...lookAlikeNotices(read.text)];
  return describeDocument(path, reader.format, { ...read, notices }, given);
}

/** Of a paged file that is read and has nothing to be found by; unread pages have notices of their own. */
function emptyNotices({ text, pages }: ReadDocument): string[] {
  const isEmpty = text.trim() === "" && !pages?.some((page) => page.origin === "unread");
  return isEmpty ? ["No text was found on its pages: a search can't find it."] : [];
}

/** A parser that gives up says so in its own words, or by running out of stack. */
async function readWhole(reader: WholeReader, input: ReaderInput): Promise<ReadDocument> {
  try {
    return await reader.read(input);
  } catch (error) {
    if (error instanceof SunbaeError) throw error;
    const message = error instanceof Error ? error.message.split("\n", 1)[0]! : String(error);
    throw error instanceof RangeError
      ? new SunbaeError("too_large", "It is nested too deeply or too large to be a document.", { cause: error })
      : new SunbaeError("invalid_input", `The file can't be read: ${message}.`, { cause: error });
  }
}

/** What is attached to a file, without what is attached to that. */
async function readInside(path: string, bytes: Uint8Array): Promise<ReadDocument | null> {
  const reader = readerOf(path, bytes);
  return isPaged(reader) ? null : readWhole(reader, { name: nameOf(path), bytes, sibling: noSibling });
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
