import type { LoadedDocument } from "../load/loaded-document.ts";
import type { Chunk } from "./chunk.ts";

// Safety span: a verbatim piece of an approved document that may be quoted as the plant's safety text.

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

const lockout = /잠금\s*[·‧・/&-]?\s*표지|\bLOTO\b|lock[\s-]?out|tag[\s-]?out/i;
const safeguard =
  /방호\s*장치|안전\s*장치|인터[록락]|라이트\s*커튼|safeguard|interlock|guard(?:s|ing)?\b|light\s+curtain/i;
const warning = /^[>\s]*[*_]{0,2}(?:경고|주의|위험|WARNING|CAUTION|DANGER)[*_]{0,2}\s*[:：!]?/;

export const isSafetyBlock = (text: string) => warning.test(text);

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
  for (const block of document.blocks) {
    if (block.type === "heading") continue;
    const text = document.text.slice(block.start, block.end);
    const isWarning = isSafetyBlock(text);
    // In a machine's manual an alarm heading such as "light curtain interrupted" is diagnosis, not procedure.
    const headings =
      document.kind === "safety" ? block.headings : block.headings.filter((title) => lockout.test(title));
    const topic = safetyTopicOf(headings) ?? ofSafety;
    if (topic === null && !isWarning) continue;
    const chunk = chunks.find((one) => one.start <= block.start && block.start < one.end);
    if (!chunk) continue;
    spans.push({
      ordinal: spans.length,
      chunkOrdinal: chunk.ordinal,
      topic: topic ?? "warning",
      shape: isWarning ? "warning" : block.type === "list" && block.ordered ? "steps" : "paragraph",
      heading: block.headings.at(-1) ?? document.title,
      text,
      start: block.start,
      end: block.end,
    });
  }
  return spans;
}
