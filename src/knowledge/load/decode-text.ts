import { SunbaeError } from "../../core/errors.ts";

export type DecodedText = { text: string; encoding: "utf-8" | "utf-16le" | "utf-16be" | "cp949"; notices: string[] };

// Zero-width and bidirectional controls, tags, soft hyphen, Hangul fillers, and control characters but tab and newline.
const invisible =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]|[\u{1D173}-\u{1D17A}]/gu;

const signatures: [bytes: number[], what: string][] = [
  [[0x25, 0x50, 0x44, 0x46], "a PDF"],
  [[0x50, 0x4b, 0x03, 0x04], "a ZIP or Office file"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Office file"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG picture"],
  [[0xff, 0xd8, 0xff], "a JPEG picture"],
  [[0x47, 0x49, 0x46, 0x38], "a GIF picture"],
  [[0x1f, 0x8b], "a gzip file"],
  [[0x7f, 0x45, 0x4c, 0x46], "a program"],
];

/** Text of a file in UTF-8, UTF-16 with a mark, or CP949. Throws `invalid_input` with a sentence for anything else. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const what = signatures.find(([signature]) => signature.every((byte, index) => bytes[index] === byte))?.[1];
  if (what) throw new SunbaeError("invalid_input", `The file is ${what}, whatever its name says.`);
  const { text, encoding } = decode(bytes);
  return { ...clean(text), encoding };
}

function decode(bytes: Uint8Array): Pick<DecodedText, "text" | "encoding"> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "utf-16le" };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder("utf-16be").decode(bytes), encoding: "utf-16be" };
  if (bytes.subarray(0, 8192).includes(0)) throw new SunbaeError("invalid_input", "The file is binary, not text.");
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    try {
      // WHATWG's "euc-kr" is CP949, its superset.
      return { text: new TextDecoder("euc-kr", { fatal: true }).decode(bytes), encoding: "cp949" };
    } catch {
      throw new SunbaeError("invalid_input", "The file is neither UTF-8 nor CP949 (EUC-KR) text.");
    }
  }
}

/** Removes what a reader can't see, and says how much. Line ends become "\n". */
export function clean(raw: string): { text: string; notices: string[] } {
  let removed = 0;
  const text = raw
    .replace(/^\uFEFF/, "")
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(invisible, () => {
      removed += 1;
      return "";
    });
  if (removed === 0) return { text, notices: [] };
  return { text, notices: [`${removed} invisible character${removed === 1 ? " was" : "s were"} removed.`] };
}
