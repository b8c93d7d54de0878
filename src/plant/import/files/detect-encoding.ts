import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { SunbaeError } from "../../../core/errors.ts";
import { createDecoder, encodingName } from "../../../core/text/decoder.ts";

export type Encoding = {
  name: string;
  /** False where some bytes are not of the encoding; their rows are left out. */ clean: boolean;
};

const signatures: [string, number[]][] = [
  ["an Excel workbook or another zip file (write format: xlsx)", [0x50, 0x4b, 0x03, 0x04]],
  ["an old Excel workbook (save it as .xlsx)", [0xd0, 0xcf, 0x11, 0xe0]],
  ["a PDF", [0x25, 0x50, 0x44, 0x46]],
  ["a gzip file (unpack it first)", [0x1f, 0x8b]],
  ["a PNG picture", [0x89, 0x50, 0x4e, 0x47]],
];

/** The text encoding of a file: declared, by its byte order mark, UTF-8, else Korean (CP949). Rejects what is no text. */
export async function detectEncoding(path: string, name: string, declared?: string): Promise<Encoding> {
  const head = await readHead(path);
  const signature = signatures.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte));
  if (signature) throw new SunbaeError("invalid_input", `${name} is ${signature[0]}, no text.`);
  const marked = byMark(head) ?? (declared ? encodingName(declared) : undefined);
  if (!marked?.startsWith("utf-16") && head.includes(0))
    throw new SunbaeError("invalid_input", `${name} holds binary data, no text.`, {
      fix: "Name the right file, or declare its encoding.",
    });
  if (marked) return { name: marked, clean: (await decodes(path, marked)) !== undefined };
  if ((await decodes(path, "utf-8")) !== undefined) return { name: "utf-8", clean: true };
  const korean = await decodes(path, "euc-kr");
  if (korean !== undefined && korean.hangul > 0 && korean.hangul >= korean.otherIdeographs)
    return { name: "euc-kr", clean: true };
  throw new SunbaeError("invalid_input", `${name} is neither UTF-8 nor Korean (CP949) text.`, {
    fix: "Declare its encoding in the mapping, for example encoding: windows-1252 (a few broken bytes: encoding: utf-8).",
  });
}

function byMark(head: Uint8Array): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return undefined;
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(65_536);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** undefined where the bytes are not of this encoding; else which scripts its first part holds. */
async function decodes(
  path: string,
  encoding: string,
): Promise<{ hangul: number; otherIdeographs: number } | undefined> {
  const decoder = createDecoder(encoding, true);
  const scripts = { hangul: 0, otherIdeographs: 0 };
  let looked = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const text = decoder.decode(chunk as Buffer);
      if (encoding === "utf-8" || looked > 4_000_000) continue;
      looked += text.length;
      scripts.hangul += text.match(/\p{Script=Hangul}/gu)?.length ?? 0;
      scripts.otherIdeographs += text.match(/\p{Script=Han}/gu)?.length ?? 0;
    }
    decoder.decode();
    return scripts;
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}
