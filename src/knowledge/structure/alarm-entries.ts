import { basename } from "node:path";
import { expandCodes } from "../codes/expand-codes.ts";
import type { ExpandedCodes } from "../codes/expand-codes.ts";
import { kindWordPattern, kindOfPrefix, kindOfWord, parseCode } from "../codes/parse-code.ts";
import type { CodeKind } from "../knowledge.ts";
import type { Block, LoadedDocument } from "../load/loaded-document.ts";
import { readCodeTable } from "./table-columns.ts";
import type { ColumnRole } from "./table-columns.ts";

export type ExtractedEntry = ExpandedCodes & {
  kind: CodeKind;
  subCode: string | null;
  /** Of its row or section where those name some, else of the document. */
  models: string[];
  message: string;
  cause: string | null;
  remedy: string | null;
  severity: string | null;
  unit: string | null;
  sourceShape: "table" | "heading" | "list";
  text: string;
  start: number;
  end: number;
};

const anyKindWord = new RegExp(`(?<![\\p{L}])(${kindWordPattern})(?![\\p{L}])|(알람|경보|에러|오류|고장|설정)`, "iu");

/** Coded items of a document: rows of code tables, headings that begin with a code, list items "code: meaning". */
export function alarmEntriesOf(document: LoadedDocument, _knownModels: string[] = []): ExtractedEntry[] {
  const entries = document.blocks
    .filter((block) => block.type === "table")
    .flatMap((table) => fromTable(table, document));
  const known = new Set(entries.flatMap((entry) => entry.codes));
  document.blocks.forEach((block, index) => {
    if (block.type === "heading") entries.push(...fromHeading(block, index, document, known));
    if (block.type === "list") entries.push(...fromList(block, document));
  });
  return entries;
}

function contextOf(headings: string[], document: LoadedDocument): CodeKind | null {
  for (const words of [...headings.toReversed(), document.title, basename(document.path).replaceAll(/[_-]/g, " ")]) {
    const match = anyKindWord.exec(words);
    const kind = match ? kindOfWord(match[1] ?? match[2]!) : undefined;
    if (kind) return kind;
  }
  return null;
}

function fromTable(table: Block, document: LoadedDocument): ExtractedEntry[] {
  const [header, ...rows] = table.parts ?? [];
  if (!header || rows.length === 0) return [];
  const context = contextOf(table.headings, document);
  const meaning = readCodeTable(
    header.cells,
    rows.map((row) => row.cells),
    context,
  );
  if (!meaning) return [];
  return rows.flatMap((row): ExtractedEntry[] => {
    const expanded = expandCodes(row.cells[meaning.codeColumn] ?? "");
    if (!expanded) return [];
    const cell = (role: ColumnRole) => {
      const column = [...meaning.roles].find(([, one]) => one === role)?.[0];
      const text = column === undefined ? "" : (row.cells[column]?.trim() ?? "");
      return text === "" || text === "-" || text === "–" ? null : text;
    };
    const message = [cell("message"), cell("description")].filter((part) => part !== null).join(": ");
    return [
      {
        ...expanded,
        subCode: null,
        models: document.models,
        kind: meaning.kind ?? kindOfPrefix(parseCode(expanded.codeNorm).prefix) ?? "alarm",
        message: message || (row.cells.find((one, index) => index !== meaning.codeColumn && one !== "") ?? ""),
        cause: cell("cause"),
        remedy: cell("remedy"),
        severity: cell("severity"),
        unit: cell("unit"),
        sourceShape: "table",
        text: document.text.slice(row.start, row.end),
        start: row.start,
        end: row.end,
      },
    ];
  });
}

const oneCode = String.raw`\$\d{1,4}|[A-Z]{1,4}-?\d{1,5}(?:[.-]\d{1,4})?|\d{2,6}(?:\[\d+-\d+\])?`;
const leading = new RegExp(
  `^(?:(${kindWordPattern})\\s*(?:코드|code|no\\.?)?\\s*[:#-]?\\s*)?((?:${oneCode})(?:(?:\\s*,\\s*|\\s+and\\s+|\\s*[~/]\\s*)(?:${oneCode}))*)(?![\\w.%])\\s*(?:[-–—:.]\\s*)?(.*)$`,
  "i",
);

function fromHeading(block: Block, index: number, document: LoadedDocument, known: Set<string>): ExtractedEntry[] {
  const title = block.headings.at(-1) ?? "";
  const match = leading.exec(title);
  if (!match || match[3]!.trim() === "") return [];
  const expanded = expandCodes(match[2]!);
  if (!expanded) return [];
  const isSetting = match[2]!.startsWith("$");
  const context = contextOf(block.headings.slice(0, -1), document);
  const said = match[1] ? kindOfWord(match[1]) : undefined;
  // A heading's bare number may be a section number or a year: believed only beside an alarm table or an alarm word.
  const believed = said || isSetting || expanded.codes.some((code) => known.has(code));
  if (!believed && !(context && /^[A-Z]/.test(match[2]!))) return [];
  const next = document.blocks.findIndex(
    (other, at) => at > index && other.type === "heading" && (other.level ?? 9) <= (block.level ?? 1),
  );
  const last = document.blocks[next === -1 ? document.blocks.length - 1 : next - 1] ?? block;
  const end = Math.min(last.end, block.start + 2400);
  return [
    {
      ...expanded,
      subCode: null,
      models: document.models,
      kind: said ?? (isSetting ? "setting" : (context ?? kindOfPrefix(parseCode(expanded.codeNorm).prefix) ?? "alarm")),
      message: match[3]!.trim(),
      cause: null,
      remedy: null,
      severity: null,
      unit: null,
      sourceShape: "heading",
      text: document.text.slice(block.start, end),
      start: block.start,
      end,
    },
  ];
}

const listed = new RegExp(
  `^(?:(${kindWordPattern})\\s*[:#-]?\\s*)?(\\$\\d{1,4}|[A-Z]{1,4}-?\\d{1,5}|\\d{1,6})\\s*(?:\\(([^)]*)\\))?\\s*[:–—=-]\\s*(\\S.*)$`,
  "is",
);

function fromList(block: Block, document: LoadedDocument): ExtractedEntry[] {
  const context = contextOf(block.headings, document);
  return (block.parts ?? []).flatMap((item): ExtractedEntry[] => {
    const match = listed.exec(item.cells[0] ?? "");
    const said = match?.[1] ? kindOfWord(match[1]) : undefined;
    const isSetting = match?.[2]?.startsWith("$") ?? false;
    if (!match || !(said || (context && /^[A-Z]/.test(match[2]!)) || isSetting)) return [];
    const expanded = expandCodes(match[2]!);
    if (!expanded) return [];
    const meaning = match[4]!.split("\n", 1)[0]!.trim();
    return [
      {
        ...expanded,
        subCode: null,
        models: document.models,
        kind: said ?? (isSetting ? "setting" : context!),
        message: meaning,
        cause: null,
        remedy: null,
        severity: null,
        unit: null,
        sourceShape: "list",
        text: document.text.slice(item.start, item.end),
        start: item.start,
        end: item.end,
      },
    ];
  });
}
