import { kindOfPrefix, parseMention } from "../../codes/parse-code.ts";
import type { Block, BlockPart, LoadedDocument } from "../../load/loaded-document.ts";
import { isNoCode, shapeOfCell, splitCell, withoutCounter } from "./code-cell.ts";
import { kindAround } from "./code-context.ts";
import type { ModelsAround } from "./code-context.ts";
import { toEntry } from "./entry.ts";
import type { EntryDraft, ExtractedEntry } from "./entry.ts";
import { findColumns } from "./find-columns.ts";
import type { Columns } from "./find-columns.ts";
import { fromLabelTable } from "./from-label-table.ts";
import type { Role } from "./header-words.ts";

/** Entries of every table; one that goes on without titles, as over a page's end, is read like the one before. */
export function fromTables(document: LoadedDocument, models: ModelsAround): ExtractedEntry[] {
  let last: { columns: Columns; width: number } | null = null;
  return document.blocks.flatMap((table) => {
    if (table.type === "heading") last = null;
    if (table.type !== "table") return [];
    const rows = table.parts ?? [];
    const cells = rows.map((row) => row.cells);
    const context = kindAround(table.headings, document);
    const labelled = fromLabelTable(table, document, models.of(table.headings), context);
    if (labelled.length > 0) return labelled;
    const width = cells[0]?.length ?? 0;
    const columns: Columns | null = findColumns(cells, context) ?? goesOn(cells, last, width);
    last = columns ? { columns, width } : null;
    return columns ? fromRows(table, rows, columns, document, models) : [];
  });
}

function goesOn(cells: string[][], last: { columns: Columns; width: number } | null, width: number): Columns | null {
  if (!last || last.width !== width) return null;
  const codes = cells.filter((row) => shapeOfCell(row[last.columns.code] ?? "") !== null).length;
  return codes >= cells.length * 0.6 ? { ...last.columns, bodyFrom: 0 } : null;
}

function fromRows(
  table: Block,
  rows: BlockPart[],
  columns: Columns,
  document: LoadedDocument,
  models: ModelsAround,
): ExtractedEntry[] {
  const drafts: EntryDraft[] = [];
  const around = models.of(table.headings);
  let named = around;
  for (const row of rows.slice(columns.bodyFrom)) {
    const cell = (role: Role) => valueOf(row, columns.roles.get(role));
    const written = withoutCounter(row.cells[columns.code]?.trim() ?? "");
    const split = shapeOfCell(written) === null && columns.kind !== "option" ? splitCell(written) : null;
    const code = split?.code ?? written;
    const sub = cell("sub");
    const message = [split?.text, messageOf(row, columns)].filter((part) => part).join(": ") || null;
    const before = drafts.at(-1);
    const model = cell("model");
    if (model !== null) named = models.ofCell(model).length > 0 ? models.ofCell(model) : around;
    if (code === "" && (sub === null || sub === before?.subCode)) {
      // A merged cell: the row goes on with the alarm above.
      if (before && (message || cell("cause") || cell("remedy"))) addTo(before, row, message, cell);
      continue;
    }
    if (before && model === null && isSameAlarm(before, code, sub, message)) {
      addTo(before, row, null, cell);
      continue;
    }
    const own = code === "" ? (before?.code ?? "") : code;
    // Bands such as "Axis alarms" stand across a table.
    if (own === "" || isNoCode(own) || (columns.kind !== "option" && shapeOfCell(own) === null)) continue;
    const meaning = message ?? firstWords(row, columns) ?? (code === "" ? (before?.message ?? "") : "");
    if (columns.kind !== "option" && !/\p{L}{2}/u.test(meaning + (cell("cause") ?? ""))) continue;
    drafts.push({
      code: own,
      also: columns.also === null ? null : (row.cells[columns.also] ?? null),
      subCode: sub,
      kind: columns.kind ?? kindOfPrefix(parseMention(own).prefix) ?? "alarm",
      models: named,
      message: meaning,
      cause: cell("cause"),
      remedy: cell("remedy"),
      severity: cell("severity"),
      unit: cell("unit"),
      sourceShape: "table",
      start: row.start,
      end: row.end,
    });
  }
  return drafts.flatMap((draft) => toEntry(draft, document) ?? []);
}

/** Readers repeat a merged cell in each of its rows; a setting's rows are its choices. */
function isSameAlarm(before: EntryDraft, code: string, sub: string | null, message: string | null): boolean {
  if (code !== before.code || (sub ?? null) !== (before.subCode ?? null)) return false;
  return before.kind === "setting" || (message !== null && before.message.startsWith(message));
}

function valueOf(row: BlockPart, column: number | undefined): string | null {
  const text = column === undefined ? "" : (row.cells[column]?.trim() ?? "");
  return /^[-–—]?$/.test(text) ? null : text;
}

function messageOf(row: BlockPart, { roles }: Columns): string | null {
  const parts = [valueOf(row, roles.get("message")), valueOf(row, roles.get("description"))];
  return [...new Set(parts.filter((part) => part !== null))].join(": ") || null;
}

/** Where the meaning has no column of its own, the first text of the row says most. */
function firstWords(row: BlockPart, columns: Columns): string | null {
  const apart = [columns.code, columns.also, columns.roles.get("sub"), columns.roles.get("model")];
  return (
    row.cells.find((cell, column) => !apart.includes(column) && cell.trim() !== "" && shapeOfCell(cell) === null) ??
    null
  );
}

function addTo(before: EntryDraft, row: BlockPart, message: string | null, cell: (role: Role) => string | null): void {
  const join = (a: string | null | undefined, b: string | null) =>
    a && b && a !== b ? `${a}; ${b}` : (b ?? a ?? null);
  before.message = join(before.message, message) ?? "";
  before.cause = join(before.cause, cell("cause"));
  before.remedy = join(before.remedy, cell("remedy"));
  before.end = row.end;
}
