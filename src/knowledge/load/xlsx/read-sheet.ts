import type { OfficePackage } from "../office/open-package.ts";
import { walkXml } from "../office/read-xml.ts";
import { showNumber } from "./number-format.ts";
import { longestText, unescaped } from "./workbook-parts.ts";
import type { Workbook } from "./workbook-parts.ts";

/** A merged region, all ends included, counted from 0. */
export type Merge = { top: number; left: number; bottom: number; right: number };
/** `rows[r][c]`, as shown; rows without cells are empty arrays. `more`: rows that were not read, about. */
export type Sheet = { rows: string[][]; merges: Merge[]; more: number };

export const mostRows = 50_000;
const mostCells = 2_000_000;
/** One long text said in every cell is small in the file. */
const mostCharacters = 20_000_000;
const mostColumns = 1_000;
const mostSheetBytes = 96 * 1024 * 1024;

/** The cells of one sheet as a person sees them. */
export function readSheet(
  file: OfficePackage,
  workbook: Workbook,
  part: string,
  clean: (text: string) => string,
): Sheet {
  const start = file.zip.readStart(part, mostSheetBytes);
  const rows: string[][] = [];
  const merges: Merge[] = [];
  if (!start) return { rows, merges, more: 0 };
  let declaredRows = 0;
  let cells = 0;
  let characters = 0;
  let full = false;
  let at = { row: -1, column: -1 };
  let cell = { type: "n", style: 0, value: "" };
  let wanted = false;
  let aside = false;

  function keep() {
    const text = shown(cell, workbook);
    if (text === "" || at.column >= mostColumns || at.row < 0) return;
    cells += 1;
    characters += text.length;
    if (characters > mostCharacters) full = true;
    const row = (rows[at.row] ??= []);
    row[at.column] = clean(text).replaceAll(/\s+/g, " ").trim();
  }

  walkXml(
    start.contents,
    part,
    {
      open(name, attributes) {
        if (name === "row") {
          const row = Number(attributes["r"] ?? at.row + 2) - 1;
          at = { row, column: -1 };
          if (row >= mostRows || cells >= mostCells) full = true;
        } else if (name === "c") {
          const place = placeOf(attributes["r"] ?? "");
          at = { row: place?.row ?? at.row, column: place?.column ?? at.column + 1 };
          if (at.row >= mostRows) full = true;
          cell = { type: attributes["t"] ?? "n", style: Number(attributes["s"] ?? 0), value: "" };
        } else if (name === "v" || name === "t") wanted = !aside;
        else if (name === "rPh") aside = true;
        else if (name === "mergeCell") {
          const [from, to] = (attributes["ref"] ?? "").split(":").map(placeOf);
          if (from && to && merges.length < 100_000)
            merges.push({ top: from.row, left: from.column, bottom: to.row, right: to.column });
        } else if (name === "dimension")
          declaredRows = (placeOf((attributes["ref"] ?? "").split(":").at(-1)!)?.row ?? -1) + 1;
      },
      text(piece) {
        if (wanted && cell.value.length < longestText) cell.value += piece;
      },
      close(name) {
        if (name === "v" || name === "t") wanted = false;
        else if (name === "rPh") aside = false;
        else if (name === "c" && !full) keep();
      },
      // Merged regions stand after the rows: of an ordinary sheet everything is read.
      enough: () => full,
    },
    start.whole,
  );
  const more = full || !start.whole ? Math.max(declaredRows - rows.length, 1) : 0;
  return { rows: Array.from(rows, (row) => Array.from(row ?? [], (text) => text ?? "")), merges, more };
}

function shown({ type, style, value }: { type: string; style: number; value: string }, workbook: Workbook): string {
  if (value === "") return "";
  if (type === "s") return workbook.strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  if (type === "d") return value.replace(/T00:00:00(?:\.0+)?$/, "").replace("T", " ");
  if (type !== "n") return unescaped(value);
  const format = workbook.formats[style] ?? { kind: "general" };
  return showNumber(Number(value), format, workbook.since1904);
}

/** "C12" as row 11, column 2. */
function placeOf(reference: string): { row: number; column: number } | null {
  const match = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!match) return null;
  let column = 0;
  for (const letter of match[1]!.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(match[2]) - 1, column: column - 1 };
}
