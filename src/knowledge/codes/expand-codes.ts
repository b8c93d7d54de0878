import { parseCode, parseMention } from "./parse-code.ts";

const widest = 500;
/** Also a blank or line end between two codes with letters: "Er 07 Er 08". */
const separator =
  /\s*(?:,|、|;|\n|\s및\s|\s또는\s|\sand\s|\sor\s|&)\s*|\s+\/\s+|(?<=\d)\/(?=[A-Z])|(?<=[A-Za-z][-. ]?\d+)\s+(?=[A-Za-z]{1,4}[-. ]?\d)/;

export type ExpandedCodes = {
  /** The first code as written, or the whole cell for a range. */
  code: string;
  codeNorm: string;
  /** Every norm that finds the entry. */
  codes: string[];
  /** The numbers that people may ask for without the letters. */
  numbers: number[];
};

/**
 * Codes of a table cell or a heading: "AL-05", "E-101, E-102", "E-101~E-104", "2041-2045", "8011[23-54]".
 * Null where the cell holds no code. Ranges of more than 500 codes are taken by their ends.
 */
export function expandCodes(cell: string): ExpandedCodes | null {
  const written = cell
    .normalize("NFKC")
    .replaceAll(/[`*"']/g, "")
    .trim();
  const shown = written === "" ? cell.trim() : written;
  if (shown === "" || shown.length > 60) return null;
  const norms = new Set<string>();
  for (const piece of shown.split(separator)) {
    for (const norm of expandPiece(piece)) norms.add(norm);
    if (norms.size > widest) break;
  }
  if (norms.size === 0) return null;
  const codes = [...norms];
  const numbers = codes.map((norm) => parseCode(norm).number).filter((number) => number !== null);
  return { code: shown, codeNorm: codes[0]!, codes, numbers: [...new Set(numbers)] };
}

function expandPiece(piece: string): string[] {
  const text = piece.replace(/^\$\s*(?=\d)/, "").trim();
  if (text === "") return [];
  const bracket = /^(.*?\d)\s*\[\s*(\d{1,4})\s*(?:-|~|–|\.\.)\s*(\d{1,4})\s*\]$/.exec(text);
  if (bracket) {
    const width = bracket[2]!.length;
    return range(Number(bracket[2]), Number(bracket[3])).flatMap((sub) => {
      const digits = String(sub).padStart(width, "0");
      return [parseCode(`${bracket[1]}${digits}`).norm, parseCode(`${bracket[1]}-${digits}`).norm];
    });
  }
  const span = /^(\D{0,6}?)(\d{1,6})\s*(?:~|–|—|…|\.{2,3}|\sto\s|\s-\s|부터|-)\s*(\D{0,6}?)(\d{1,6})(?:까지)?$/i.exec(
    text,
  );
  if (span && isRange(span, text)) {
    return range(Number(span[2]), Number(span[4])).map((number) => parseCode(`${span[1]}${number}`).norm);
  }
  const norm = parseMention(text).norm;
  if (norm === "") return [];
  return [norm, ...placeholders(text), ...hexForms(norm)];
}

/** "AL.3x" and "F-3xx" stand for every digit in place of the x. */
function placeholders(text: string): string[] {
  const match = /^(.*\d)(x{1,2})$/.exec(text) ?? /^([A-Za-z]{1,4}[-.]?)(xx)$/.exec(text);
  if (!match || /^0x?$/i.test(match[1]!)) return [];
  const width = match[2]!.length;
  return range(0, 10 ** width - 1).map((one) => parseCode(match[1]! + String(one).padStart(width, "0")).norm);
}

/** A hexadecimal number is asked for as "0x83A0", "16#83A0", "83A0h" or without any mark. */
function hexForms(norm: string): string[] {
  const digits = /^(?:0x|16#|#)([0-9a-f]{2,8})$/.exec(norm)?.[1] ?? /^(\d[0-9a-f]{1,7})h$/.exec(norm)?.[1];
  return digits ? ["0x", "16#", "#", "h", ""].map((mark) => parseCode(mark + digits).norm).concat(`${digits}h`) : [];
}

/** "E-101-2" and "12-5" are codes, "E-101–E-104" and "2041-2045" are ranges. */
function isRange(span: RegExpExecArray, text: string): boolean {
  const [first, last] = [Number(span[2]), Number(span[4])];
  const samePrefix = span[3] === "" || parseCode(`${span[3]}1`).norm === parseCode(`${span[1]}1`).norm;
  if (last <= first || !samePrefix) return false;
  const plainDash = /\d-\d/.test(text);
  return !plainDash || (span[2]!.length >= 3 && span[2]!.length === span[4]!.length);
}

function range(first: number, last: number): number[] {
  if (last < first) return [];
  if (last - first >= widest) return [first, last];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
