/** What it costs to read one letter as another, 0 to 1. */
export type LetterCost = (one: string, other: string) => number;

/** A letter typed twice, or once for twice, is the lesser mistake. */
const gapLeast = 0.7;
const longest = 64;
const rows = [0, 1, 2].map(() => new Float64Array(longest + 1));

/**
 * Damerau-Levenshtein with costs: a letter left out, added, exchanged with its neighbour or written for another.
 * Infinity where it is more than `most`, or for words of more than 64 letters.
 */
export function editDistance(a: string, b: string, most: number, costOf: LetterCost): number {
  if (Math.abs(a.length - b.length) * gapLeast > most || Math.max(a.length, b.length) > longest) return Infinity;
  let [before, last, row] = rows as [Float64Array, Float64Array, Float64Array];
  for (let j = 0; j <= b.length; j += 1) last[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    const one = a[i - 1]!;
    let least = (row[0] = i);
    for (let j = 1; j <= b.length; j += 1) {
      const other = b[j - 1]!;
      let cost = last[j - 1]! + (one === other ? 0 : costOf(one, other));
      cost = Math.min(
        cost,
        last[j]! + (one === a[i - 2] ? gapLeast : 1),
        row[j - 1]! + (other === b[j - 2] ? gapLeast : 1),
      );
      if (i > 1 && j > 1 && one === b[j - 2] && a[i - 2] === other) cost = Math.min(cost, before[j - 2]! + 0.8);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return Infinity;
    [before, last, row] = [last, row, before];
  }
  const distance = last[b.length]!;
  return distance <= most ? distance : Infinity;
}

const keys = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const placeOf = new Map(keys.flatMap((row, y) => Array.from(row, (key, x) => [key, [x + y / 2, y]] as const)));

/** Neighbouring keys are struck for each other; vowels are misheard. */
export const latinCost: LetterCost = (one, other) => {
  const [a, b] = [placeOf.get(one), placeOf.get(other)];
  if (a && b && Math.hypot(a[0] - b[0], a[1] - b[1]) < 1.2) return 0.7;
  return "aeiou".includes(one) && "aeiou".includes(other) ? 0.8 : 1;
};

export const alikeJamo = [
  "ㅐㅔㅒㅖ",
  "ㅓㅕㅗ",
  "ㅏㅑ",
  "ㅗㅛ",
  "ㅜㅠㅡ",
  "ㄱㄲㅋ",
  "ㄷㄸㅌ",
  "ㅂㅃㅍ",
  "ㅅㅆ",
  "ㅈㅉㅊ",
];

/** Letters that sound alike or differ by the shift key. */
export const jamoCost: LetterCost = (one, other) =>
  alikeJamo.some((group) => group.includes(one) && group.includes(other)) ? 0.5 : 1;
