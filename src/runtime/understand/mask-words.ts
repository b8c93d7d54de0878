import { catalogue } from "../../plant/mes/catalogue.ts";
import type { Link } from "./link-values.ts";
import { bucketWords, correctiveWords, eventFamilies, preventiveWords } from "./measure-words.ts";
import { tokenizeWords } from "./vocabulary.ts";

const setWords = Object.values(catalogue)
  .flatMap((set) => set.words)
  .sort((a, b) => b.length - a.length)
  .map((word) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
    return /[가-힣]/.test(word) ? escaped : `(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`;
  });
/** Quantities that are summed: they name no value of a record. */
const quantityWords =
  /\bdefects?\b|\brejects?\b|\bscrap(?:ped)?\b|\boutput\b|\bproduction\b|불량(?:률|율|수|품|유형)?|양품|생산량|생산\s?수량|스크랩/i;
const known = [
  quantityWords,
  preventiveWords,
  correctiveWords,
  ...eventFamilies.map((family) => family.pattern),
  ...bucketWords.map(([pattern]) => pattern),
  new RegExp(setWords.join("|"), "gi"),
].map((pattern) => new RegExp(pattern.source, pattern.flags.includes("g") ? pattern.flags : `${pattern.flags}g`));

/** Blanks out words that already mean something here (record sets, kinds of events, preventive …), keeping places. */
export function maskKnownWords(text: string): string {
  let out = text;
  for (const pattern of known) out = out.replace(pattern, (match) => " ".repeat(match.length));
  return out;
}

/**
 * Links that stand: whole descriptions of two words or more and codes as they are; shorter ones only where their words
 * mean nothing else here.
 */
export function settleLinks(all: Link[], masked: Link[]): Link[] {
  const sure = all.filter((link) => link.share === 1 && link.words >= 2);
  const rest = masked.filter(
    (link) =>
      !sure.some(
        (other) => other.records === link.records && other.span[0] < link.span[1] && link.span[0] < other.span[1],
      ),
  );
  return [...sure, ...rest];
}

const empty = new Set(
  tokenizeWords(
    "write make do does using use used there here where when why how then also just really very a an the of on in at to for by with and or is are was were be been do does did has have had it its this that these those how many much what which who when where why show list give me us all any each per from last first most than not no there please tell can could would should you i we my our now current currently about get find know want need value values data reading readings average mean max maximum min minimum highest lowest total number status condition normal ok 좀 알려 알려줘 보여 보여줘 줘 주세요 해줘 뭐 뭐야 무엇 어떤 어느 언제 누가 얼마 얼마나 얼마야 어때 어때요 지금 현재 있어 있나 있는 그 이 저 것 거 값 상태 확인 평균 최대 최소 최고 최저 몇 몇이야 했어 됐어 인가 인지 측정값 측정 센서 데이터 요즘 오늘 정도 방법 어떻게 해야 하나 하나요 해 돼 되나 왜 이래 뭔가 좀더 그냥 진짜 혹시 선배 선배님",
  ).map((token) => token.word),
);

/** The telling words of a question, machine and period aside. */
export function contentWords(question: string, spans: [number, number][]): string[] {
  return tokenizeWords(question)
    .filter((token) => !spans.some(([start, end]) => start <= token.start && token.end <= end))
    .filter((token) => token.word.length > 1 && !/^\d/.test(token.word) && !empty.has(token.word))
    .map((token) => token.raw);
}

/** Words of the question that nothing here explains: what it may be about. */
export function leftoverWords(masked: string, links: Link[]): string[] {
  return tokenizeWords(masked)
    .filter((token) => token.word.length > 1 && !/^\d/.test(token.word) && !empty.has(token.word))
    .filter((token) => !links.some((link) => link.span[0] <= token.start && token.end <= link.span[1]))
    .map((token) => token.raw);
}
