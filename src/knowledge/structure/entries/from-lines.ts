import { kindOfWord, kindWordPattern } from "../../codes/parse-code.ts";
import type { Block, LoadedDocument } from "../../load/loaded-document.ts";
import { codePattern, isNoCode, isProgramWord, isYear, letteredPattern, shapeOfCell } from "./code-cell.ts";
import { isTrouble, kindAround, kindOfSection } from "./code-context.ts";
import type { ModelsAround } from "./code-context.ts";
import { toEntry } from "./entry.ts";
import type { EntryDraft, ExtractedEntry } from "./entry.ts";
import { createFields, labelLine } from "./fields.ts";
import type { Fields } from "./fields.ts";
import { codeTitleOf } from "./header-words.ts";
import type { Line } from "./read-lines.ts";

const codeFirst = new RegExp(`^(${codePattern})(?![\\w.%])(?:\\s*[-–—:,.]\\s*|\\s+)?(.*)$`);

/** Entries of lines with labels: "Error code: E-21", then "Cause: …", "Remedy: …". */
export function fromLabels(document: LoadedDocument, lines: Line[], models: ModelsAround): ExtractedEntry[] {
  const drafts: EntryDraft[] = [];
  let open: (EntryDraft & { section: string }) | null = null;
  let fields: Fields | null = null;
  for (const line of lines) {
    const section = line.block.headings.join("\n");
    const begun = beginsEntry(line, document);
    if (begun) {
      open = { ...begun, models: models.of(line.block.headings), section };
      fields = createFields(open);
      drafts.push(open);
    } else if (open && open.section === section && fields?.read(line)) open.end = line.end;
    else open = null;
  }
  const told = drafts.filter((draft) => draft.message !== "" || draft.cause || draft.remedy);
  return told.flatMap(({ ...draft }) => toEntry(draft, document) ?? []);
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
    const drafts: Lead[] = definitionsOf(section, document);
    let fields: Fields | null = null;
    for (const line of section) {
      const lead = readLead(line, document);
      if (lead) {
        drafts.push(lead);
        fields = createFields(lead);
      } else if (fields?.read(line)) drafts.at(-1)!.end = line.end;
      else fields = null;
    }
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

/** Terms and what they mean, each a paragraph: "AL-21", then "Low oil". */
function definitionsOf(section: Line[], document: LoadedDocument): Lead[] {
  return section.flatMap((line, index) => {
    const next = section[index + 1];
    const code = line.text.replace(/[:：]$/, "").trim();
    const kind = kindAround(line.block.headings, document);
    if (!next || !isTrouble(kind) || shapeOfCell(code) !== "lettered" || /\s/.test(code)) return [];
    if (shapeOfCell(next.text) !== null || !/\p{L}{2}/u.test(next.text)) return [];
    const { start, block } = line;
    return [
      {
        code,
        kind,
        message: next.text,
        sourceShape: "list",
        start,
        end: next.end,
        block,
        sure: false,
        wants: 2,
      } satisfies Lead,
    ];
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
  const lead = firstLine(first, line, document);
  if (!lead) return null;
  // Items below an item: "E1: sensor" and under it "Remedy: …".
  const fields = createFields(lead);
  for (const text of below) fields.read({ ...line, text: text.replace(/^[\s>*+•·-]+/, "") });
  return lead;
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
    return { ...base, kind, code, message, sure: marked && /^[A-Z][^.]*$/.test(code), wants: 2 };
  }
  const large = /^[^\p{Ll}가-힣]{4,}$/u.test(message);
  if (
    !/^\d{3,}/.test(code) ||
    (code.startsWith("0") && !large) ||
    isYear(code) ||
    kindOfSection(line.block.headings, document) === null
  )
    return null;
  return { ...base, kind, code, message, sure: false, wants: marked || large ? 2 : 3 };
}
