import type { Evidence } from "../../core/evidence.ts";
import { figuresOf, readFigures } from "./figures.ts";

// Grounding: a model's statement stays only where it cites evidence of this run, every figure in it occurs in what
// it cites (a name or year also in the question), and nothing it says about safeguards is its own wording.

export type GroundVerdict = { kept: true; text: string } | { kept: false; reason: "no-citation" | "figure" | "safety" };

const citation = /\[E(\d+)\]/g;
const several = /\[\s*(E\d+(?:\s*[,;]\s*E\d+)*)\s*\]/g;
const safetyWords =
  /lock-?out|tag-?out|\bloto\b|inter-?lock|safety (?:gate|guard|door|relay|switch)|light curtain|bypass|e-?stop|emergency stop|permit to work|잠금|표지\(|인터[록락]|안전\s?(?:장치|문|커버)|방호|비상\s?정지|라이트\s?커튼|작업\s?허가|우회/i;

export function groundStatement(statement: string, evidence: Map<string, Evidence>, question: string): GroundVerdict {
  const written = statement.replace(several, (_, ids: string) =>
    ids
      .split(/[,;]/)
      .map((id) => `[${id.trim()}]`)
      .join(""),
  );
  const cited = [...written.matchAll(citation)].map((match) => `E${match[1]}`);
  const real = cited.filter((id) => evidence.has(id));
  const text = written
    .replace(citation, (mark, number: string) => (evidence.has(`E${number}`) ? mark : ""))
    .replace(/(\S)[ \t]{2,}/g, "$1 ")
    .replace(/[ \t]+([.,;:!?])/g, "$1")
    .trimEnd();
  const bare = text.replace(citation, "");
  const quoted = cited.length === 0 ? safetySourceOf(written, evidence) : null;
  if (quoted !== null) return { kept: true, text: `${text} [${quoted}]` };
  if (real.length === 0 || !/[\p{L}\p{N}]/u.test(bare)) return { kept: false, reason: "no-citation" };
  const sources = real.map((id) => evidence.get(id) as Evidence);
  if (speaksOfSafety(bare) && !sources.some((source) => isInForce(source) && isVerbatim(bare, source)))
    return { kept: false, reason: "safety" };
  const known = figuresOf(sources.map(quotable).join("\n"));
  const asked = figuresOf(question);
  for (const { value, measured } of readFigures(withoutListNumber(bare)))
    if (!known.has(value) && (measured || !asked.has(value))) return { kept: false, reason: "figure" };
  return { kept: true, text };
}

/** Everything of the evidence that a person is shown. */
function quotable(source: Evidence): string {
  const { text, title, source: place, at, table } = source;
  return [text, title, place.label, place.date ?? "", at ?? "", JSON.stringify(table?.rows ?? "")].join("\n");
}

export function speaksOfSafety(text: string): boolean {
  return safetyWords.test(text);
}

/** Only what the plant approved or reviewed may speak of safeguards, whatever else was ingested. */
function isInForce(source: Evidence): boolean {
  return source.kind === "safety" || source.trust === "approved" || source.trust === "reviewed";
}

function safetySourceOf(statement: string, evidence: Map<string, Evidence>): string | null {
  if (statement.trim().length < 20) return null;
  for (const [id, source] of evidence) if (source.kind === "safety" && isVerbatim(statement, source)) return id;
  return null;
}

/** Quoted to the letter, white space and quote marks aside. */
function isVerbatim(text: string, source: Evidence): boolean {
  const plain = (value: string): string => value.replace(/[\s>*_`"“”'‘’]+/g, "").replace(/^[-\d.)]+/, "");
  const wanted = plain(text).replace(/[.:]$/, "");
  return wanted.length >= 8 && plain(source.text).includes(wanted);
}

function withoutListNumber(text: string): string {
  return text.replace(/^\s*(?:[-*>]\s*)*\d{1,2}[.)]\s+/, "");
}
