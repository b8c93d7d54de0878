import { kindOfWord } from "../../codes/parse-code.ts";
import type { CodeKind } from "../../knowledge.ts";
import { isProgramWord, shapeOfCell, splitCell } from "./code-cell.ts";
import { isTrouble, kindIn } from "./code-context.ts";
import { codeTitleOf, isNeverCodes, isOtherList, isSymptom, roleOf } from "./header-words.ts";
import type { Role } from "./header-words.ts";

export type Columns = {
  code: number;
  kind: CodeKind | null;
  roles: Map<Role, number>;
  /** A second way to write the code: a number beside the letters on the display. */
  also: number | null;
  /** Rows that are header: the first of the body. */
  bodyFrom: number;
};

/** Where a table lists codes and what its other columns hold; null where it lists none. `rows` include the header. */
export function findColumns(rows: string[][], around: CodeKind | null): Columns | null {
  let context = around;
  for (let at = 0; at < Math.min(4, rows.length - 1); at += 1) {
    const [upper, lower] = [rows[at]!, rows[at + 1]!];
    // A line above the titles, or a title such as "Alarm text", says what a bare "Code" is of.
    context ??= kindIn(upper.join(" | "));
    if (looksLikeTitles(upper) && looksLikeTitles(lower) && rows.length > at + 2) {
      const found = columnsOf(joinTitles(upper, lower), rows.slice(at + 2), context);
      if (found) return { ...found, bodyFrom: at + 2 };
    }
    const found = columnsOf(upper, rows.slice(at + 1), context);
    if (found) return { ...found, bodyFrom: at + 1 };
  }
  return underUnknownTitle(rows, context) ?? withoutTitles(rows, around);
}

/** A first column of lettered codes under a title such as "F" or none at all, with texts beside it. */
function underUnknownTitle([titles = [], ...body]: string[][], context: CodeKind | null): Columns | null {
  const cells = body.map((row) => row[0]?.trim() ?? "").filter((cell) => cell !== "");
  const codes = cells.length >= 3 ? readCells(cells, false) : null;
  const known = (titles[0]?.trim().length ?? 0) > 3 || titles.some(isNeverCodes) || cells.some(isProgramWord);
  if (context === null || known || !codes?.lettered || cells.some((cell) => shapeOfCell(cell) !== "lettered"))
    return null;
  const roles = rolesOf(titles, 0, body);
  return roles.has("message") || roles.has("cause") ? { code: 0, also: null, kind: context, roles, bodyFrom: 1 } : null;
}

function looksLikeTitles(row: string[]): boolean {
  const cells = row.filter((cell) => cell.trim() !== "");
  const known = cells.filter((cell) => cell.length <= 30 && (codeTitleOf(cell) !== null || roleOf(cell) !== null));
  return known.length >= 2 && !cells.some((cell) => shapeOfCell(cell) === "lettered" || /^\d+$/.test(cell.trim()));
}

/** A title over several columns stands in the first of them. */
function joinTitles(upper: string[], lower: string[]): string[] {
  let last = "";
  return lower.map((title, column) => {
    last = upper[column]?.trim() || last;
    return `${last} ${title}`.trim();
  });
}

function columnsOf(titles: string[], body: string[][], context: CodeKind | null): Omit<Columns, "bodyFrom"> | null {
  if (titles.some(isNeverCodes)) return null;
  context ??= kindOfValues(titles, body);
  const order = ["explicit", "worded", "bare"] as const;
  const candidates = titles
    .slice(0, 5)
    .flatMap((title, column) => {
      const found = roleOf(title) === "sub" || roleOf(title) === "model" ? null : codeTitleOf(title);
      return found ? [{ ...found, column }] : [];
    })
    .toSorted((a, b) => order.indexOf(a.certainty) - order.indexOf(b.certainty));
  for (const { column, kind, certainty } of candidates) {
    const cells = body.map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "");
    const codes = readCells(cells, kind === "option");
    if (!codes) continue;
    const roles = rolesOf(titles, column, body);
    if (codes.together && !(roles.has("cause") || roles.has("remedy") || roles.has("description"))) continue;
    if (!codes.together && !roles.has("message") && !roles.has("description") && !roles.has("cause")) continue;
    // "OCS", "LVC": words as they stand on a small display; so are "AND" and "RUN".
    if (codes.displays && !(roles.has("cause") || roles.has("remedy"))) continue;
    if (codes.displays && (certainty === "bare" || new Set(cells).size < cells.length)) continue;
    // Row numbers, stock and program words pass for codes where nothing but "No." says what they are.
    if (certainty !== "explicit") {
      if (titles.some((title, at) => at !== column && isOtherList(title)) && kind !== "setting") continue;
      if (!codes.lettered && !codes.displays && kind === null && !(context && certainty === "bare")) continue;
      if (cells.filter(isProgramWord).length > cells.length / 2 && kind === null) continue;
    }
    if (certainty === "bare") {
      if (context === null) continue;
      const counts = cells.every((cell, index) => cell === String(index + 1));
      if (counts && (titles.some(isSymptom) || !(roles.has("cause") || roles.has("remedy")))) continue;
    }
    // Of a number and the letters on the display, people ask for what they see.
    const shown = codes.lettered
      ? undefined
      : candidates.find((other) => other.column !== column && isLettered(body, other.column));
    if (shown)
      return { code: shown.column, also: column, kind: kind ?? context, roles: rolesOf(titles, shown.column, body) };
    return { code: column, also: null, kind: kind ?? context, roles };
  }
  return null;
}

function isLettered(body: string[][], column: number): boolean {
  const cells = body.map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => shapeOfCell(cell) === "lettered");
}

/** A column "Class" with "Alarm" or "Warning" in every row says what the codes beside it are of. */
function kindOfValues(titles: string[], body: string[][]): CodeKind | null {
  for (const column of titles.keys()) {
    const cells = body.map((row) => row[column]?.trim() ?? "");
    const kinds = cells.map((cell) => kindOfWord(cell));
    if (cells.length > 0 && kinds.every((kind) => kind !== undefined && isTrouble(kind))) return kinds[0]!;
  }
  return null;
}

/** Whether most cells are codes; option lists have letters and signs for codes. */
function readCells(
  cells: string[],
  options: boolean,
): { lettered: boolean; displays?: boolean; together?: boolean } | null {
  if (cells.length === 0) return null;
  if (options)
    return cells.filter((cell) => /^\S{1,4}$/.test(cell)).length >= cells.length * 0.6 ? { lettered: true } : null;
  const shapes = cells.map(shapeOfCell);
  const fitting = shapes.filter((shape) => shape !== null).length;
  const lettered = shapes.filter((shape) => shape === "lettered").length;
  const displays = shapes.filter((shape) => shape === "display").length;
  const together = cells.map(splitCell).filter((one) => one !== null);
  if (cells.length >= 2 && together.length >= cells.length * 0.8 && fitting < cells.length * 0.2)
    return { lettered: together.every((one) => shapeOfCell(one.code) === "lettered"), together: true };
  if (fitting < cells.length * 0.6) return null;
  return { lettered: lettered >= cells.length * 0.4, displays: displays === cells.length };
}

function rolesOf(titles: string[], code: number, body: string[][]): Map<Role, number> {
  const found = new Map<Role, number>();
  titles.forEach((title, column) => {
    if (column === code) return;
    let role = roleOf(title);
    if (role === "message" && found.has("message")) role = "description";
    if (role === null || found.has(role)) return;
    // What an alarm means is said in words.
    if ((role === "message" || role === "description") && !isProse(body, column)) return;
    found.set(role, column);
  });
  return found;
}

function isProse(body: string[][], column: number): boolean {
  const cells = body.map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "" && cell !== "-");
  return cells.filter((cell) => /\p{L}{2}/u.test(cell)).length >= Math.max(cells.length * 0.5, 1);
}

/** A table that starts with its first alarm: believed under a heading of alarms only, and not with plain small numbers. */
function withoutTitles(rows: string[][], context: CodeKind | null): Columns | null {
  if (!isTrouble(context) || rows.length < 2) return null;
  for (const column of [0, 1]) {
    const cells = rows.map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "");
    const shapes = cells.map(shapeOfCell);
    const lettered = shapes.filter((shape) => shape === "lettered").length;
    const long = cells.filter((cell) => /^\d{3,6}(?:[-.]\d{1,3})?$/.test(cell)).length;
    if (cells.length < 2 || (lettered < cells.length * 0.8 && (long < cells.length * 0.8 || long < 3))) continue;
    if (new Set(cells).size < cells.length * 0.8 || cells.every(isProgramWord)) continue;
    const others = (rows[0] ?? []).map((_, at) => at).filter((at) => at > column && isProse(rows, at));
    if (others.length === 0) continue;
    const names: Role[] = others.length >= 3 ? ["message", "cause", "remedy"] : ["message", "description"];
    return {
      code: column,
      also: null,
      kind: context,
      roles: new Map(names.flatMap((role, at) => (others[at] === undefined ? [] : [[role, others[at]] as const]))),
      bodyFrom: 0,
    };
  }
  return null;
}
