import { hangulSound, latinSound, soundDistance } from "../../../knowledge/vocabulary/sound.ts";
import { foldName } from "../../../plant/directory/directory.ts";
import { contentWords } from "../../understand/mask-words.ts";
import { foldWord, tokenizeWords } from "../../understand/vocabulary.ts";
import type { PlaybookTurn } from "../playbook.ts";

// Subject: the words of a question that say what is to be charted; the rest is about the chart.

/** Words about charts, phases and figures, and such as mean everything that is inspected. */
const aboutCharts = new RegExp(
  [
    String.raw`\b(?:statistical )?(?:process(?:es)?|quality)(?: control)?\b|\b(?:in|out of|under)[\s-]control\b|\bcontrol(?:led)?\b`,
    String.raw`\b(?:np|[pcursi])[\s-](?:chart|control)s?\b|\bx-?bar(?:[\s-]*(?:and|&|,))?(?:[\s-]*[rs]\b)?|x̄-?[rs]?|\bi-?mr\b|\bx-?mr\b|\bewma\b|\bcu-?sum\b|\bspc\b`,
    String.raw`\b(?:individuals?|moving|ranges?|charts?|plots?|graphs?|diagrams?|draw|plot|run|rules?|nelson|western|electric)\b`,
    String.raw`\bc?pp?k\b|\bcpm\b|\bcp\b|\bpp\b|\bcapab\w+|\bindex\b|\bindices\b|\bstab(?:le|ility)\b|\bunstable\b|\bvariation\b|\bviolat\w+|\bbeyond\b|\bout\b`,
    String.raw`\b(?:lsl|usl|lcl|ucl|cl)\b|\bspec\w*|\btoleranced?\b|\b(?:upper|lower|limits?|target|sigma|lambda|cent(?:er|re)(?:\s?line)?|nominal|known|width|head[\s-]?start|steady|exact)\b`,
    String.raw`\bphase\s?(?:i{1,2}|[12]|one|two)?\b|\b(?:first|initial|points?|sub-?groups?|samples?|observations?|calibrat\w+|estimat\w+|based|judged?)\b`,
    String.raw`\b(?:characteristics?|inspect\w*|measure\w*|products?|parts?|lots?|records?|data|production|plant|factory|shop|machines?|lines?|equipment|everything|anything|something|every|any|all|each|which|still|ones?|today|week|month|year|ok|okay|please|pls|check|see|look|use|using|want|good|bad|signals?|problems?|also|only|same|other|them|they|recent\w*|newest|latest|got|gone|going|exist|available|kinds?|types?|name[sd]?)\b`,
    "관리\\s?(?:도|상태|한계|상한|하한|이탈)\\S{0,3}|(?:공정\\s?)?능력\\S{0,4}|공정\\S{0,2}|안정\\S{0,4}|산포|누적\\s?합|쿠섬|큐섬|지수\\s?가중\\S*|이동\\s?(?:평균|범위)|개별\\s?값|엑스\\s?바\\S*|불량[률율]\\s?(?=관리도)|결점수\\s?(?=관리도)",
    "규격\\S{0,3}|스펙\\S{0,2}|공차|사양|상한\\S{0,2}|하한\\S{0,2}|목표\\S{0,2}|타[깃겟]\\S{0,2}|시그마\\S{0,2}|중심\\S{0,2}|표준\\s?편차|람다\\S{0,2}|한계\\S{0,2}|기준\\S{0,3}|넬슨|웨스턴\\s?일렉\\S*|규칙\\S{0,2}",
    "처음|\\d+\\s?(?:개|점|번|단계|시료|부분군|포인트)\\S{0,2}|단계|(?:첫|앞)\\s?\\d+|잡[고아은]\\S{0,2}|그려\\S*|그릴|벗어\\S*|이탈\\S{0,3}|위반\\S{0,3}|계산\\S{0,3}|구해\\S*|알려\\S*|보여\\S*",
    "(?:모든|전체|아무|무슨|어느|어떤)\\s?\\S*|특성\\S{0,2}|검사\\S{0,2}|제품\\S{0,2}|품질\\S{0,2}|설비\\S{0,2}|라인\\S{0,2}|공장\\S{0,2}|기록\\S{0,2}|문제\\S{0,2}|괜찮\\S*|좋\\S*|잘|다시|지난\\S*|이번\\S*|최근\\S*|오늘\\S*|요즘\\S*|없\\S*|있\\S*|되[고나니는]\\S*|수준\\S{0,2}|정도|차트\\S{0,2}|그래프\\S{0,2}",
  ].join("|"),
  "gi",
);

/** The words of the question that name a product or characteristic, or what else is to be charted. */
export function subjectWords(turn: PlaybookTurn): string[] {
  const { question, equipment, periods } = turn.understood;
  const spans = [
    ...equipment.matches,
    ...equipment.groups,
    ...equipment.ambiguous,
    ...equipment.unknown,
    ...periods,
  ].map(({ span }) => span);
  const blanked = question.replace(aboutCharts, (match) => " ".repeat(match.length));
  return contentWords(blanked, spans);
}

const korean = /[가-힣]/;

/** What is named: no verb and no ending of one. */
export const nouns = (words: string[]): string[] =>
  words.filter((word) => (korean.test(word) ? !verbal.test(word) && word.length > 1 : word.length > 2));
const verbal = /(?:줘|요|까|지|니|나|어|해|봐|래|는|한|할|된|될|다|도|가|럼|고)$/;

export type Fit = {
  /** Letters of the question's words that the name has. */
  said: number;
  /** How much of the name was said, 0 to 1. */
  share: number;
};

/** How far a name fits the words of a question: by word in any order, by the glossary, and loan words by their sound. */
export function fitOf(name: string, words: string[], related: (term: string) => string[]): Fit {
  const parts = tokenizeWords(name).filter(({ word }) => word.length > 1);
  const hit = new Set<number>();
  let said = 0;
  for (const raw of words) {
    const forms = [raw, foldWord(raw), ...related(raw), ...related(foldWord(raw))];
    const before = hit.size;
    for (const [at, part] of parts.entries()) if (forms.some((form) => isWord(part.raw, form))) hit.add(at);
    if (hit.size === before && !soundsLike(foldWord(raw), parts, hit)) continue;
    said += raw.length;
  }
  const letters = (some: typeof parts): number => some.reduce((sum, { raw }) => sum + raw.length, 0);
  return { said, share: letters(parts.filter((_, at) => hit.has(at))) / Math.max(1, letters(parts)) };
}

/** The same word, or the beginning of it; Korean words stand within each other ("보이드" in "보이드율"). */
function isWord(part: string, form: string): boolean {
  if (tokenizeWords(form).some(({ word }) => word === foldWord(part))) return true;
  const [own, said] = [foldName(part), foldName(form)];
  if (/[가-힣]/.test(own)) return said.length > 1 && (own.includes(said) || (own.length > 1 && said.includes(own)));
  return said.length > 3 && own.startsWith(said);
}

const mostDistance = 0.12;

/** "피스톤링" is "piston ring", "웨이퍼" is "wafer": what a Korean word sounds like, of one or all words of a name. */
function soundsLike(word: string, parts: { raw: string }[], hit: Set<number>): boolean {
  if (!/^[가-힣]{2,}$/.test(word)) return false;
  const heard = hangulSound(word);
  const before = hit.size;
  for (let from = 0; from < parts.length; from += 1)
    for (let to = from + 1; to <= Math.min(parts.length, from + 3); to += 1) {
      const joined = parts.slice(from, to).map(({ raw }) => raw.toLowerCase());
      if (!joined.every((one) => /^[a-z]+$/.test(one))) continue;
      const latin = latinSound(joined.join(""));
      const count = heard.key.length;
      if (count < 1 || latin.key !== heard.key) continue;
      // One consonant is soon alike by chance: its vowels must be the same.
      const most = count > 1 ? mostDistance : word.length > 2 ? 0 : -1;
      if (soundDistance(heard, latin, count, false) <= most) for (let at = from; at < to; at += 1) hit.add(at);
    }
  return hit.size > before;
}
