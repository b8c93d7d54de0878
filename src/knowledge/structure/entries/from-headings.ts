import { expandCodes } from "../../codes/expand-codes.ts";
import { kindOfPrefix, kindOfWord, kindWordPattern, parseMention } from "../../codes/parse-code.ts";
import type { CodeKind } from "../../knowledge.ts";
import type { Block, LoadedDocument } from "../../load/loaded-document.ts";
import { codePattern, isNoCode, isProgramWord, isYear } from "./code-cell.ts";
import { isTrouble, kindAround } from "./code-context.ts";
import type { ModelsAround } from "./code-context.ts";
import { toEntry } from "./entry.ts";
import type { EntryDraft, ExtractedEntry } from "./entry.ts";
import { createFields } from "./fields.ts";
import { roleOf } from "./header-words.ts";
import type { Line } from "./read-lines.ts";

const longestText = 2_400;
const oneCode = `(?:${codePattern})`;
const leading = new RegExp(
  `^(?:(${kindWordPattern})\\s*(?:코드|번호|code|no\\.?)?\\s*[:#-]?\\s*)?((?:${oneCode})(?:(?:\\s*,\\s*|\\s+(?:and|및)\\s+|\\s*[~/]\\s*)(?:${oneCode}))*)(?![\\w.%])\\s*(?:[-–—:.]\\s*)?(.*)$`,
  "iu",
);

const numberFirst = /^(\d{1,5})\s?번\s?(알람|경보|에러|오류|고장)(?:은|는|이|가)?(?=\s*[-–—:.])/u;

type Titled = { block: Block; index: number; said: string | undefined; code: string; message: string };

/** Entries of headings that begin with a code; labelled lines below say cause and remedy. */
export function fromHeadings(
  document: LoadedDocument,
  lines: Line[],
  known: ReadonlyMap<string, CodeKind>,
  models: ModelsAround,
): ExtractedEntry[] {
  const titled = document.blocks.flatMap((block, index): Titled[] => {
    // "12번 알람 – 냉각수 부족" is "알람 12 – …".
    const title = (block.headings.at(-1) ?? "").slice(0, 300).replace(numberFirst, "$2 $1");
    const match = block.type === "heading" ? leading.exec(title) : null;
    if (
      !match ||
      !/^[\p{L}\d("'“「[]/u.test(match[3]!.trim()) ||
      isNoCode(match[2]!) ||
      /^[A-Za-z]{2,} \d/.test(match[2]!)
    )
      return [];
    // "KX-40 fault list" names a machine.
    if (!match[1] && /\b(?:list|codes?|manual|series)\b|목록|일람|설명서|코드\s?표|시리즈/i.test(match[3]!)) return [];
    return [{ block, index, said: match[1], code: match[2]!, message: match[3]!.trim() }];
  });
  return titled.flatMap((one): ExtractedEntry[] => {
    const { block, index, code } = one;
    const said = one.said ? kindOfWord(one.said) : undefined;
    const isSetting = code.startsWith("$");
    const context = kindAround(block.headings.slice(0, -1), document);
    const expanded = expandCodes(code);
    if (!expanded) return [];
    // A heading's bare number may be a section number or a year: believed only beside an alarm table, an alarm word,
    // or others of its kind under a title of alarms.
    const believed = said !== undefined || isSetting || expanded.codes.some((norm) => known.has(norm));
    const lettered = /^[A-Z]/.test(code) && context !== null && !isProgramWord(code);
    if (!believed && !lettered && !(isTrouble(context) && isOfCatalogue(one, titled))) return [];
    const end = Math.min(endOfSection(document, block, index), block.start + longestText);
    const labels: Partial<EntryDraft> = {};
    const fields = createFields(labels);
    for (const line of lines) if (line.start > block.start && line.start < end) fields.read(underTitle(line, block));
    const listed = expanded.codes.map((norm) => known.get(norm)).find(Boolean);
    const kind =
      said ?? (isSetting ? "setting" : (listed ?? context ?? kindOfPrefix(parseMention(code).prefix) ?? "alarm"));
    const { cause, remedy, severity, subCode } = labels;
    const rest = { cause: cause ?? null, remedy: remedy ?? null, severity: severity ?? null, subCode: subCode ?? null };
    const place = { sourceShape: "heading" as const, start: block.start, end, models: models.of(block.headings) };
    const entry = toEntry({ code, kind, message: one.message, ...rest, ...place }, document);
    return entry ? [entry] : [];
  });
}

/** A line below "Causes" as a heading of its own is read like "Causes: …". */
function underTitle(line: Line, block: Block): Line {
  const title = line.block.headings.length > block.headings.length ? line.block.headings.at(-1)! : "";
  const isRole = roleOf(title) !== null && title.length <= 34 && !/[:：]/.test(line.text.slice(0, 34));
  return isRole ? { ...line, text: `${title}: ${line.text}` } : line;
}

/** Long numbers of one level: "700010 Chiller flow", "700011 Chiller hot". */
function isOfCatalogue(one: Titled, all: Titled[]): boolean {
  if (!/^[1-9]\d{2,}(?:[-.]\d{1,4})?$/.test(one.code)) return false;
  const beside = all.filter((other) => other.block.level === one.block.level && /^\d{3,}/.test(other.code));
  return beside.length >= 2 && !beside.every((other) => isYear(other.code));
}

function endOfSection(document: LoadedDocument, block: Block, index: number): number {
  const next = document.blocks.findIndex(
    (other, at) => at > index && other.type === "heading" && (other.level ?? 9) <= (block.level ?? 1),
  );
  return (document.blocks[next === -1 ? document.blocks.length - 1 : next - 1] ?? block).end;
}
