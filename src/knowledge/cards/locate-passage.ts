/** A text without what typesetting changes: blanks, marks of Markdown, quotes, case; and where each character stood. */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  const places: number[] = [];
  let folded = "";
  let at = 0;
  for (const character of text) {
    if (!/[\s*_`"'“”‘’|]/u.test(character)) {
      for (const one of character.normalize("NFKC").toLowerCase()) {
        folded += one;
        for (let unit = 0; unit < one.length; unit += 1) places.push(at);
      }
    }
    at += character.length;
  }
  return { folded, places };
}

/** Where a text says something, however it is set; null where it does not. */
export function locatePassage(text: string, said: string, from = 0): [start: number, end: number] | null {
  const { folded: wanted } = foldWithPlaces(said);
  if (wanted === "") return null;
  const { folded, places } = foldWithPlaces(text.slice(from));
  const at = folded.indexOf(wanted);
  if (at === -1) return null;
  const last = places[at + wanted.length - 1]!;
  return [from + places[at]!, from + last + (text.codePointAt(from + last)! > 0xffff ? 2 : 1)];
}
