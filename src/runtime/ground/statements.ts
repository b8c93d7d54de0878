// Statement: what is kept or dropped as a whole: a line, or a sentence of it with the citations behind its full stop.

export type Boundary = { index: number; length: number };

const candidate = /\n|(?<=[.!?。]["”’)]?(?:[ \t]*\[E[^\]\n]*\])*)[ \t]+(?![ \t\n]|\[E)/g;
const listMarker = /^\s*(?:[-*>+]\s+)*\d{1,2}[.)]\s+/;
const abbreviation = /(?:^|[\s(])(?:dr|mr|mrs|ms|fig|e\.g|i\.e|approx|vs|ca|cf)\.$/i;

/**
 * The first end of a statement. Null where there is none, or none yet: while a text streams (`more`), white space at its
 * end may still be followed by a citation, so the same text gives the same statements however it was cut.
 */
export function nextBoundary(text: string, more: boolean): Boundary | null {
  candidate.lastIndex = listMarker.exec(text)?.[0].length ?? 0;
  for (let match = candidate.exec(text); match; match = candidate.exec(text)) {
    if (match[0] === "\n") return { index: match.index, length: 1 };
    const rest = text.slice(match.index + match[0].length);
    if (more && (rest === "" || rest === "[")) return null;
    const before = text.slice(0, match.index);
    if (abbreviation.test(before) || (/\b(?:no|nr)\.$/i.test(before) && /^\d/.test(rest))) continue;
    return { index: match.index, length: match[0].length };
  }
  return null;
}

/** Where the statement that holds a place begins. */
export function statementStart(text: string, place: number): number {
  let start = 0;
  for (;;) {
    const boundary = nextBoundary(text.slice(start), false);
    const next = boundary ? start + boundary.index + boundary.length : Infinity;
    if (next > place) return start + (/^\s*(?:(?:[-*>+]|\d{1,2}[.)])\s+)*/.exec(text.slice(start))?.[0].length ?? 0);
    start = next;
  }
}
