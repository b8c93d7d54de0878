import { renderDraft } from "../compose/render-draft.ts";
import { section, type Draft, type Section } from "../compose/draft.ts";
import { readCitations } from "../ground/read-citations.ts";
import { doubtLines } from "../playbooks/document-notes.ts";
import type { PlaybookTurn } from "../playbooks/playbook.ts";
import { safetySection } from "../playbooks/steps.ts";

/**
 * What follows a model's answer whatever it wrote: the rules' safety quotes, a card and the manual that it corrects
 * where the answer doesn't cite both, and the doubt of every recognised or superseded text that it cites. "" if nothing.
 */
export function afterModel(draft: Draft, turn: PlaybookTurn, text: string): string {
  const evidence = turn.tools.book.byId();
  const cited = new Set(readCitations(text, evidence).map((one) => one.evidenceId));
  const always = draft.sections.filter(
    (part) => part.always && part.lines.some((line) => line.cites.some((id) => !cited.has(id))),
  );
  const doubts = [...cited].flatMap((id) => {
    const one = evidence.get(id);
    return one ? doubtLines(turn, one) : [];
  });
  const sections: (Section | null)[] = [...always, section(null, doubts), quotedSafety(draft, turn)];
  return renderDraft(
    { sections: sections.filter((one) => one !== null && one.lines.length > 0) as Section[], abstained: false },
    evidence,
  ).markdown;
}

/** The quoted safety text of the rules' draft: it never depends on a model. */
function quotedSafety(draft: Draft, turn: PlaybookTurn): Section | null {
  const quotes = new Set(
    draft.sections.flatMap((part) => part.lines.filter((line) => line.shape === "quote").flatMap((line) => line.cites)),
  );
  return safetySection(
    turn,
    turn.tools.book.all().filter((one) => one.kind === "safety" && quotes.has(one.id)),
  );
}
