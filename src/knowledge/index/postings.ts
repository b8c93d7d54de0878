// Posting list: for each chunk with a term, ascending: varint(delta of the chunk id), tf byte, length byte.
// Length byte: the chunk's number of terms; exact to 40, then in steps of 4 %.

export type Posting = { chunkId: number; tf: number; length: number };

const exactTo = 40;
const step = Math.log(1.04);

export function lengthByte(length: number): number {
  if (length <= exactTo) return Math.max(length, 1);
  return Math.min(255, exactTo + Math.round(Math.log(length / exactTo) / step));
}

/** Length for each length byte. */
export const lengthOfByte: Float64Array = Float64Array.from({ length: 256 }, (_, byte) =>
  byte <= exactTo ? byte : exactTo * Math.exp((byte - exactTo) * step),
);

export type ByteWriter = {
  byte(value: number): void;
  varint(value: number): void;
  bytes(data: Uint8Array): void;
  finish(): Buffer;
};

export function createByteWriter(capacity = 256): ByteWriter {
  let buffer = Buffer.allocUnsafe(capacity);
  let length = 0;
  function room(wanted: number) {
    if (length + wanted <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + wanted));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  }
  function byte(value: number) {
    room(1);
    buffer[length++] = value;
  }
  return {
    byte,
    varint(value) {
      let rest = value;
      while (rest > 127) {
        byte((rest & 127) | 128);
        rest >>>= 7;
      }
      byte(rest);
    },
    bytes(data) {
      room(data.length);
      buffer.set(data, length);
      length += data.length;
    },
    finish: () => buffer.subarray(0, length),
  };
}

/** Packs postings, which must ascend by chunk id. */
export function packPostings(postings: readonly Posting[]): Buffer {
  const writer = createByteWriter(postings.length * 4);
  let last = 0;
  for (const posting of postings) {
    writer.varint(posting.chunkId - last);
    writer.byte(Math.min(posting.tf, 255));
    writer.byte(lengthByte(posting.length));
    last = posting.chunkId;
  }
  return writer.finish();
}

/** Calls `visit` for each posting, in order. `lengthByte` is the stored byte. */
export function eachPosting(data: Uint8Array, visit: (chunkId: number, tf: number, lengthByte: number) => void): void {
  let at = 0;
  let chunkId = 0;
  while (at < data.length) {
    let delta = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = data[at++]!;
      delta |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    chunkId += delta;
    visit(chunkId, data[at]!, data[at + 1]!);
    at += 2;
  }
}

/** Joins packed lists of one term, leaving out chunks that `isDeleted` names. */
export function mergePostings(
  lists: Uint8Array[],
  isDeleted: (chunkId: number) => boolean,
): { n: number; data: Buffer } {
  const kept: [chunkId: number, tf: number, lengthByte: number][] = [];
  for (const list of lists) {
    eachPosting(list, (chunkId, tf, length) => {
      if (!isDeleted(chunkId)) kept.push([chunkId, tf, length]);
    });
  }
  if (lists.length > 1) kept.sort((a, b) => a[0] - b[0]);
  const writer = createByteWriter(kept.length * 4 + 4);
  let last = 0;
  for (const [chunkId, tf, length] of kept) {
    writer.varint(chunkId - last);
    writer.byte(tf);
    writer.byte(length);
    last = chunkId;
  }
  return { n: kept.length, data: writer.finish() };
}
