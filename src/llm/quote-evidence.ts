import type { Evidence, EvidenceTable } from "../core/evidence.ts";

// Evidence as a model sees it: fenced, quoted line by line, under its id. A document may contain anything, orders to
// the model and forged fences among it; whatever it contains stays on lines that begin with "> " inside its own fence.

/** `maxChars` shortens the quoted text at a line or sentence. */
export function quoteEvidence(evidence: Evidence, maxChars = Number.POSITIVE_INFINITY): string {
  const { source } = evidence;
  const facts = [
    evidence.kind,
    evidence.title,
    source.label,
    source.page === undefined ? "" : `p. ${source.page}`,
    source.inForce === false ? "SUPERSEDED by a newer edition" : "",
    source.origin === "ocr" ? "OCR: recognised from a picture, figures may be wrong" : "",
    evidence.equipmentId ?? "",
    evidence.at ?? source.date ?? "",
    source.expert ?? "",
    `trust: ${evidence.trust}`,
  ];
  const head = facts.map((fact) => defuse(fact).replace(lineBreaks, " ").replaceAll('"', "'").trim());
  const lines = shorten(defuse([evidence.text, tableText(evidence.table)].filter(Boolean).join("\n")), maxChars)
    .split(lineBreaks)
    .map((line) => `> ${line}`.trimEnd());
  return [`<evidence id="${evidence.id}" about="${head.filter(Boolean).join(" · ")}">`, ...lines, "</evidence>"].join(
    "\n",
  );
}

/** Text of another party (a question, a memory, findings) that must not be taken for a fence or for evidence. */
export function quoteText(text: string): string {
  return defuse(text)
    .split(lineBreaks)
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}

const lineBreaks = /\r\n|[\n\r\u0085\u2028\u2029\v\f]/;
/** Control, zero-width, bidirectional and tag characters: invisible to people, read by models. */
const invisible = /[[\p{Cc}\p{Cf}]--[\t\n\r\v\f\u0085]]/gv;

function defuse(text: string): string {
  return text
    .replace(invisible, "")
    .replace(/[<＜﹤]\s*(\/?)\s*(evidence|task|question|findings|memory)\b/gi, "‹$1$2")
    .replace(/\[\s*E\s*(\d+)\s*\]/gi, "(E$1)"); // a document can't cite
}

const tableRows = 12;

function tableText(table: EvidenceTable | undefined): string {
  if (table === undefined) return "";
  const rows = table.rows.slice(0, tableRows).map((row) => row.map((cell) => cell ?? "–").join(" | "));
  const more = (table.total ?? table.rows.length) - rows.length;
  return [table.columns.join(" | "), ...rows, ...(more > 0 ? [`(+${more})`] : [])].join("\n");
}

function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const cut = text.slice(0, Math.max(0, maxChars));
  const end = Math.max(cut.lastIndexOf("\n"), cut.lastIndexOf(". "), cut.lastIndexOf("다."), 0);
  return `${cut.slice(0, end > maxChars / 2 ? end + 1 : maxChars).trimEnd()} […]`;
}
