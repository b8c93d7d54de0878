import { createByteWriter, packPostings } from "./postings.ts";
import type { Posting } from "./postings.ts";

// Live segment: the index of one document as one blob, written with the document and later packed with others.
// Layout: for each term varint(bytes of the term), term, varint(n), varint(bytes of the list), list.

export type TermList = { n: number; data: Uint8Array };
export type LiveSegment = Map<string, TermList>;

export type TokenizedChunk = { chunkId: number; terms: string[] };

/** Chunks must ascend by id. `tokens` is the sum of their lengths. */
export function buildLiveSegment(chunks: readonly TokenizedChunk[]): { data: Buffer; tokens: number } {
  const lists = new Map<string, Posting[]>();
  let tokens = 0;
  for (const { chunkId, terms } of chunks) {
    tokens += terms.length;
    for (const term of terms) {
      const list = lists.get(term);
      const last = list?.at(-1);
      if (last?.chunkId === chunkId) last.tf += 1;
      else {
        const posting = { chunkId, tf: 1, length: terms.length };
        if (list) list.push(posting);
        else lists.set(term, [posting]);
      }
    }
  }
  const writer = createByteWriter(4096);
  for (const [term, postings] of lists) {
    const name = Buffer.from(term, "utf8");
    const data = packPostings(postings);
    writer.varint(name.length);
    writer.bytes(name);
    writer.varint(postings.length);
    writer.varint(data.length);
    writer.bytes(data);
  }
  return { data: writer.finish(), tokens };
}

export function readLiveSegment(blob: Buffer): LiveSegment {
  const terms: LiveSegment = new Map();
  let at = 0;
  const varint = () => {
    let value = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = blob[at++]!;
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return value;
  };
  while (at < blob.length) {
    const nameLength = varint();
    const term = blob.toString("utf8", at, at + nameLength);
    at += nameLength;
    const n = varint();
    const length = varint();
    terms.set(term, { n, data: blob.subarray(at, at + length) });
    at += length;
  }
  return terms;
}
