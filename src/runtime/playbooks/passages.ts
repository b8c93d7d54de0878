import type { Evidence } from "../../core/evidence.ts";
import { line, section, type Section } from "../compose/draft.ts";
import { foldWords } from "../understand/vocabulary.ts";
import type { PlaybookTurn } from "./playbook.ts";

const maxQuote = 700;

/** The part of each passage that answers best, verbatim. */
export function passageSection(
  turn: PlaybookTurn,
  passages: Evidence[],
  limit: number,
  options: { whole?: boolean } = {},
): Section | null {
  if (passages.length === 0) return null;
  const lines = passages
    .slice(0, limit)
    .flatMap((one) => [
      line(`**${one.title}**`, one),
      line(options.whole ? one.text.slice(0, 2400) : bestPart(one.text, turn.understood.question), one, "quote"),
    ]);
  return section(turn.say("문서에서", "From the documents"), lines);
}

/** The run of lines around the best match, at most `maxQuote` characters; tables keep their header. */
export function bestPart(text: string, question: string): string {
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
