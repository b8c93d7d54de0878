import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import { createDecoder } from "../../../core/text/decoder.ts";
import { detectEncoding } from "../../import/files/detect-encoding.ts";
import { guessDelimiter, splitLine } from "../../import/files/split-line.ts";
import type { CsvCollectorSettings } from "./csv-settings.ts";

/** How far a file is read; kept as a note, so that nothing is read twice after a restart. */
export type FileMark = {
  offset: number;
  line: number;
  size: number;
  mtimeMs: number;
  encoding: string;
  delimiter: string;
  header: string[];
  /** Digest of the file's first bytes: another file under the same name begins differently. */
  head: string;
  headLength: number;
};
export type FileRows = { line: number; cells: string[] | null }[];

const bytesPerPiece = 1 << 18;
const headBytes = 1_024;
const lineFeed = 0x0a;

/** Begins a file: its encoding, delimiter and header. Null while the header is not whole; throws where it is no text. */
export async function beginFile(path: string, name: string, settings: CsvCollectorSettings): Promise<FileMark | null> {
  const { name: encoding } = await detectEncoding(path, name, settings.encoding);
  if (encoding.startsWith("utf-16")) throw new Error("is UTF-16, which can't be followed: write it as UTF-8");
  return await withFile(path, async (file) => {
    const piece = await readPiece(file, 0, bytesPerPiece);
    const ends = lineEnds(piece);
    const headerEnd = ends[settings.header - 1];
    if (headerEnd === undefined) return null;
    const decode = (from: number, to: number) => createDecoder(encoding).decode(piece.subarray(from, to));
    const start = settings.header > 1 ? (ends[settings.header - 2] ?? 0) : 0;
    const first = decode(start, headerEnd)
      .replace(/^\ufeff/, "")
      .replace(/\r?\n$/, "");
    const sample = [
      first,
      ...ends
        .slice(settings.header, settings.header + 20)
        .map((end, at) => decode(ends[settings.header - 1 + at] ?? 0, end).trim()),
    ];
    const delimiter = settings.delimiter ?? guessDelimiter(sample);
    return {
      ...{ offset: headerEnd, line: settings.header, size: 0, mtimeMs: 0, encoding, delimiter },
      ...{ header: splitLine(first, delimiter).cells, ...(await headOf(file, headerEnd)) },
    };
  });
}

/** False where another file has taken the place of the one that was read. */
export async function isSameFile(path: string, mark: FileMark, size: number): Promise<boolean> {
  if (size < mark.offset) return false;
  return await withFile(path, async (file) => digest(await readPiece(file, 0, mark.headLength)) === mark.head);
}

/**
 * The next whole lines after the mark, and the mark after them; null where there are none. `settled`: a last line
 * without an end is whole too.
 */
export async function readRows(
  path: string,
  mark: FileMark,
  settled: boolean,
): Promise<{ rows: FileRows; mark: FileMark } | null> {
  return await withFile(path, async (file) => {
    const piece = await readPiece(file, mark.offset, bytesPerPiece);
    let end = piece.lastIndexOf(lineFeed) + 1;
    const isLast = piece.length < bytesPerPiece;
    if ((end === 0 && !isLast) || (isLast && settled)) end = piece.length;
    if (end === 0) return null;
    const text = createDecoder(mark.encoding).decode(piece.subarray(0, end));
    const lines = text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    const rows = lines.flatMap((raw, at) => {
      const line = raw.replace(/\r$/, "");
      if (line.trim() === "") return [];
      const { cells, state } = splitLine(line, mark.delimiter);
      return [{ line: mark.line + 1 + at, cells: state === "whole" ? cells : null }];
    });
    const next = { ...mark, offset: mark.offset + end, line: mark.line + lines.length };
    return { rows, mark: mark.headLength < headBytes ? { ...next, ...(await headOf(file, next.offset)) } : next };
  });
}

/** Names and header are the same every day; only with the first rows is a file told from another. */
async function headOf(file: FileHandle, read: number): Promise<Pick<FileMark, "head" | "headLength">> {
  const headLength = Math.min(headBytes, read);
  return { headLength, head: digest(await readPiece(file, 0, headLength)) };
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, "r");
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function readPiece(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, from);
  return buffer.subarray(0, bytesRead);
}

function lineEnds(bytes: Buffer): number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(lineFeed); at >= 0 && ends.length < 200; at = bytes.indexOf(lineFeed, at + 1))
    ends.push(at + 1);
  return ends;
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
