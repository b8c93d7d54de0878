// How a spreadsheet shows a number: 12 by "0000" is 0012, 45291 by "yyyy-mm-dd" a day. Dates are written as ISO days,
// because 3/5/26 is read in two ways.

export type NumberFormat =
  | { kind: "general" }
  | { kind: "text" }
  | { kind: "date"; code: string }
  | { kind: "number"; code: string };

const builtIn: Record<number, string> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  14: "yyyy-mm-dd",
  15: "yyyy-mm-dd",
  16: "mm-dd",
  17: "yyyy-mm",
  18: "h:mm",
  19: "h:mm:ss",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy-mm-dd h:mm",
  37: "#,##0",
  38: "#,##0",
  39: "#,##0.00",
  40: "#,##0.00",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss",
  48: "0.0E+0",
  49: "@",
};

/** `id` is the format's number, `code` its own text where the file defines it. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  // 27 to 36 and 50 to 58 are days in East Asian programs.
  const given = code ?? builtIn[id] ?? ((id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? "yyyy-mm-dd" : "");
  if (given === "" || /^general$/i.test(given)) return { kind: "general" };
  const marks = withoutLiterals(given);
  if (marks.trim() === "@") return { kind: "text" };
  if (/[ymdhs]/i.test(marks) && !/[#?]|0(?![.0]*s)/.test(marks.replaceAll(/\.0+/g, "")))
    return { kind: "date", code: given };
  return /general/i.test(given) ? { kind: "general" } : { kind: "number", code: given };
}

const withoutLiterals = (code: string) =>
  code
    .replaceAll(/"[^"]*"/g, "")
    .replaceAll(/\\./g, "")
    .replaceAll(/[_*]./g, "")
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");

/** `since1904`: the workbook counts days from 1904, as old Macs did. */
export function showNumber(value: number, format: NumberFormat, since1904: boolean): string {
  if (!Number.isFinite(value)) return String(value);
  if (format.kind === "date") return showDate(value, format.code, since1904);
  if (format.kind === "number") return showByCode(value, format.code);
  return String(Number(value.toPrecision(15)));
}

function showDate(value: number, code: string, since1904: boolean): string {
  const marks = withoutLiterals(code.split(";")[0]!)
    .toLowerCase()
    .replaceAll(/am\/pm|a\/p|오전\/오후/g, "");
  const seconds = Math.round(value * 86_400);
  const two = (number: number) => String(number).padStart(2, "0");
  const clock = (hours: number) =>
    `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}${marks.includes("s") ? `:${two(seconds % 60)}` : ""}`;
  const elapsed = /\[h+\]/.test(marks);
  if (elapsed) return clock(Math.floor(seconds / 3600));
  if (/m+:s/.test(marks) && !marks.includes("h")) return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  const time = marks.includes("h") ? clock(Math.floor(seconds / 3600) % 24) : "";
  const [year, month, day] = [marks.includes("y"), /m/.test(marks.replace(/h+:m+|m+:s+/g, "")), marks.includes("d")];
  if (!year && !month && !day) return time || String(value);
  if (value < 0 || value > 2_958_465) return String(value);
  const days = Math.floor(seconds / 86_400) + (since1904 ? 1462 : 0);
  // The calendar of spreadsheets has a 29 February 1900 that never was.
  const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000);
  const parts = [
    year ? String(date.getUTCFullYear()) : "",
    two(date.getUTCMonth() + 1),
    day ? two(date.getUTCDate()) : "",
  ];
  return `${parts.filter((part) => part !== "").join("-")}${time && ` ${time}`}`;
}

type Token = { literal: string } | { digit: string };

function showByCode(value: number, code: string): string {
  const sections = splitSections(code);
  const negative = value < 0 && sections.length > 1;
  const section =
    value < 0 && sections[1] !== undefined ? sections[1] : value === 0 && sections[2] ? sections[2] : sections[0]!;
  const tokens = tokensOf(section);
  const marks = tokens.map((token) => ("digit" in token ? token.digit : "")).join("");
  if (!/[0#?]/.test(marks))
    return tokens
      .map((token) => ("literal" in token ? token.literal : ""))
      .join("")
      .trim();
  const percent = tokens.some((token) => "literal" in token && token.literal === "%");
  if (/e/i.test(marks) || marks.includes("/")) return String(Number(value.toPrecision(15)));
  const [whole, fraction = ""] = marks.split(".");
  const places = fraction.replaceAll(/[^0#?]/g, "").length;
  const scale = /,+$/.exec(marks)?.[0].length ?? 0;
  const amount = Math.abs(value) * (percent ? 100 : 1) * 1000 ** -scale;
  const [digits, decimals = ""] = amount.toFixed(Math.min(places, 20)).split(".") as [string, string?];
  const least = fraction.replaceAll(/[^0?]/g, "").length;
  const kept = decimals.replace(/0+$/, "").padEnd(least, "0").slice(0, places);
  const grouped = /[0#?],[0#?]/.test(whole!);
  const shown = fillWhole(tokens, digits, grouped, kept);
  return `${value < 0 && !negative ? "-" : ""}${shown}`.trim();
}

/** Digits go into their places from the right; what stands between the places stays there: 00-00 of 123 is 01-23. */
function fillWhole(tokens: Token[], digits: string, grouped: boolean, decimals: string): string {
  const point = tokens.findIndex((token) => "digit" in token && token.digit === ".");
  const before = point === -1 ? tokens : tokens.slice(0, point);
  const places = before.filter((token) => "digit" in token && token.digit !== ",").length;
  const least = before.filter((token) => "digit" in token && token.digit === "0").length;
  const significant = digits === "0" && least === 0 ? "" : digits;
  const padded = significant.padStart(least, "0");
  let left = padded.length;
  let place = places;
  let text = "";
  for (const token of before) {
    if ("literal" in token) text += token.literal;
    else if (token.digit !== ",") {
      const until = padded.length - (place - 1);
      const from = place === places ? 0 : padded.length - place;
      const piece = padded.slice(Math.max(from, 0), Math.max(until, 0));
      text += grouped ? [...piece].map((digit) => digit + (--left > 0 && left % 3 === 0 ? "," : "")).join("") : piece;
      place -= 1;
    }
  }
  const after = point === -1 ? [] : tokens.slice(point + 1);
  if (decimals !== "") text += `.${decimals}`;
  return text + after.map((token) => ("literal" in token ? token.literal : "")).join("");
}

function splitSections(code: string): string[] {
  const sections = [""];
  for (const piece of code.match(/"[^"]*"|\\.|[_*].|\[[^\]]*\]|[\s\S]/g) ?? []) {
    if (piece === ";") sections.push("");
    else sections[sections.length - 1] = sections.at(-1)! + piece;
  }
  return sections;
}

function tokensOf(section: string): Token[] {
  return (section.match(/"[^"]*"|\\.|[_*].|\[[^\]]*\]|[\s\S]/g) ?? []).flatMap((piece): Token[] => {
    if (/^[0#?.,]$/.test(piece) || /^[Ee/]$/.test(piece)) return [{ digit: piece }];
    if (piece.startsWith('"')) return [{ literal: piece.slice(1, -1) }];
    if (piece.startsWith("\\")) return [{ literal: piece.slice(1) }];
    if (piece.startsWith("[")) return [{ literal: /^\[\$([^-\]]*)/.exec(piece)?.[1] ?? "" }];
    return [{ literal: /^[_*]/.test(piece) ? (piece.startsWith("_") ? " " : "") : piece }];
  });
}
