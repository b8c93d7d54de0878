import { createDecoder } from "../../core/text/decoder.ts";
import { SunbaeError } from "../../core/errors.ts";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "cp949" | "windows-1252";
export type DecodedText = { text: string; encoding: TextEncoding; notices: string[] };

// Zero-width and bidirectional controls, tags, soft hyphen, Hangul fillers, and control characters but tab and newline.
const invisible =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]|[\u{1D173}-\u{1D17A}]/gu;

/**
 * Text of a file in UTF-8, UTF-16, CP949 or Windows-1252. `declared` is what the file itself says (HTML, e-mail) and is
 * believed where the bytes don't contradict it. Throws `invalid_input` with a sentence for anything else.
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const { text, encoding, notices } = decodeBytes(bytes, declared);
  const cleaned = clean(text);
  return { text: cleaned.text, encoding, notices: [...(notices ?? []), ...cleaned.notices] };
}

type Decoded = { text: string; encoding: TextEncoding; notices?: string[] };

/** The same, with all that stands in it: for who cleans the pieces. */
export function decodeBytes(bytes: Uint8Array, declared: string | undefined): Decoded {
  const wide = wideEncodingOf(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: wide };
  if (bytes.subarray(0, 65_536).includes(0)) throw new SunbaeError("invalid_input", "The file is binary, not text.");
  const strict = strictly(bytes, "utf-8");
  if (strict !== null) return { text: strict, encoding: "utf-8" };
  if (!looksKorean(bytes)) {
    const broken = brokenUtf8(bytes);
    if (broken) return broken;
    if (declared === undefined ? looksWestern(bytes) : /^(?:windows-1252|iso-8859-1|latin1|us-ascii)$/i.test(declared))
      return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
  const korean = strictly(bytes, "euc-kr");
  if (korean !== null) return { text: korean, encoding: "cp949" };
  const mended = decodeWith(bytes, "euc-kr");
  const wrong = mended.split("\uFFFD").length - 1;
  if (looksKorean(bytes) && wrong * 100 < bytes.length)
    return { text: mended, encoding: "cp949", notices: [unreadable(wrong)] };
  throw new SunbaeError("invalid_input", "The file is neither UTF-8 nor CP949 (EUC-KR) text.", {
    fix: "Save it as UTF-8.",
  });
}

function strictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return decodeWith(bytes, encoding, true);
  } catch {
    return null;
  }
}

function decodeWith(bytes: Uint8Array, encoding: string, fatal = false): string {
  const decoder = createDecoder(encoding, fatal);
  return decoder.decode(bytes) + decoder.decode();
}

/** A file that is UTF-8 but for a few bytes (cut off, or put together from two files). */
function brokenUtf8(bytes: Uint8Array): Decoded | null {
  const text = new TextDecoder("utf-8").decode(bytes);
  const wrong = text.split("\uFFFD").length - 1;
  const right = text.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0;
  if (right === 0 || wrong * 10 > right) return null;
  return { text, encoding: "utf-8", notices: [unreadable(wrong)] };
}

const unreadable = (count: number) =>
  `${count} byte${count === 1 ? " is" : "s are"} no text in the file's encoding and ${count === 1 ? "stands" : "stand"} as "\uFFFD".`;

/** By its mark, else by where the zero bytes of ordinary letters stand. */
function wideEncodingOf(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 4096);
  if (bytes.length % 2 !== 0 || head.length < 8) return null;
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
  });
  const pairs = head.length / 2;
  const encoding = zeros[1]! > zeros[0]! ? "utf-16le" : "utf-16be";
  const [few, many] = [Math.min(...zeros), Math.max(...zeros)];
  // Korean text has zeros beside its blanks, digits and line ends only.
  if (few * 4 > many || many < pairs * 0.1) return null;
  const text = new TextDecoder(encoding).decode(head);
  // oxlint-disable-next-line no-control-regex
  return /[\0-\x08\uFFFD\uE000-\uF8FF]/.test(text) ? null : encoding;
}

/** Korean text is pairs of high bytes; "25 °C" of a western file makes rare syllables of a high byte and a letter. */
function looksKorean(bytes: Uint8Array): boolean {
  let [common, other] = [0, 0];
  for (let at = 0; at < Math.min(bytes.length, 1 << 20); at += 1) {
    if (bytes[at]! < 0x80) continue;
    const [lead, trail] = [bytes[at]!, bytes[at + 1] ?? 0];
    if (lead >= 0xa1 && lead <= 0xc8 && trail >= 0xa1) common += 1;
    else other += 1;
    if (trail >= 0x41) at += 1;
  }
  return common > other * 2;
}

function looksWestern(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 1 << 20);
  let [high, odd] = [0, 0];
  for (const byte of head) {
    if (byte >= 0x80) high += 1;
    if ((byte >= 0x80 && byte <= 0x84) || (byte >= 0x86 && byte <= 0x90) || byte === 0xff) odd += 1;
  }
  return high > 0 && odd === 0 && high * 5 < head.length;
}

/** Removes what a reader can't see, and says how much. Line ends become "\n", letters the composed ones (NFC). */
export function clean(raw: string): { text: string; removed: number; notices: string[] } {
  let removed = 0;
  const text = raw
    .replace(/^\uFEFF/, "")
    .toWellFormed()
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(invisible, () => {
      removed += 1;
      return "";
    })
    .normalize("NFC");
  return { text, removed, notices: removedNotice(removed) };
}

export function removedNotice(removed: number): string[] {
  if (removed === 0) return [];
  return [`${removed} invisible character${removed === 1 ? " was" : "s were"} removed.`];
}
