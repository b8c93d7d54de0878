import { hasHangul } from "../../core/language/script.ts";
import type { Translate } from "../../plant/directory/build-directory.ts";
import type { RecordSetName } from "../../plant/records.ts";
import { foldWords, tokenizeWords, type VocabularyItem } from "./vocabulary.ts";

/** A phrase of the question that is a value, or part of the description of a few values, of a field. */
export type Link = {
  records: RecordSetName;
  field: string;
  values: string[];
  text: string;
  span: [number, number];
  /** How much of the value's description the phrase says: 1 is all of it. */
  share: number;
  /** Words of the phrase that are in the description. */
  words: number;
};

const stop = new Set(
  (
    "a an the of on in at to for by with and or is are was were be been do does did has have had it its this that these those how many much what which who when where show list give me all any each per from last first most than not no there please tell number count total day days week month year time times work order orders wo event events alarm alarms alert alerts machine equipment code codes type kind group reason cause by part parts stock lot lots record records data " +
    "몇 건 번 개 뭐 무엇 어떤 어느 언제 누가 얼마 얼마나 알려 보여 줘 좀 있 있는 있어 있었던 그 이 저 것 거 수 및 별 별로 중 중에 작업 지시 작업지시 알람 이벤트 설비 기계 코드 목록 날 일 해줘 주세요 발생 했어 있나 몇건 몇번 이상"
  )
    .split(" ")
    .map((word) => foldWords(word)[0] ?? word),
);

type Position = { words: Set<string>; raw: string; start: number; end: number };

/**
 * Links phrases to the plant's vocabulary. A full description beats a part of one; a code beats both. Part of a
 * description needs two words, or one word that few values share. Words of the other language count by `translate`.
 */
export function linkValues(text: string, vocabulary: VocabularyItem[], translate: Translate): Link[] {
  const positions = readPositions(text, translate);
  const bestBySpan = new Map<string, Link[]>();
  for (const item of vocabulary) {
    const hit =
      exactCode(text, item) ??
      better(
        describe(positions, item.words),
        item.label && /\s/.test(item.value) ? describe(positions, foldWords(item.value)) : null,
      );
    if (!hit) continue;
    const key = `${item.records}.${item.field}`;
    const links = bestBySpan.get(key) ?? [];
    links.push({ ...hit, records: item.records, field: item.field, values: [item.value] });
    bestBySpan.set(key, links);
  }
  return [...bestBySpan.values()].flatMap(mergeField).sort((a, b) => b.share - a.share || b.words - a.words);
}

type Hit = Pick<Link, "text" | "span" | "share" | "words">;

function exactCode(text: string, item: VocabularyItem): Hit | null {
  if (!/\d/.test(item.value) && !(/^[A-Z_-]{2,}$/.test(item.value) && item.label)) return null;
  if (/^\d+$/.test(item.value) && item.value.length < 3) return null;
  const at = text.toLowerCase().indexOf(item.value.toLowerCase());
  if (at < 0) return null;
  const end = at + item.value.length;
  if (/[A-Za-z0-9]/.test(text[at - 1] ?? "") || /[A-Za-z0-9]/.test(text[end] ?? "")) return null;
  // "VIB" is not said in "VIB-1".
  if (/^[-_.][A-Za-z0-9]/.test(text.slice(end)) || /[A-Za-z0-9][-_.]$/.test(text.slice(0, at))) return null;
  return { text: text.slice(at, end), span: [at, end], share: 1, words: 10 };
}

function better(a: Hit | null, b: Hit | null): Hit | null {
  return !a || (b && b.share > a.share) ? b : a;
}

/** The longest run of words that all occur in the description. */
function describe(positions: Position[], words: string[]): Hit | null {
  const label = new Set(words.filter((word) => word.length > 1));
  const content = [...label].filter((word) => !stop.has(word));
  if (content.length === 0) return null;
  let best: Hit | null = null;
  for (let from = 0; from < positions.length; from++) {
    const covered = new Set<string>();
    for (let to = from; to < positions.length; to++) {
      const position = positions[to] as Position;
      const found = [...position.words].filter((word) => label.has(word));
      if (found.length === 0) break;
      for (const word of found) covered.add(word);
      const words = [...covered].filter((word) => !stop.has(word)).length;
      const share = covered.size / label.size;
      if (words > 0 && (!best || words > best.words || share > best.share)) {
        const start = (positions[from] as Position).start;
        best = {
          text: positions
            .slice(from, to + 1)
            .map((one) => one.raw)
            .join(" "),
          span: [start, position.end],
          share: Math.min(1, share),
          words,
        };
      }
    }
  }
  return best;
}

/** Full descriptions exclude partial ones of the same words; partial ones are kept where at most a dozen values share them. */
function mergeField(links: Link[]): Link[] {
  const full = links.filter((link) => link.share === 1);
  const partial = links.filter(
    (link) =>
      link.share < 1 &&
      !full.some((other) => overlap(other, link) && other.words >= link.words) &&
      (link.words >= 2 || (link.text.length >= 2 && link.share >= 0.25)),
  );
  const best = Math.max(0, ...partial.map((link) => link.words));
  const merged = new Map<string, Link>();
  for (const link of [...longestFull(full), ...partial.filter((one) => one.words === best)]) {
    const key = `${link.span[0]}-${link.span[1]}-${link.share === 1}`;
    const have = merged.get(key);
    if (have) have.values.push(...link.values.filter((value) => !have.values.includes(value)));
    else merged.set(key, { ...link, values: [...link.values] });
  }
  return [...merged.values()].filter((link) => link.share === 1 || link.values.length <= 12);
}

/** "Routine Oil Analysis" is not also "Oil Analysis". */
function longestFull(full: Link[]): Link[] {
  return full.filter(
    (link) => !full.some((other) => other !== link && other.words > link.words && overlap(other, link)),
  );
}

function overlap(a: { span: [number, number] }, b: { span: [number, number] }): boolean {
  return a.span[0] < b.span[1] && b.span[0] < a.span[1];
}

/** Each word of the text with the words of the other language that it, or a phrase it is in, may stand for. */
function readPositions(text: string, translate: Translate): Position[] {
  const tokens = tokenizeWords(text);
  const positions: Position[] = tokens.map((token) => ({
    words: new Set([token.word]),
    raw: token.raw,
    start: token.start,
    end: token.end,
  }));
  for (let size = 3; size >= 1; size--) {
    for (let from = 0; from + size <= tokens.length; from++) {
      const slice = tokens.slice(from, from + size);
      if (slice.every((token) => stop.has(token.word))) continue;
      const phrases = new Set([
        slice.map((token) => token.raw).join(" "),
        [...slice.slice(0, -1).map((token) => token.raw), slice.at(-1)?.word ?? ""].join(" "),
      ]);
      if (hasHangul(slice[0]?.raw ?? "")) phrases.add(slice.map((token) => token.word).join(""));
      const translated = [...phrases].flatMap((phrase) => translate(phrase)).flatMap(foldWords);
      for (let at = from; at < from + size; at++) for (const word of translated) positions[at]?.words.add(word);
    }
  }
  return positions.filter(
    (position) =>
      !(stop.has([...position.words][0] ?? "") && position.words.size === 1) || /^[A-Za-z]/.test(position.raw),
  );
}
