import { syllablesOf } from "./jamo.ts";

// Loan words are written as they sound: 스핀들 is spindle, 캘리브레이션 calibration. Sound, from either script: the
// consonants in seven classes (the key), the letters that they were, and the vowels before, between and after them.

export type Sound = { key: string; consonants: string[]; vowels: string[] };

const classOf: Record<string, string> = {
  ...{ b: "B", p: "B", d: "D", t: "D", g: "G", k: "G", s: "S", z: "S", c: "S", m: "M", n: "N", x: "N", l: "L", h: "H" },
};
// "b" stands for b and v, "p" for p and f, "z" for z and j, "c" for ch, "x" for ng; a capital where a Korean final leaves it open.
const latinLetters: Record<string, string> = {
  ...{ b: "b", v: "b", p: "p", f: "p", d: "d", t: "t", g: "g", k: "k", q: "k", c: "k", s: "s", z: "z", j: "z" },
  ...{ ç: "c", m: "m", n: "n", ŋ: "x", l: "l", r: "l", ħ: "h" },
};
const initials: Record<string, string> = {
  ...{ ㄱ: "g", ㄲ: "k", ㅋ: "k", ㄴ: "n", ㄷ: "d", ㄸ: "t", ㅌ: "t", ㄹ: "l", ㅁ: "m", ㅂ: "b", ㅃ: "p", ㅍ: "p" },
  ...{ ㅅ: "s", ㅆ: "s", ㅈ: "z", ㅉ: "z", ㅊ: "c" },
};
const finals: Record<string, string> = {
  ...{ ㄱ: "G", ㅋ: "G", ㄲ: "G", ㄴ: "n", ㄷ: "D", ㅌ: "D", ㅅ: "D", ㅆ: "D", ㅈ: "D", ㅊ: "D", ㄹ: "l", ㅁ: "m" },
  ...{ ㅂ: "B", ㅍ: "B", ㅇ: "x" },
};

/** Letters of Latin that a Korean vowel is written for. */
const lettersOf: Record<string, string> = {
  ...{
    ㅏ: "aoui",
    ㅑ: "ya",
    ㅐ: "ae",
    ㅒ: "ya",
    ㅔ: "ea",
    ㅖ: "ye",
    ㅓ: "eouai",
    ㅕ: "ye",
    ㅗ: "oau",
    ㅛ: "yo",
    ㅘ: "wao",
  },
  ...{ ㅙ: "wae", ㅚ: "oe", ㅜ: "uow", ㅝ: "wou", ㅞ: "weu", ㅟ: "wui", ㅠ: "uyew", ㅢ: "ui", ㅣ: "iey" },
};

function createSound() {
  const sound: Sound = { key: "", consonants: [], vowels: [""] };
  return {
    sound,
    vowel: (letters: string) => (sound.vowels[sound.vowels.length - 1] += letters),
    consonant(letter: string) {
      const name = classOf[letter.toLowerCase()]!;
      // 컨트롤러 writes its l twice, 셋팅 its t.
      if (
        sound.vowels.at(-1) === "" &&
        sound.key.endsWith(name) &&
        (name !== "N" || sound.consonants.at(-1) === letter)
      ) {
        sound.consonants[sound.consonants.length - 1] = letter;
        return;
      }
      sound.key += name;
      sound.consonants.push(letter);
      sound.vowels.push("");
    },
  };
}

export function hangulSound(word: string): Sound {
  const { sound, consonant, vowel } = createSound();
  for (const [at, syllable] of syllablesOf(word).entries()) {
    const first = syllable.initial === "ㅎ" && at === 0 ? "h" : initials[syllable.initial];
    if (first !== undefined) consonant(first);
    // ㅡ only carries a consonant that Latin writes alone.
    if (syllable.vowel !== "ㅡ") vowel(syllable.vowel);
    const last = finals[syllable.final];
    if (last !== undefined) consonant(last);
  }
  return sound;
}

/** Letter groups that sound otherwise than their letters, before these are read one by one. */
const spelled: [RegExp, string][] = [
  [/(?<=[aeiouy][^aeiouy]+)e$|(?<=[^aeiouy]l)e$/, ""],
  [/^kn/, "n"],
  [/^wr/, "r"],
  [/^h/, "ħ"],
  [/[ts]ion/g, "syn"],
  [/ture$/, "çe"],
  [/sh/g, "s"],
  [/t?ch/g, "ç"],
  [/dge?$/, "z"],
  [/ph/g, "f"],
  [/th/g, "s"],
  [/ck|cc(?![eiy])/g, "k"],
  [/c(?=[eiy])/g, "s"],
  [/g(?=[ei])/g, "j"],
  [/x/g, "ks"],
  [/ng(?![aeiouylr])/g, "ŋ"],
  [/n(?=[gk])/g, "ŋ"],
  // Silent: the r of "motor" and "servo", h within a word.
  [/(?<=[aeiouy])r(?![aeiouy])/g, ""],
  [/h/g, ""],
];

export function latinSound(word: string): Sound {
  const { sound, consonant, vowel } = createSound();
  for (const letter of spelled.reduce((text, [pattern, by]) => text.replace(pattern, by), word)) {
    const name = latinLetters[letter];
    if (name === undefined) vowel(letter);
    else consonant(name);
  }
  return sound;
}

/**
 * 0 for the same sound to about 1 for none in common, over the first `count` consonants of both, whose keys agree.
 * `isCut`: the Latin word is a stem whose ending stands in the Korean word, so that its last vowels don't count.
 */
export function soundDistance(hangul: Sound, latin: Sound, count: number, isCut: boolean): number {
  if ((hangul.vowels[0] === "") !== (latin.vowels[0] === "")) return 1;
  let cost = 0;
  for (let at = 0; at < count; at += 1) {
    // A stem's last r is silent in the stem only.
    cost += consonantCost(hangul.consonants[at]!, latin.consonants[at] ?? "l");
    cost += vowelCost(hangul.vowels[at]!, latin.vowels[at] ?? "");
  }
  if (!isCut) cost += lastVowelCost(hangul.vowels[count]!, latin.vowels[count] ?? "");
  return cost / (count + 1);
}

function consonantCost(korean: string, latin: string): number {
  if (korean === latin || korean === korean.toUpperCase()) return 0;
  // s is often voiced, and Korean has one letter less for r and l.
  return (korean === "z" && latin === "s") || (korean === "s" && latin === "z") ? 0.15 : 0.5;
}

function vowelCost(korean: string, letters: string): number {
  if (korean === "" || letters === "") return korean === letters ? 0 : 0.7;
  const own = lettersOf[korean[0]!] ?? "";
  return Array.from(letters).some((letter) => own.includes(letter)) ? 0 : 0.8;
}

/** A stem has lost its "-er"; "메시" ends on a vowel that "mesh" does not write. */
function lastVowelCost(korean: string, letters: string): number {
  if (letters === "" && (korean === "ㅓ" || korean === "ㅣ")) return 0.1;
  return vowelCost(korean, letters);
}
