import type { Block, LoadedDocument } from "../load/loaded-document.ts";
import type { Chunk } from "./chunk.ts";
import { stepsOf } from "./step-marks.ts";

// Safety span: a verbatim piece of a document that may be quoted as the plant's safety text where it is approved.

export type SafetySpan = {
  ordinal: number;
  chunkOrdinal: number;
  topic: "lockout" | "safeguard" | "warning";
  shape: "warning" | "steps" | "paragraph";
  heading: string;
  text: string;
  start: number;
  end: number;
};

const lockout =
  /잠금\s*[·‧・/&-]?\s*(?:표지|표찰|장치|꼬리표)|시건\s*(?:장치|조치)|에너지\s*(?:차단|격리)|전원\s*차단\s*(?:절차|방법|순서)|잔류\s*에너지|\bLOTO\b|lock[\s-]?out|tag[\s-]?out|energy\s+(?:isolation|control)|isolat(?:ion|ing)\s+(?:procedure|of\s+energ|the\s+(?:machine|power|energ))|zero[\s-]energy|de-?energi[sz]/i;
const safeguard =
  /방호\s*(?:장치|덮개|울)|안전\s*장치|인터[록락]|라이트\s*커튼|광전자식|safeguard|interlock|guard(?:s|ing)?\b|light\s+curtain|protective\s+device/i;

// Signal words of ANSI Z535 and ISO 3864, in capitals, bold, with a sign or a colon: in a sentence they are words.
const marks = String.raw`[\s>|*_#!※◆■▲△▶【\[(<⚠️☢☠‼❗]*`;
const signal = String.raw`(?:경\s?고|주\s?의|위\s?험|WARNING|CAUTION|DANGER|NOTICE)`;
const ended = String.raw`(?:[\]】)>]|[*_]{1,2})?\s*(?:[:：!！]|$|\n)`;
const warning = new RegExp(
  `^${marks}(?:(?:\\*\\*|__|[【\\[<⚠※▲△])[\\s️>]*${signal}(?![\\p{L}])|(?:WARNING|CAUTION|DANGER)(?![\\p{L}])|NOTICE${ended}|(?:경\\s?고|주\\s?의|위\\s?험)\\s*(?:사항)?${ended}|(?:Warning|Caution|Danger|Notice)${ended})`,
  "u",
);
const warningSign = /^[\s>|*_]*⚠/u;
const alone = new RegExp(`^${marks}(?:${signal}|Warning|Caution|Danger|Notice)[\\s\\]】)>*_:：!！|]*$`, "u");

/** Whether a block is a warning, by its own first word or because it stands under a title that is one. */
export function isSafetyBlock(text: string, headings: string[] = []): boolean {
  const first = text.slice(0, 200);
  return warning.test(first) || warningSign.test(first) || isSignalWord(headings.at(-1) ?? "");
}

/** "WARNING" and nothing else: what follows is the warning. */
export const isSignalWord = (text: string): boolean => text.length < 60 && text.trim() !== "" && alone.test(text);

/** What a section is about, by its own heading or one around it; null if not safety. */
export function safetyTopicOf(headings: string[]): "lockout" | "safeguard" | null {
  for (const heading of headings.toReversed()) {
    if (lockout.test(heading)) return "lockout";
    if (safeguard.test(heading)) return "safeguard";
  }
  return null;
}

/** Safety spans of a document. Kept whether it is approved or not; only an approved one is quoted. */
export function safetySpansOf(document: LoadedDocument, chunks: Chunk[]): SafetySpan[] {
  const spans: SafetySpan[] = [];
  const ofSafety = document.kind === "safety" ? safetyTopicOf([document.title]) : null;
  let taken = 0;
  for (const [index, block] of document.blocks.entries()) {
    if (block.type === "heading" || block.start < taken) continue;
    const own = document.text.slice(block.start, block.end);
    const next = document.blocks[index + 1];
    const goesOn = isSignalWord(own) && next !== undefined && next.type !== "heading" && next.type !== "table";
    const end = goesOn ? next.end : block.end;
    const isWarning = isSafetyBlock(own, block.headings);
    // In a machine's manual an alarm heading such as "light curtain interrupted" is diagnosis, not procedure.
    const headings =
      document.kind === "safety" ? block.headings : block.headings.filter((title) => lockout.test(title));
    const topic = safetyTopicOf(headings) ?? ofSafety;
    if (topic === null && !isWarning) continue;
    const chunk = chunks.find((one) => one.start <= block.start && block.start < one.end);
    if (!chunk || chunk.kind === "contents") continue;
    taken = end;
    spans.push({
      ordinal: spans.length,
      chunkOrdinal: chunk.ordinal,
      topic: topic ?? "warning",
      shape: isWarning ? "warning" : isProcedure(block, own) ? "steps" : "paragraph",
      heading: block.headings.at(-1) ?? document.title,
      text: document.text.slice(block.start, end),
      start: block.start,
      end,
    });
  }
  return spans;
}

const isProcedure = (block: Block, text: string) =>
  (block.type === "list" && block.ordered === true) || stepsOf(text).length > 0;
