import type { Tag } from "../../plant/sensor-store.ts";
import type { Translate } from "../../plant/directory/build-directory.ts";
import { foldWords, tokenizeWords } from "./vocabulary.ts";

/** `whole`: a name or alias was said in full, not only a word of it. */
export type TagReading = { tags: Tag[]; words: string | null; whole: boolean };

/**
 * Tags whose name, Korean name or an alias the text says, or one telling word of it ("진동" for 스핀들 진동).
 * Whole names beat single words.
 */
export function readTags(text: string, tags: Tag[], translate: Translate): TagReading {
  const spoken = tokenizeWords(text);
  const words = new Set(spoken.flatMap((token, index) => [token.word, ...translated(spoken, index, translate)]));
  const joined = spoken.map((token) => token.word).join("");
  const scored = tags.map((tag) => ({ tag, ...scoreTag(tag, words, joined) })).filter((one) => one.score > 0);
  const best = Math.max(0, ...scored.map((one) => one.score));
  const kept = scored.filter((one) => one.score >= Math.max(1, best * 0.75));
  const said = kept[0]?.said ?? null;
  return {
    tags: kept.map((one) => one.tag),
    words: said,
    whole: kept.some((one) => one.score >= 2 || one.strong >= 2),
  };
}

/** The other language's words for the phrases that begin here. */
function translated(spoken: { raw: string; word: string }[], index: number, translate: Translate): string[] {
  return [1, 2, 3].flatMap((size) => {
    const slice = spoken.slice(index, index + size);
    if (slice.length < size) return [];
    const phrase = [...slice.slice(0, -1).map((token) => token.raw), slice.at(-1)?.word ?? ""].join(" ");
    return translate(phrase).flatMap(foldWords);
  });
}

const weak = new Set(
  foldWords("alarm error fault high low value current set level time rate chiller water 값 알람 설정 시간 온도계"),
);

function scoreTag(tag: Tag, words: Set<string>, joined: string): { score: number; said: string; strong: number } {
  let best = { score: 0, said: "", strong: 0 };
  for (const name of [tag.name.replaceAll("_", " "), tag.nameKo ?? "", ...tag.aliases, tag.id]) {
    const parts = foldWords(name);
    if (parts.length === 0) continue;
    const hit = parts.filter((part) => words.has(part) && part.length > 1);
    const strong = hit.filter((part) => !weak.has(part));
    const whole =
      hit.length === parts.length ||
      (parts.join("").length >= (/[가-힣]/.test(name) ? 3 : 4) && joined.includes(parts.join("")));
    const score = whole ? 2 + parts.length : strong.length > 0 ? strong.length / parts.length + 0.5 : 0;
    if (score > best.score) best = { score, said: whole ? name : strong.join(" "), strong: strong.length };
  }
  return best;
}
