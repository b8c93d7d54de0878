import type { Citation, Evidence } from "../../core/evidence.ts";

/** The marks of an answer as citations: each points at the statement it stands in. */
export function readCitations(markdown: string, evidence: Map<string, Evidence>): Citation[] {
  const citations: Citation[] = [];
  for (const match of markdown.matchAll(/\[(E\d+)\]/g)) {
    const id = match[1] as string;
    const found = evidence.get(id);
    if (!found) continue;
    const before = markdown.slice(0, match.index).replace(/(?:\s*\[E\d+\])+$/, "");
    const start = Math.max(before.lastIndexOf("\n"), before.search(/(?<=[.!?。]\s)[^.!?。]*[.!?。]?\s*$/) - 1) + 1;
    citations.push({
      evidenceId: id,
      start: Math.max(0, start),
      end: match.index + match[0].length,
      label: found.source.label,
    });
  }
  return citations;
}
