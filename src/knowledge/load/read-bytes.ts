import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { SunbaeError } from "../../core/errors.ts";
import { detectFormat } from "./detect-format.ts";
import type { FormatName } from "./format-names.ts";

const mebibyte = 1024 * 1024;

/** The most that is read of a kind, in bytes. Text costs many times its size in memory, a PDF is read page by page. */
function largestBytesOf(format: FormatName): number {
  if (format === "text" || format === "html") return 64 * mebibyte;
  return (format === "pdf" ? 500 : 200) * mebibyte;
}

/**
 * Bytes of a file. Throws a sentence where it is empty, too large, no plain file, may not be read, or changes
 * meanwhile. Never waits: a pipe or a device is refused, not read.
 */
export async function readBytes(file: string): Promise<Buffer> {
  const handle = await openPlain(file);
  try {
    const before = await handle.stat();
    if (before.isDirectory()) throw new SunbaeError("invalid_input", "It is a folder, not a file.");
    if (!before.isFile())
      throw new SunbaeError("invalid_input", "It is not a plain file but a pipe, a socket or a device.");
    if (before.size === 0) throw new SunbaeError("invalid_input", "The file is empty.", { fix: "Copy it again." });
    await refuseTooLarge(handle, before.size);
    const bytes = await handle.readFile();
    const after = await handle.stat();
    if (after.size !== bytes.length || after.mtimeMs !== before.mtimeMs)
      throw new SunbaeError("conflict", "The file changed while it was read; it will be read again next time.");
    return bytes;
  } finally {
    await handle.close();
  }
}

async function openPlain(file: string): Promise<FileHandle> {
  try {
    // Without waiting: opening a pipe would hang until somebody writes to it.
    return await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw new SunbaeError("invalid_input", sentences[(error as NodeJS.ErrnoException).code ?? ""] ?? whyNot(error), {
      cause: error,
    });
  }
}

const sentences: Record<string, string> = {
  ENOENT: "The file is no longer there.",
  EACCES: "The file may not be read: its permissions forbid it.",
  EPERM: "The file may not be read: its permissions forbid it.",
  ELOOP: "It is a link that leads back to itself.",
  ENXIO: "It is not a plain file but a pipe, a socket or a device.",
  ENAMETOOLONG: "Its name is too long.",
  EBUSY: "Another program holds the file; close it there.",
  EIO: "The disk can't read the file.",
};
const whyNot = (error: unknown) => `The file can't be opened: ${(error as Error).message.split("\n", 1)[0]}.`;

async function refuseTooLarge(handle: FileHandle, size: number): Promise<void> {
  if (size <= 64 * mebibyte) return;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
  const limit = largestBytesOf(detectFormat(buffer.subarray(0, bytesRead)));
  if (size <= limit) return;
  throw new SunbaeError(
    "too_large",
    `The file has ${Math.round(size / 1e6)} MB; of its kind at most ${limit / mebibyte} MB are read.`,
    { fix: "Split it." },
  );
}
