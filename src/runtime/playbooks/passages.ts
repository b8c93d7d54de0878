import type { Evidence, EvidenceTable } from "../../core/evidence.ts";
import { coverage, shareIn, tellingWords } from "./covers.ts";
import { line, section, type Section } from "../compose/draft.ts";
import { foldWords } from "../understand/vocabulary.ts";
import { doubtLines, termsLine, titleLine } from "./document-notes.ts";
import { focusOf } from "./focus.ts";
import type { PlaybookTurn } from "./playbook.ts";
import { splitTable } from "./tables.ts";

const maxQuote = 700;
const longestWhole = 6_000;

/** The part of each passage that answers best, verbatim; a table as a table. One section a passage. */
export function passageSections(
  turn: PlaybookTurn,
  passages: Evidence[],
  limit: number,
  options: { whole?: boolean; focus?: boolean } = {},
): Section[] {
  return passages.slice(0, limit).map((one, index) => {
    const { prose, table } = partOf(turn, one, options);
    const shown = [prose, ...(table?.rows ?? []).flat()].join(" ");
    return section(
      index === 0 ? turn.say("문서에서", "From the documents") : null,
      [
        titleLine(turn, one),
        ...doubtLines(turn, one),
        prose === "" ? null : line(prose, one, "quote"),
        termsLine(turn, one, shown),
      ],
      table,
    );
  });
}

/** A table of many rows is shown by the rows that answer, where that is clear; long prose by its best part. */
function partOf(
  turn: PlaybookTurn,
  one: Evidence,
  options: { whole?: boolean; focus?: boolean },
): { prose: string; table?: EvidenceTable } {
  if (options.whole) return splitTable(one.text.slice(0, longestWhole));
  if (options.focus) return focusOf(turn, one);
  const manyRows = (splitTable(one.text).table?.rows.length ?? 0) > 3;
  const focus = one.text.length > maxQuote || manyRows ? focusOf(turn, one) : null;
  if (focus?.table && focus.share >= 0.6) return focus;
  return splitTable(bestPart(one.text, tellingWords(turn).join(" ")));
}

/** Procedures first for a how-to: passages with numbered steps, in the asker's language, that cover the question best. */
export function rankForSteps(turn: PlaybookTurn, passages: Evidence[]): Evidence[] {
  const score = (one: Evidence, index: number): number =>
    coverage(turn, one) +
    0.35 * shareIn(turn, one.title) +
    (/^\s*\d{1,2}[.)]\s/m.test(one.text) ? 0.4 : 0) +
    (one.language === turn.understood.language ? 0.2 : 0) -
    index * 0.03;
  return passages
    .map((one, index) => ({ one, score: score(one, index) }))
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one);
}

/** The run of lines around the best match, at most `maxQuote` characters; tables keep their header. */
function bestPart(text: string, question: string): string {
  if (text.length <= maxQuote) return text;
  const wanted = new Set(foldWords(question));
  const rows = text.split("\n");
  const scores = rows.map((row) => new Set(foldWords(row).filter((word) => wanted.has(word) && word.length > 1)).size);
  let at = scores.indexOf(Math.max(...scores));
  if (at < 0) at = 0;
  let [from, to] = [at, at + 1];
  let length = (rows[at] ?? "").length;
  while (length < maxQuote && (from > 0 || to < rows.length)) {
    if (to < rows.length) length += (rows[to++] ?? "").length + 1;
    if (from > 0 && length < maxQuote) length += (rows[--from] ?? "").length + 1;
  }
  const header = rows.findIndex((row) => /^\s*\|?[\s:|-]{5,}\|?\s*$/.test(row));
  const kept = rows.slice(from, to);
  if (header > 0 && header < from && kept.some((row) => row.trim().startsWith("|")))
    kept.unshift(...rows.slice(header - 1, header + 1));
  const part = kept.join("\n").trim();
  return part.length > maxQuote * 1.6 ? `${part.slice(0, maxQuote * 1.6)}…` : part;
}
