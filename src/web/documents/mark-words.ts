const around = 260;

export type Piece = { text: string; marked: boolean };

/** An extract of a passage around the first word of the query, with the query's words marked. */
export function markWords(passage: string, query: string): Piece[] {
  const text = passage
    .replaceAll(/[*_`#>|]+/g, " ")
    .replaceAll(/\s*:?-{3,}:?\s*/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  const words = query
    .split(/[\s,.?!"'()]+/)
    .filter((word) => word.length > 1)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [{ text: cut(text, 0), marked: false }];
  const wanted = new RegExp(`(${words.join("|")})`, "giu");
  const first = text.search(wanted);
  const shown = cut(text, Math.max(0, first - 60));
  return shown
    .split(wanted)
    .map((piece, index) => ({ text: piece, marked: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

function cut(text: string, from: number): string {
  const start = from === 0 ? 0 : text.indexOf(" ", from) + 1;
  const part = text.slice(start, start + around);
  return `${start > 0 ? "… " : ""}${part}${start + around < text.length ? " …" : ""}`;
}
