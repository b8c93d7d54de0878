import type { CellContent } from "../files/table.ts";
import { BadCell } from "../reasons.ts";

export const longestText = 20_000;
const control = /[^\P{Cc}\t\n\r]|\ufeff/gu;

/** A cell as text that the database takes: no control characters, well-formed, trimmed; null where it is empty. */
export function textOf(cell: CellContent, trim = true): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === "string") {
    if (cell.length > longestText) throw new BadCell({ kind: "text_too_long", limit: longestText });
    const clean = cell.replace(control, "").toWellFormed();
    const text = trim ? clean.trim() : clean;
    return text === "" ? null : text;
  }
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : null;
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : wallClock(cell);
  return textOf(cell.join(", "), trim);
}

/** A workbook's date has no zone: its UTC parts are what the sheet shows. */
function wallClock(date: Date): string {
  const iso = date.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 19).replace("T", " ");
}

/** For comparing names: one case, one width, one blank. */
export const nameKey = (text: string): string => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
