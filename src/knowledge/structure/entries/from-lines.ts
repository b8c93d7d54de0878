import { kindOfWord, kindWordPattern } from "../../codes/parse-code.ts";
import type { Block, LoadedDocument } from "../../load/loaded-document.ts";
import { codePattern, isNoCode, isProgramWord, isYear, letteredPattern, shapeOfCell } from "./code-cell.ts";
import { isTrouble, kindAround, kindOfSection } from "./code-context.ts";
import type { ModelsAround } from "./code-context.ts";
import { toEntry } from "./entry.ts";
import type { EntryDraft, ExtractedEntry } from "./entry.ts";
import { codeTitleOf, roleOf } from "./header-words.ts";

/** A line of a paragraph or an item of a list, without its marks. */
export type Line = { text: string; start: number; end: number; block: Block; bold: boolean };

const labelLine = /^(.{1,34}?)\s*[:：]\s*(\S.*)$/;
const codeFirst = new RegExp(`^(${codePattern})(?![\\w.%])(?:\\s*[-–—:,.]\\s*|\\s+)?(.*)$`);

export type Labelled = Pick<EntryDraft, "cause" | "remedy" | "severity" | "subCode"> & { message?: string };

/** What a line such as "Cause: …" says of the alarm it stands under; false where it says nothing of one. */
export function readLabel(line: string, into: Labelled): boolean {
  const match = labelLine.exec(line);
  const role = match ? roleOf(match[1]!) : null;
  if (!match || role === null || role === "unit" || role === "model") return false;
  const value = match[2]!.trim();
  if (role === "sub") into.subCode = value;
  else if (role === "cause" || role === "remedy" || role === "severity")
    into[role] = into[role] ? `${into[role]}; ${value}` : value;
  else into.message = into.message ? `${into.message}: ${value}` : value;
  return true;
}

/** Entries of lines with labels: "Error code: E-21", then "Cause: …", "Remedy: …". */
export function fromLabels(document: LoadedDocument, lines: Line[], models: ModelsAround): ExtractedEntry[] {
  const drafts: EntryDraft[] = [];
  let open: (EntryDraft & { section: string }) | null = null;
  for (const line of lines) {
    const section = line.block.headings.join("\n");
    const begun = beginsEntry(line, document);
    if (begun) {
      open = { ...begun, models: models.of(line.block.headings), section };
      drafts.push(open);
    } else if (open && open.section === section && readLabel(line.text, open)) open.end = line.end;
    else if (!labelLine.test(line.text)) open = null;
  }
  const told = drafts.filter((draft) => draft.message !== "" || draft.cause || draft.remedy);
  return told.flatMap((draft) => toEntry(draft, document) ?? []);
}

function beginsEntry(line: Line, document: LoadedDocument): Omit<EntryDraft, "models"> | null {
  const match = labelLine.exec(line.text);
  const title = match ? codeTitleOf(match[1]!) : null;
  if (!match || !title) return null;
  const kind = title.kind ?? kindAround(line.block.headings, document);
  if (kind === null) return null;
  const base = { kind, sourceShape: "list" as const, start: line.start, end: line.end };
  if (shapeOfCell(match[2]!) !== null) return { ...base, code: match[2]!, message: "" };
  const both = codeFirst.exec(match[2]!);
  const believed = both && both[2] !== "" && (title.certainty === "explicit" || shapeOfCell(both[1]!) === "lettered");
  return believed && !isNoCode(both[1]!) ? { ...base, code: both[1]!, message: both[2]! } : null;
}

const worded = new RegExp(
  `^(${kindWordPattern})\\s*(?:코드|번호|code|no\\.?)?\\s*[:#-]?\\s*(${codePattern})(?![\\w.%])\\s*(?:\\(([^)]*)\\))?\\s*(?:[:–—=-]\\s*|\\s)(\\S.*)$`,
  "iu",
);
const lead = new RegExp(
  `^(${letteredPattern}|\\d{1,6}(?:[-.]\\d{1,4})?)(?![\\w%])\\s*(?:\\(([^)]*)\\))?(\\s*[:–—=]\\s*|\\s+-\\s+|\\s+|-\\s+)(\\S.*)$`,
);

/** Entries of lines that begin with a code: list items "AL-01 – Door open", bold leads, lines of a catalogue. */
export function fromLeads(document: LoadedDocument, lines: Line[], models: ModelsAround): ExtractedEntry[] {
  const bySection = Map.groupBy(lines, (line) => line.block.headings.join("\n"));
  return [...bySection.values()].flatMap((section) => {
    const drafts = section.flatMap((line) => readLead(line, document) ?? []);
    // One line that begins so may be anything; a catalogue has several of one shape.
    const shapes = Map.groupBy(drafts, (draft) => shapeKey(draft.code));
    const lists = Map.groupBy(drafts, (draft) => draft.block);
    const kept = drafts.filter(
      (draft) =>
        draft.sure ||
        (shapes.get(shapeKey(draft.code))?.length ?? 0) >= draft.wants ||
        isCatalogue(draft.block, lists.get(draft.block) ?? []),
    );
    return kept.flatMap(({ sure: _sure, wants: _wants, block, ...draft }) => {
      return toEntry({ ...draft, models: models.of(block.headings) }, document) ?? [];
    });
  });
}

type Lead = Omit<EntryDraft, "models"> & { sure: boolean; wants: number; block: Block };

/** A list of three or more, every item with a lettered code of its own. */
function isCatalogue(block: Block, leads: Lead[]): boolean {
  const items = block.type === "list" ? (block.parts?.length ?? 0) : 0;
  return items >= 3 && leads.filter((one) => /^[A-Z]{1,4}[-.]?\d{2,}/.test(one.code)).length >= items * 0.9;
}

const shapeKey = (code: string) => code.replaceAll(/\d+/g, "0").replaceAll(/[-._ ]/g, "");

function readLead(line: Line, document: LoadedDocument): Lead | null {
  const [first = "", ...below] = line.text.split("\n");
  // Items below an item: "E1: sensor" and under it "Remedy: …".
  const labels: Labelled = {};
  for (const one of below) readLabel(one.replace(/^[\s>*+•·-]+/, ""), labels);
  const { message: _message, ...said } = labels;
  const lead = firstLine(first, line, document);
  return lead ? { ...lead, ...said } : null;
}

function firstLine(first: string, line: Line, document: LoadedDocument): Lead | null {
  const base = { sourceShape: "list" as const, start: line.start, end: line.end, block: line.block };
  const said = worded.exec(first);
  if (said && !isProgramWord(said[2]!)) {
    const separated = /[:–—=]/.test(first.slice(0, first.length - said[4]!.length));
    const kind = kindOfWord(said[1]!)!;
    return { ...base, kind, code: said[2]!, message: said[4]!.trim(), sure: separated, wants: 2 };
  }
  const match = lead.exec(first);
  if (!match) return null;
  const [, code = "", , separator = "", message = ""] = match;
  if (isNoCode(code) || isNoCode(`${code} ${message.split(/[\s:]/, 1)[0]}`) || /^[.…\s\d]*$/.test(message)) return null;
  if (code.startsWith("$")) return { ...base, kind: "setting", code, message, sure: true, wants: 1 };
  const context = kindAround(line.block.headings, document);
  if (!isTrouble(context)) return null;
  const kind = context;
  const marked = line.bold || /[:–—=-]/.test(separator);
  if (/^[A-Za-z]/.test(code) || /^(?:0x|16#)/.test(code)) {
    // "Step 2", "Page 12" and the like are words with numbers.
    if (/^[A-Za-z]{2,} /.test(code) || /^[a-z]{3}/.test(code)) return null;
    return { ...base, kind, code, message, sure: marked && /^[A-Z]/.test(code), wants: 2 };
  }
  if (!/^\d{3,}/.test(code) || isYear(code) || kindOfSection(line.block.headings, document) === null) return null;
  return { ...base, kind, code, message, sure: false, wants: marked || /^[A-Z][A-Z ]{4}/.test(message) ? 2 : 3 };
}
