import { correctQuery } from "./correct-query.ts";
import type { Words } from "./correct-query.ts";

type Corrected = ReturnType<typeof correctQuery>;

const known = new WeakMap<object, Map<string, Words & { corrected: Corrected }>>();
const mostKnown = 16;

/** `correctQuery`, once for the searches of one turn: an unknown word is compared with the whole vocabulary. */
export function correctedOnce(query: string, words: Words, view: object): Corrected {
  const ofView = known.get(view) ?? new Map<string, Words & { corrected: Corrected }>();
  known.set(view, ofView);
  const before = ofView.get(query);
  // The vocabulary of a large index comes later than the view that needs it.
  if (before?.vocabulary === words.vocabulary && before.glossary === words.glossary) return before.corrected;
  if (ofView.size >= mostKnown) ofView.clear();
  const corrected = correctQuery(query, words);
  ofView.set(query, { ...words, corrected });
  return corrected;
}
