// Jamo: the letters that a Korean syllable is made of. Keys: the Latin letters of the same keys on a Korean keyboard.

const initials = Array.from("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ");
const vowels = Array.from("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ");
const finals = ["", ...Array.from("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")];
const keyOf: Record<string, string> = Object.fromEntries(
  Array.from(
    "ㅂqㅈwㄷeㄱrㅅtㅛyㅕuㅑiㅐoㅔpㅁaㄴsㅇdㄹfㅎgㅗhㅓjㅏkㅣlㅋzㅌxㅊcㅍvㅠbㅜnㅡmㅃQㅉWㄸEㄲRㅆTㅒOㅖP".matchAll(
      /(.)(.)/gu,
    ),
  ).map(([, jamo, key]) => [jamo!, key!]),
);
const jamoOf = Object.fromEntries(Object.entries(keyOf).map(([jamo, key]) => [key, jamo]));
const pairs: Record<string, string> = {
  ...{
    ㅘ: "ㅗㅏ",
    ㅙ: "ㅗㅐ",
    ㅚ: "ㅗㅣ",
    ㅝ: "ㅜㅓ",
    ㅞ: "ㅜㅔ",
    ㅟ: "ㅜㅣ",
    ㅢ: "ㅡㅣ",
    ㄳ: "ㄱㅅ",
    ㄵ: "ㄴㅈ",
    ㄶ: "ㄴㅎ",
  },
  ...{ ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" },
};
const paired = Object.fromEntries(Object.entries(pairs).map(([one, two]) => [two, one]));

export type Syllable = { initial: string; vowel: string; final: string };

export function syllablesOf(word: string): Syllable[] {
  return Array.from(word, (char) => {
    const code = char.codePointAt(0)! - 0xac00;
    if (code < 0 || code > 11_171) return { initial: "", vowel: char, final: "" };
    return {
      initial: initials[Math.floor(code / 588)]!,
      vowel: vowels[Math.floor((code % 588) / 28)]!,
      final: finals[code % 28]!,
    };
  });
}

/** The letters of a word in the order in which they are typed: "경보" → "ㄱㅕㅇㅂㅗ". */
export function jamoOfWord(word: string): string {
  return syllablesOf(word)
    .map(({ initial, vowel, final }) => initial + (pairs[vowel] ?? vowel) + (pairs[final] ?? final))
    .join("");
}

/** Korean typed while the keyboard was in Latin mode: "dkffka" → "알람". Null where no whole syllables come out. */
export function hangulOfKeys(keys: string): string | null {
  const letters = Array.from(keys, (key) => jamoOf[key] ?? jamoOf[key.toLowerCase()]);
  if (letters.some((letter) => letter === undefined)) return null;
  const typed = letters as string[];
  const isVowel = (at: number): boolean => at < typed.length && vowels.includes(typed[at]!);
  let text = "";
  for (let at = 0; at < typed.length;) {
    if (isVowel(at) || !isVowel(at + 1)) return null;
    const initial = typed[at++]!;
    let vowel = typed[at++]!;
    const both = isVowel(at) ? paired[vowel + typed[at]!] : undefined;
    if (both !== undefined) {
      vowel = both;
      at += 1;
    }
    let final = "";
    // A consonant belongs to the next syllable where a vowel follows it.
    if (at < typed.length && !isVowel(at + 1) && finals.includes(typed[at] ?? "")) {
      final = typed[at++]!;
      const cluster = paired[final + (typed[at] ?? "")];
      if (cluster !== undefined && !isVowel(at) && !isVowel(at + 1)) {
        final = cluster;
        at += 1;
      }
    }
    const code = (initials.indexOf(initial) * 21 + vowels.indexOf(vowel)) * 28 + finals.indexOf(final);
    text += String.fromCodePoint(0xac00 + code);
  }
  return text;
}

/** Latin typed while the keyboard was in Korean mode: "ㅔㅕㅡㅔ" → "pump". */
export function keysOfHangul(word: string): string | null {
  const keys = Array.from(jamoOfWord(word), (letter) => keyOf[letter]);
  return keys.includes(undefined) ? null : keys.join("").toLowerCase();
}
