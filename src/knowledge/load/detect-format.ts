import { oleKindOf } from "./ole-kind.ts";
import { openZip } from "./office/open-zip.ts";
import type { FormatName } from "./format-names.ts";

// What a file is by its contents. The name is asked only between kinds of plain text.

/** `head` is the file's first 64 KB at least, better all of it: a zip's table of contents stands at its end. */
export function detectFormat(bytes: Uint8Array): FormatName {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [name, signature, at = 0] of signatures) if (startsWith(data, signature, at)) return name;
  if (startsWith(data, "PK\u0003\u0004") || startsWith(data, "PK\u0005\u0006")) return zipKindOf(data);
  if (startsWith(data, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")) return oleKindOf(data);
  if (startsWith(data, "ftyp", 4))
    return /^(?:heic|heix|mif1|avif)/.test(data.toString("latin1", 8, 12)) ? "heic" : "video";
  if (startsWith(data, "RIFF")) return data.toString("latin1", 8, 12) === "WEBP" ? "webp" : "video";
  // Mail servers and copies from the web put a few bytes before it.
  if (data.subarray(0, 1024).includes("%PDF-")) return "pdf";
  return isText(data) ? textKindOf(data) : "binary";
}

const signatures: [FormatName, string, number?][] = [
  ["pdf", "%PDF-"],
  ["png", "\u0089PNG\r\n"],
  ["jpeg", "\u00ff\u00d8\u00ff"],
  ["gif", "GIF8"],
  ["bmp", "BM", 0],
  ["tiff", "II*\u0000"],
  ["tiff", "MM\u0000*"],
  ["rtf", "{\\rtf"],
  ["gzip", "\u001f\u008b"],
  ["archive", "7z\u00bc\u00af\u0027\u001c"],
  ["archive", "Rar!\u001a\u0007"],
  ["program", "\u007fELF"],
  ["program", "MZ"],
  ["dwg", "AC10"],
  ["hwp3", "HWP Document File V"],
  ["database", "SQLite format 3\u0000"],
  ["video", "\u001aE\u00df\u00a3"],
  ["audio", "ID3"],
  ["audio", "OggS"],
];

function startsWith(data: Buffer, text: string, at = 0): boolean {
  // Two letters are no signature for text: "BMW" and "MZ" begin sentences too.
  const short = text.length < 3 && isText(data.subarray(0, 4096));
  return !short && data.toString("latin1", at, at + text.length) === text;
}

function zipKindOf(data: Buffer): FormatName {
  const names = namesOf(data);
  const mime = /^mimetype(application\/[\w.+-]+)/.exec(data.toString("latin1", 30, 130))?.[1] ?? "";
  if (mime.includes("hwp+zip") || names.some((name) => /^contents\/section\d+\.xml$/.test(name))) return "hwpx";
  if (mime.includes("opendocument.text")) return "odt";
  if (mime.includes("opendocument.spreadsheet")) return "ods";
  if (mime.includes("opendocument.presentation")) return "odp";
  if (mime.includes("epub")) return "epub";
  const has = (start: string) => names.some((name) => name.startsWith(start));
  if (has("xl/workbook.bin")) return "xlsb";
  if (has("word/")) return "docx";
  if (has("xl/")) return "xlsx";
  if (has("ppt/")) return "pptx";
  if (has("visio/")) return "visio";
  return "zip";
}

/** A file that is cut off has no table of contents: its first parts still tell what it was. */
function namesOf(data: Buffer): string[] {
  try {
    return openZip(data).names;
  } catch {
    const names: string[] = [];
    const mark = Buffer.from("PK\u0003\u0004", "latin1");
    for (let at = data.indexOf(mark); at >= 0 && names.length < 100; at = data.indexOf(mark, at + 30)) {
      if (at + 30 > data.length) break;
      names.push(data.toString("latin1", at + 30, at + 30 + Math.min(data.readUInt16LE(at + 26), 200)).toLowerCase());
    }
    return names;
  }
}

/** Text has no zero bytes, but UTF-16 has them beside every letter of ours; and hardly any control characters. */
function isText(data: Buffer): boolean {
  const head = data.subarray(0, 65_536);
  if (startsWithWideMark(head)) return true;
  const zeros = [0, 0];
  let controls = 0;
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls += 1;
  });
  if (controls * 50 > head.length) return false;
  if (zeros[0] === 0 && zeros[1] === 0) return true;
  return (
    Math.min(zeros[0]!, zeros[1]!) * 4 <= Math.max(zeros[0]!, zeros[1]!) &&
    Math.max(zeros[0]!, zeros[1]!) * 20 > head.length
  );
}

const startsWithWideMark = (head: Buffer) =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

function textKindOf(data: Buffer): FormatName {
  const head = data
    .toString("latin1", 0, 16_384)
    .replaceAll("\u0000", "")
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, "");
  const start = head.replace(/^(?:\s|<!--[\s\S]*?-->|<\?xml[^>]*\?>)+/, "").slice(0, 400);
  if (/^<!doctype\s+html|^<(?:html|head|body|table|div|meta|style)[\s>]/i.test(start)) return "html";
  if (/^MIME-Version:[\s\S]*?multipart\/related/i.test(head) && /text\/html/i.test(head)) return "mhtml";
  if (
    /^(?:From \S+@?.*\r?\n)?(?:(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|DKIM-Signature|X-[\w-]+|From|To|Subject|Date):.*\r?\n(?:[ \t].*\r?\n)*){3,}/i.test(
      head,
    ) &&
    /^(?:From|Subject|Message-ID):/im.test(head)
  )
    return "eml";
  if (/^<svg[\s>]/i.test(start)) return "svg";
  return "text";
}
