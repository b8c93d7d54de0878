import { kindWordPattern } from "../../codes/parse-code.ts";

// What can be a code: letters with figures ("AL-12", "E.OC1", "SP9012"), hexadecimal numbers, "$110", or plain numbers.
// Plain numbers are also counts, years and row numbers: whoever finds one needs a header or a heading that says "alarm".

const lettered = String.raw`[A-Za-z]{1,5}[-._ ]?\d{1,6}[A-Za-z]{0,2}(?:[-./]\d{1,4}){0,2}[A-Za-z]?|[A-Z]{1,3}\.[A-Za-z]{1,4}\d{0,3}|[A-Z]{1,2}\d[A-Z]\d{0,3}`;
const hex = String.raw`(?:0x|16#|#)[0-9A-Fa-f]{2,8}|[0-9][0-9A-Fa-f]{1,7}h`;
const numeric = String.raw`\d{1,6}(?:[-.]\d{1,4}){0,2}[A-Za-z]?`;
const bracketed = String.raw`\d{2,6}\[\d+[-~–]\d+\]`;
/** One code as text writes it, for building patterns; no groups. */
export const codePattern = `\\$\\d{1,4}|${bracketed}|${hex}|${lettered}|${numeric}`;
export const letteredPattern = `\\$\\d{1,4}|${hex}|${lettered}`;

const strong = new RegExp(`^(?:\\$\\d{1,4}|${hex}|${lettered})$`);
const number = new RegExp(`^(?:${bracketed}|${numeric})$`);
const display = /^(?:[A-Z][A-Za-z]{1,3}|[a-z][A-Z]{1,3}|-+)$/;
const worded = new RegExp(
  `^(?:${kindWordPattern}|alm)\\s?[:#.-]?\\s?(?:no\\.?\\s?)?[A-Za-z]{0,3}-?\\d{1,6}(?:번)?$`,
  "iu",
);
const trailing = new RegExp(`^[A-Za-z]{0,3}-?\\d{1,6}\\s?번?\\s?(?:${kindWordPattern})$`, "iu");
const joined =
  /\s*(?:,|、|;|\n|~|–|—|…|\.{2,3}|\s-\s|\/|&)\s*|\s+(?:to|and|or|및|또는)\s+|(?<=\d)-(?=[A-Za-z])|(?<=\d\d\d)-(?=\d\d\d)|(?<=\d)\s+(?=[A-Za-z]{1,4}[-. ]?\d)/;

export type CodeShape = "lettered" | "number" | "display";

/** What kind of code a whole cell holds, one or several; null where it is something else. */
export function shapeOfCell(cell: string): CodeShape | null {
  const text = withoutCounter(
    cell
      .normalize("NFKC")
      .replaceAll(/[`*"'“”]/g, "")
      .trim(),
  );
  if (text === "" || text.length > 60 || isNoCode(text)) return null;
  if (worded.test(text) || trailing.test(text)) return "lettered";
  const shapes = text.split(joined).map(shapeOfPiece);
  if (shapes.includes(null)) return null;
  return shapes.includes("lettered") ? "lettered" : shapes[0]!;
}

function shapeOfPiece(piece: string): CodeShape | null {
  const text = piece.trim();
  if (strong.test(text)) return "lettered";
  if (number.test(text)) return "number";
  return display.test(text) ? "display" : null;
}

const together = new RegExp(`^(${codePattern})(?![\\w%])\\s*(?:[:–—-]\\s*|\\s)(\\p{L}.*)$`, "su");

/** A cell that holds a code and its meaning: "1001 EMERGENCY STOP", "E-31: no label"; null where it is another. */
export function splitCell(cell: string): { code: string; text: string } | null {
  const match = together.exec(cell.trim());
  if (!match || isNoCode(match[1]!) || isNoCode(`${match[1]} ${match[2]!.split(/\s/, 1)[0]}`)) return null;
  const isCode = shapeOfCell(match[1]!) === "lettered" || /^\d{3,}/.test(match[1]!);
  return isCode ? { code: match[1]!, text: match[2]!.trim() } : null;
}

/** "2회" and "3 times" are how often a lamp flashes. */
export const withoutCounter = (cell: string): string => cell.replace(/^(\d{1,2})\s?(?:회|번|times|flashes|x)$/i, "$1");

/** Standards, threads, protection classes, units, and the words of NC programs look like codes and are none. */
const others =
  /^(?:IP\d{2}[A-Z]?|(?:ISO|IEC|EN|DIN|JIS|KS|UL|ANSI|VG)[- ]?[A-Z]?[- ]?\d+.*|M\d{1,2}(?:[x×]\d.*)?|[GM]\d{1,3}(?:\.\d)?|Rev\.? ?\w+|v\d+(?:\.\d+)*|Q[1-4]|COVID-19|BT\d\d|RJ45|RS-?\d{3}|USB\d|CAT\d\w?|[A-H]\d(?: paper)?(?=$)(?<=A[0-5]))$/i;
const measured =
  /^\d+(?:\.\d+)? ?(?:mm|cm|m|kg|g|Nm|N|bar|kPa|MPa|Pa|V|A|mA|kW|W|Hz|kHz|rpm|ms|s|min|h|L|ml|K|C|F|x|st|nd|rd|th)$/;

export const isNoCode = (text: string): boolean => others.test(text.trim()) || measured.test(text.trim());

/** G01, M08, T12: the words of NC programs, a list of which is no list of alarms. */
export const isProgramWord = (cell: string): boolean => /^[GMTSFDH]\d{1,3}(?:\.\d)?$/i.test(cell.trim());

export const isYear = (text: string): boolean => /^(?:19[5-9]\d|20[0-3]\d)$/.test(text.trim());
