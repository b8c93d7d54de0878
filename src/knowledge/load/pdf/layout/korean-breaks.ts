import type { RawPdfPage } from "../raw-pdf-page.ts";

// Korean lines break between any two syllables or only between words, as a program's settings have it, and nothing at
// a line's end tells which. What follows what within the document's lines tells it well enough.

/** Whether a word that ends a line goes on with the first of the next one. */
export type JoinsWords = (last: string, first: string) => boolean;

const syllable = /^[가-힣]$/;

export function learnBreaks(pages: RawPdfPage[], known: ReadonlyMap<string, number>): JoinsWords {
  const counts = countSyllables(pages);
  const bare = (word: string) => word.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").toLowerCase();

  /** Above 0 where the two more likely belong to one word. */
  function scoreOf(last: string, first: string): number {
    const [a, b] = [last.at(-1)!, first[0]!];
    const one = counts.of(a);
    const other = counts.of(b);
    const within =
      ((one.before + 0.5) / (one.before + one.end + 1)) * ((other.after + 0.5) / (other.after + other.start + 1));
    const parted =
      ((one.end + 0.5) / (one.before + one.end + 1)) * ((other.start + 0.5) / (other.after + other.start + 1));
    const joined = (counts.joined.get(a + b) ?? 0) + 2 * within;
    const spaced = (counts.spaced.get(a + b) ?? 0) + 2 * parted;
    const whole = known.get(bare(last + first)) ?? 0;
    // Each half of a broken word is counted once, where it stands.
    const halves = Math.min(known.get(bare(last)) ?? 0, known.get(bare(first)) ?? 0);
    return Math.log(joined / spaced) + (whole > 0 ? 1.5 : 0) - (halves > 1 && halves > whole ? 1.5 : 0);
  }

  // A document whose lines break between words only has next to no line end that looks like a broken word.
  const ends = counts.lineEnds.slice(0, 2000).map(([last, first]) => scoreOf(last, first));
  const broken = ends.filter((score) => score > 1).length;
  const breaksWords = broken > ends.length * 0.15;
  return (last, first) => breaksWords && scoreOf(last, first) > 0;
}

type Counts = { before: number; end: number; after: number; start: number };

function countSyllables(pages: RawPdfPage[]) {
  const each = new Map<string, Counts>();
  const [joined, spaced] = [new Map<string, number>(), new Map<string, number>()];
  const lineEnds: [last: string, first: string][] = [];
  const none: Counts = { before: 0, end: 0, after: 0, start: 0 };
  const count = (syllable: string, what: keyof Counts) => {
    const counts = each.get(syllable) ?? { ...none };
    counts[what] += 1;
    each.set(syllable, counts);
  };
  const add = (to: Map<string, number>, pair: string) => to.set(pair, (to.get(pair) ?? 0) + 1);
  for (const { pieces } of pages) {
    let ended = "";
    for (const { words } of pieces) {
      words.forEach(([text], at) => {
        const letters = [...text];
        letters.forEach((letter, index) => {
          if (!syllable.test(letter)) return;
          const [before, after] = [letters[index - 1] ?? "", letters[index + 1] ?? ""];
          if (syllable.test(after)) {
            count(letter, "before");
            add(joined, letter + after);
          } else if (index === letters.length - 1 && at < words.length - 1) {
            count(letter, "end");
            const next = words[at + 1]![0][0] ?? "";
            if (syllable.test(next)) add(spaced, letter + next);
          }
          if (syllable.test(before)) count(letter, "after");
          else if (index === 0 && at > 0) count(letter, "start");
        });
      });
      const first = words[0]?.[0] ?? "";
      if (syllable.test(ended.at(-1) ?? "") && syllable.test(first[0] ?? "")) lineEnds.push([ended, first]);
      ended = words.length > 2 ? (words.at(-1)?.[0] ?? "") : "";
    }
  }
  return { of: (syllable: string) => each.get(syllable) ?? none, joined, spaced, lineEnds };
}
