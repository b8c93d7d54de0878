import type { Language } from "../context.ts";

const hangul = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/;

export function hasHangul(text: string): boolean {
  return hangul.test(text);
}

const englishFrame =
  /\b(?:what|what's|how|why|when|where|which|who|is|are|was|were|does|do|did|can|the|a|of|for|in|on|my|show|list|tell|please|mean|means)\b/gi;

/**
 * The asker's language. Shop talk mixes both; ids and codes are neutral. English where it is a Korean word or two in an
 * English sentence ("what does 누유 mean"). Else Korean where the last word is Korean (that is
 * where the verb stands) or where Hangul outweighs Latin; a syllable counts as two letters.
 */
export function detectLanguage(text: string): Language {
  if (!hasHangul(text)) return "en";
  const words = text.match(/[A-Za-z]+|[가-힣ㄱ-ㅎㅏ-ㅣ]+/g) ?? [];
  const korean = words.filter(hasHangul).length;
  const frame = text.match(englishFrame)?.length ?? 0;
  if (frame >= 2 && korean <= 2 && words.length - korean > korean) return "en";
  const last = words.at(-1) ?? "";
  if (hasHangul(last)) return "ko";
  const plain = text.replace(/\b[A-Z]+[-_]?\d+\w*|\b[A-Z]{2,}\b/g, " ");
  const syllables = plain.match(/[가-힣]/g)?.length ?? 0;
  const letters = plain.match(/[A-Za-z]/g)?.length ?? 0;
  return syllables * 2 >= letters ? "ko" : "en";
}

/** NFKC, one space for any white space, no invisible or bidirectional control characters. */
export function normalizeText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, " ")
    .trim();
}

const leads = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const vowels = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const tails = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/** Hangul syllables as their letters, so that one wrong vowel is one edit. Other characters stay. */
export function toJamo(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.charCodeAt(0) - 0xac00;
    if (code < 0 || code > 11171) {
      out += character;
      continue;
    }
    out += (leads[Math.floor(code / 588)] ?? "") + (vowels[Math.floor((code % 588) / 28)] ?? "");
    const tail = code % 28;
    if (tail > 0) out += tails[tail] ?? "";
  }
  return out;
}

/** True where the last syllable ends in a consonant: chooses between 은/는, 이/가, 을/를. Digits are read in Korean. */
export function endsInConsonant(word: string): boolean {
  const last =
    word
      .trim()
      .replace(/[)\]"'`*]+$/, "")
      .at(-1) ?? "";
  const code = last.charCodeAt(0) - 0xac00;
  if (code >= 0 && code <= 11171) return code % 28 !== 0;
  if (/[0-9]/.test(last)) return "013678".includes(last);
  return /[lmnrLMNR]/.test(last);
}

/** `word` with the particle that fits: withParticle("압력", "은", "는") → "압력은". */
export function withParticle(word: string, afterConsonant: string, afterVowel: string): string {
  return word + (endsInConsonant(word) ? afterConsonant : afterVowel);
}
