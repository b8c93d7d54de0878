import type { Evidence } from "../../core/evidence.ts";
import { revisionName } from "../../tools/evidence/place.ts";
import type { PassageData } from "../../tools/evidence/passage.ts";
import { line, section, type Line, type Section } from "../compose/draft.ts";
import { foldWord, foldWords, tokenizeWords } from "../understand/vocabulary.ts";
import type { PlaybookTurn } from "./playbook.ts";

// What a reader must know of a quoted passage besides its words: edition, page, language, and what is to be doubted.

/** "**Title · Section** (Rev. C · 2024-06-10 · p. 12 · original in English)". */
export function titleLine(turn: PlaybookTurn, one: Evidence): Line {
  const { revision, date, page, also } = one.source;
  const facts = [
    revision === undefined ? "" : revisionName(revision, turn.understood.language),
    date ?? "",
    page === undefined ? "" : turn.say(`${page}쪽`, `p. ${page}`),
    modelsToTell(turn, one),
    one.language === undefined || one.language === turn.understood.language
      ? ""
      : turn.say("영어 원문", "original in Korean"),
    also === undefined ? "" : turn.say(`같은 글 ${also.length}곳 더`, `the same text in ${also.length} more`),
  ].filter((part) => part !== "");
  return line(`**${one.title}**${facts.length > 0 ? ` (${facts.join(" · ")})` : ""}`, one);
}

/** The machine's model where the title doesn't say it and nobody named one. */
function modelsToTell(turn: PlaybookTurn, one: Evidence): string {
  const models = (one.data as Partial<PassageData> | undefined)?.models ?? [];
  const named = turn.understood.machines.length > 0;
  return named || models.length === 0 || models.some((model) => one.title.includes(model)) ? "" : models.join(", ");
}

/** What is to be doubted: an edition that is replaced, text recognised from a picture. */
export function doubtLines(turn: PlaybookTurn, one: Evidence): Line[] {
  const { inForce, revision, origin, page } = one.source;
  const edition = revision === undefined ? "" : ` (${revisionName(revision, turn.understood.language)})`;
  return [
    ...(inForce === false
      ? [
          line(
            turn.say(
              `주의: 이전 판${edition}의 내용입니다. 더 새 판이 나와 지금은 효력이 없습니다.`,
              `Note: this is an older edition${edition}; a newer one has superseded it.`,
            ),
            one,
          ),
        ]
      : []),
    ...(origin === "ocr" ? [line(ocrDoubt(turn, page), one)] : []),
  ];
}

/** Said with every figure that was read off a picture. */
function ocrDoubt(turn: PlaybookTurn, page: number | undefined): string {
  const where = page === undefined ? "" : turn.say(` ${page}쪽`, ` of page ${page}`);
  return turn.say(
    `주의: 그림에서 인식한 글(OCR)입니다. 숫자가 틀릴 수 있으니 원본${where} 그림에서 확인하세요.`,
    `Note: this text was recognised from a picture (OCR); figures may be wrong. Check them on the picture${where}.`,
  );
}

/** "'겅보' → '경보'로 찾았습니다": how misspelt words were read. */
export function correctionsSection(turn: PlaybookTurn): Section | null {
  const { corrections } = turn;
  if (corrections.length === 0) return null;
  const pairs = corrections.map(({ from, to }) => `‘${from}’ → ‘${to}’`).join(", ");
  return section(null, [line(turn.say(`${pairs}(으)로 찾았습니다.`, `Searched for ${pairs}.`))]);
}

/** Words of the question with what stands for them in a quote of the other language, by the glossary. */
export function termsLine(turn: PlaybookTurn, one: Evidence, quoted: string): Line | null {
  if (one.language === undefined || one.language === turn.understood.language) return null;
  const words = tokenizeWords(turn.understood.question);
  const text = foldWords(quoted).join(" ");
  const pairs = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    for (const phrase of [...(next ? [`${word.raw} ${foldWord(next.raw)}`] : []), foldWord(word.raw), word.raw]) {
      const found = turn.related(phrase).find((form) => ` ${text} `.includes(` ${foldWords(form).join(" ")} `));
      if (found !== undefined && !pairs.has(found)) pairs.set(found, phrase);
    }
  }
  if (pairs.size === 0) return null;
  const list = [...pairs].slice(0, 6).map(([there, asked]) => `${asked} = ${there}`);
  return line(turn.say(`용어: ${list.join(", ")}`, `Terms: ${list.join(", ")}`));
}
