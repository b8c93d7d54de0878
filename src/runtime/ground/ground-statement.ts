import type { Evidence } from "../../core/evidence.ts";

// Grounding: a model's statement stays only where it cites evidence of this run, every figure in it occurs in what
// it cites (or in the question), and nothing it says about safeguards is its own wording.

export type GroundVerdict = { kept: true; text: string } | { kept: false; reason: "no-citation" | "figure" | "safety" };

const citation = /\[E(\d+)\]/g;
const safetyWords =
  /lock-?out|tag-?out|\bloto\b|inter-?lock|safety (?:gate|guard|door|relay|switch)|light curtain|bypass|e-?stop|emergency stop|permit to work|잠금|표지\(|인터[록락]|안전\s?(?:장치|문|커버)|방호|비상\s?정지|라이트\s?커튼|작업\s?허가|우회/i;

export function groundStatement(statement: string, evidence: Map<string, Evidence>, question: string): GroundVerdict {
  const cited = [...statement.matchAll(citation)].map((match) => `E${match[1]}`);
  const real = cited.filter((id) => evidence.has(id));
  const text = statement
    .replace(citation, (mark, number: string) => (evidence.has(`E${number}`) ? mark : ""))
    .replace(/[ \t]{2,}/g, " ")
    .trimEnd();
  const quoted = cited.length === 0 ? safetySourceOf(statement, evidence) : null;
  if (real.length === 0 && quoted === null) return { kept: false, reason: "no-citation" };
  if (quoted !== null) return { kept: true, text: `${text} [${quoted}]` };
  const sources = real.map((id) => evidence.get(id) as Evidence);
  const bare = text.replace(citation, "");
  if (safetyWords.test(bare) && !sources.some((source) => isVerbatim(bare, source)))
    return { kept: false, reason: "safety" };
  const known = figuresOf(
    [
      question,
      ...sources.flatMap((source) => [
        source.text,
        source.title,
        source.source.label,
        source.source.date ?? "",
        source.at ?? "",
        JSON.stringify(source.table?.rows ?? ""),
      ]),
    ].join("\n"),
  );
  for (const figure of figuresOf(withoutListNumber(bare)))
    if (!known.has(figure)) return { kept: false, reason: "figure" };
  return { kept: true, text };
}

function safetySourceOf(statement: string, evidence: Map<string, Evidence>): string | null {
  if (statement.trim().length < 20) return null;
  for (const [id, source] of evidence) if (source.kind === "safety" && isVerbatim(statement, source)) return id;
  return null;
}

/** Quoted to the letter, white space and quote marks aside. */
export function isVerbatim(text: string, source: Evidence): boolean {
  const plain = (value: string): string => value.replace(/[\s>*_`"“”'‘’]+/g, "").replace(/^[-\d.)]+/, "");
  const wanted = plain(text).replace(/[.:]$/, "");
  return wanted.length >= 8 && plain(source.text).includes(wanted);
}

function withoutListNumber(text: string): string {
  return text.replace(/^\s*(?:[-*>]\s*)*\d{1,2}[.)]\s+/, "");
}

/** The numbers of a text in one spelling: "1,200.0" is "1200"; ids such as "CNC-07" give their number too. */
export function figuresOf(text: string): Set<string> {
  const out = new Set<string>();
  for (const match of text.matchAll(/\d+(?:,\d{3})*(?:\.\d+)?/g)) {
    const value = match[0].replaceAll(",", "");
    out.add(value.includes(".") ? value.replace(/0+$/, "").replace(/\.$/, "") : value.replace(/^0+(?=\d)/, ""));
  }
  return out;
}
