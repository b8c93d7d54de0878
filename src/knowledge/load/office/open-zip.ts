import { constants, crc32, inflateRawSync } from "node:zlib";
import { SunbaeError } from "../../../core/errors.ts";

// A zip archive in memory. Nothing is unpacked before its declared size is known to be bearable, never more than that
// is unpacked, and no name of it is ever a path on this machine.

export type ZipPart = { name: string; packedBytes: number; bytes: number };
export type Zip = {
  /** In small letters with slashes, as parts are looked up: some programs write others. */
  names: string[];
  has(name: string): boolean;
  /** Of a part's contents; null where there is none of this name. Throws a sentence for a damaged or enormous part. */
  read(name: string): Uint8Array | null;
  /** The same, of a part larger than `most` bytes only about that much of its beginning. */
  readStart(name: string, most: number): { contents: Uint8Array; whole: boolean } | null;
};

type Entry = ZipPart & { offset: number; method: number; encrypted: boolean; checksum: number };

const mebibyte = 1024 * 1024;
const limits = { entries: 20_000, partBytes: 256 * mebibyte, totalBytes: 512 * mebibyte };

const damaged = (what: string) =>
  new SunbaeError("invalid_input", `The archive is damaged: ${what}.`, { fix: "Open it and save it anew." });

/** Throws a sentence where the archive is damaged or has too many parts. */
export function openZip(bytes: Uint8Array): Zip {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map(readDirectory(data).map((entry) => [keyOf(entry.name), entry]));
  let total = 0;
  const read = (name: string) => {
    const entry = entries.get(keyOf(name));
    if (!entry) return null;
    total += entry.bytes;
    if (entry.bytes > limits.partBytes || total > limits.totalBytes)
      throw new SunbaeError(
        "too_large",
        `Its contents unpack to ${Math.round(Math.max(entry.bytes, total) / 1e6)} MB from ${sizeOf(data.length)} (a zip bomb?); at most ${limits.partBytes / mebibyte} MB a part are read.`,
        { fix: "Split the document, or save it as PDF or CSV." },
      );
    return unpack(data, entry);
  };
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(keyOf(name)),
    read,
    readStart(name, most) {
      const entry = entries.get(keyOf(name));
      if (!entry || entry.bytes <= most || entry.method !== 8) {
        const contents = read(name);
        return contents && { contents, whole: true };
      }
      total += most;
      return { contents: inflateStart(packedOf(data, entry), entry, most), whole: false };
    },
  };
}

const keyOf = (name: string) => name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();

const sizeOf = (bytes: number) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`);

function readDirectory(data: Buffer): Entry[] {
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > data.length) throw damaged("it has no table of contents, as if cut off");
  const count = data.readUInt16LE(end + 10);
  if (count > limits.entries || count === 0xffff)
    throw new SunbaeError("too_large", `The archive has ${count} parts; at most ${limits.entries} are read.`);
  let at = data.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > data.length || data.readUInt32LE(at) !== 0x02014b50) throw damaged("its table of contents is broken");
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => data.readUInt16LE(at + offset));
    entries.push({
      name: data.toString("utf8", at + 46, at + 46 + nameLength!),
      encrypted: (data.readUInt16LE(at + 8) & 1) === 1,
      method: data.readUInt16LE(at + 10),
      checksum: data.readUInt32LE(at + 16),
      packedBytes: data.readUInt32LE(at + 20),
      bytes: data.readUInt32LE(at + 24),
      offset: data.readUInt32LE(at + 42),
    });
    at += 46 + nameLength! + extra! + comment!;
  }
  return entries;
}

function packedOf(data: Buffer, entry: Entry): Buffer {
  if (entry.encrypted)
    throw new SunbaeError("invalid_input", "The archive is protected by a password.", {
      fix: "Save it without a password.",
    });
  const { offset } = entry;
  if (offset + 30 > data.length || data.readUInt32LE(offset) !== 0x04034b50) throw damaged("a part is missing");
  const start = offset + 30 + data.readUInt16LE(offset + 26) + data.readUInt16LE(offset + 28);
  return data.subarray(start, start + entry.packedBytes);
}

function unpack(data: Buffer, entry: Entry): Uint8Array {
  const packed = packedOf(data, entry);
  let contents: Uint8Array;
  if (entry.method === 0) contents = packed;
  else if (entry.method === 8) contents = inflate(packed, entry);
  else throw new SunbaeError("invalid_input", `The archive is packed by a method (${entry.method}) that is not read.`);
  if (contents.length !== entry.bytes || crc32(contents) !== entry.checksum)
    throw damaged(`its part "${entry.name.slice(0, 80)}" is not what the table of contents says`);
  return contents;
}

function inflate(packed: Buffer, entry: Entry): Uint8Array {
  if (entry.bytes === 0) return new Uint8Array();
  try {
    return inflateRawSync(packed, { maxOutputLength: entry.bytes });
  } catch (error) {
    const longer = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw damaged(
      longer
        ? `its part "${entry.name.slice(0, 80)}" unpacks to more than it declares`
        : `its part "${entry.name.slice(0, 80)}" can't be unpacked`,
    );
  }
}

/** A share of the packed bytes gives about the same share of the contents. */
function inflateStart(packed: Buffer, entry: Entry, most: number): Uint8Array {
  const share = packed.subarray(0, Math.ceil((packed.length * most) / entry.bytes));
  try {
    return inflateRawSync(share, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limits.partBytes });
  } catch {
    throw damaged(`its part "${entry.name.slice(0, 80)}" can't be unpacked`);
  }
}
