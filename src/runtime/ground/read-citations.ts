import type { Citation, Evidence } from "../../core/evidence.ts";
import { citationLabel } from "../compose/render-draft.ts";
import { statementStart } from "./statements.ts";

/** The marks of an answer as citations: each points at the statement it stands in. */
export function readCitations(markdown: string, evidence: Map<string, Evidence>): Citation[] {
  const citations: Citation[] = [];
  for (const match of markdown.matchAll(/\[(E\d+)\]/g)) {
    const evidenceId = match[1] ?? "";
    const found = evidence.get(evidenceId);
    if (!found) continue;
    const start = statementStart(markdown, match.index);
    citations.push({ evidenceId, start, end: match.index + match[0].length, label: citationLabel(found, evidenceId) });
  }
  return citations;
}
