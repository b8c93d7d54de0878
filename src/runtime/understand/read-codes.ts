import type { Ctx, Language } from "../../core/context.ts";
import { editDistance } from "../../core/language/distance.ts";
import { kindOfPrefix, parseMention } from "../../knowledge/codes/parse-code.ts";
import { findCodes } from "../../knowledge/find-codes.ts";
import type { CodeMention } from "../../knowledge/find-codes.ts";
import type { AlarmEntry, Knowledge } from "../../knowledge/knowledge.ts";
import { documentsWithCodes } from "../../knowledge/documents-with-codes.ts";
import { knownCodes } from "../../knowledge/known-codes.ts";
import { lookUpCode } from "../../knowledge/look-up-code.ts";
import type { Directory } from "../../plant/directory/directory.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import { contentWords } from "./mask-words.ts";
import type { CodeReading } from "./understanding.ts";

type Span = [number, number];

/** Words that say that a bare token is a code on a panel. */
const panelWords =
  /떴|떠|뜨|뜬|나왔|나와|울[려렸]|알람|경보|에러|코드|alarm|error|fault|code|display|panel|shows?|says|popped|came up|램프|lamp/i;

export type CodesInput = {
  ctx: Ctx;
  knowledge: Knowledge;
  language: Language;
  directory: Pick<Directory, "all">;
  machines: Equipment[];
  named: string[];
  taken: Span[];
};

/**
 * Codes of alarm and setting lists that the question names. What a machine or period was read from is no code. A bare
 * number counts only where a list has it; a token that is clearly a code stays, with no entries where there are none.
 */
export async function readCodes(
  text: string,
  input: CodesInput,
): Promise<{ codes: CodeReading[]; leftover: CodeMention[] }> {
  const mentions = findCodes(text).filter(
    (mention) => !input.taken.some(([start, end]) => mention.start < end && start < mention.end),
  );
  const models = [
    ...new Set([...input.named, ...input.machines.map((machine) => machine.model).filter((model) => model !== null)]),
  ];
  const named =
    mentions.length > 0 && models.length === 0
      ? await documentsWithCodes(input.ctx, input.knowledge, documentWords(text))
      : [];
  const codes: CodeReading[] = [];
  const leftover: CodeMention[] = [];
  for (const mention of mentions) {
    const everywhere = await lookUp(mention, input);
    if (everywhere.length === 0 && (await namesList(mention, input))) continue;
    const entries = named.length > 0 ? everywhere.filter((entry) => named.includes(entry.documentId)) : everywhere;
    const ofMachine =
      models.length > 0 ? entries.filter((entry) => entry.models.some((model) => models.includes(model))) : [];
    const exact = entries.filter((entry) => entry.match === "exact");
    const chosen = ofMachine.length > 0 ? ofMachine : models.length > 0 ? exact : exact.length > 0 ? exact : entries;
    const sure = mention.certain && (mention.kind !== undefined || panelWords.test(text));
    const plain = mention.kind === undefined && !panelWords.test(text) && ofMachine.length === 0;
    const loose =
      plain &&
      (/[A-Za-z]/.test(mention.raw) ? chosen.every((entry) => entry.match !== "exact") : /^\d{1,2}$/.test(mention.raw));
    const alone = await standsAlone(mention, text, chosen, input);
    if (loose && !alone) leftover.push(mention);
    else if (
      chosen[0] &&
      (mention.certain || sure || ofMachine.length > 0 || panelWords.test(text) || chosen[0].match === "exact" || alone)
    )
      codes.push({
        raw: mention.raw,
        code: isOne(chosen[0]) ? chosen[0].code : mention.raw,
        kind: mention.kind ?? null,
        entries: chosen,
        certain: mention.certain,
      });
    else if (mention.kind !== undefined || (mention.certain && panelWords.test(text)))
      codes.push({ raw: mention.raw, code: mention.raw, kind: mention.kind ?? null, entries: [], certain: true });
    else if (alone) codes.push({ raw: mention.raw, code: mention.raw, kind: null, entries: [], certain: true });
    else leftover.push(mention);
  }
  return { codes, leftover };
}

/** "HB-900" is no code where a list is called so. */
const namesList = async ({ raw, kind }: CodeMention, { ctx, knowledge }: CodesInput): Promise<boolean> =>
  kind === undefined && /^[A-Z]+-\d+/i.test(raw) && (await documentsWithCodes(ctx, knowledge, [raw])).length > 0;

/** False for a cell of several: "E-101, E-102", "F20-F25". */
const isOne = ({ code, codeNorm }: AlarmEntry): boolean => parseMention(code).norm === codeNorm;

/**
 * "라벨기 E57", "AL-77 뭐야": what looks like a code of some list and nothing else besides a machine is one, even if no
 * list has it: unless machines have such names.
 */
async function standsAlone(
  mention: CodeMention,
  text: string,
  chosen: AlarmEntry[],
  input: CodesInput,
): Promise<boolean> {
  if (!/^[A-Za-z]{1,4}[- ]?\d{1,6}(?:[.-]\d{1,4})?[A-Za-z]?$/.test(mention.raw)) return false;
  if (contentWords(text, [...input.taken, [mention.start, mention.end]]).length > 1) return false;
  const letters = lettersOf(mention.raw);
  if (input.directory.all.some((one) => lettersOf(one.id) === letters)) return false;
  return (chosen.length > 0 && kindOfPrefix(letters) !== undefined) || (await areCodeLetters(mention, input));
}

const lettersOf = (code: string): string => /^[A-Za-z]*/.exec(code)?.[0].toLowerCase() ?? "";

/** Some list has codes with these letters. */
async function areCodeLetters(mention: CodeMention, { ctx, knowledge }: Pick<CodesInput, "ctx" | "knowledge">) {
  const letters = lettersOf(mention.raw);
  if (letters === "") return false;
  const [near] = await knownCodes(ctx, knowledge, { near: mention.raw, limit: 1 });
  return near !== undefined && lettersOf(near.code) === letters;
}

const notNames =
  /^(?:alarm|alarms|error|errors|fault|faults|code|codes|setting|settings|option|options|warning|lamp|manual|the|what|does|mean|and|for|how|why|which|came|shows|says|panel|display|with|this|that|list|table|docs?|csv|markdown|machine|data)$/i;

/** Latin words that may name a document, and what looks like a machine's model ("HB-900"). */
function documentWords(text: string): string[] {
  return [
    ...new Set(
      [...text.matchAll(/[A-Za-z]{1,5}-\d{1,5}[A-Za-z]{0,2}|[A-Za-z][A-Za-z0-9]{2,}/g)].map((match) => match[0]),
    ),
  ].filter((word) => !notNames.test(word));
}

/** The code as written; where no list has it, its number alone ("alrm 2041"). */
async function lookUp(mention: CodeMention, input: CodesInput): Promise<AlarmEntry[]> {
  const { ctx, knowledge, language } = input;
  const kind = mention.kind ? { kind: mention.kind } : {};
  const entries = await lookUpCode(ctx, knowledge, { code: mention.raw, ...kind, language });
  const number = /\d{2,}(?=\D*$)/.exec(mention.raw)?.[0];
  if (entries.length > 0 || !number || number === mention.raw) return entries;
  if (!/\s/.test(mention.raw) && mention.certain) return entries;
  // "RUL0018 알람": the letters belong to the code, unless they are a misspelt "alarm".
  const glued = /(?:^|[^A-Za-z])([A-Za-z]+)\d/.exec(mention.raw)?.[1]?.toLowerCase();
  if (glued !== undefined && !["alarm", "error", "fault", "code"].some((word) => editDistance(glued, word, 2) <= 2))
    return entries;
  if (mention.kind === undefined && (await areCodeLetters(mention, input))) return entries;
  return await lookUpCode(ctx, knowledge, { code: number, ...kind, language });
}
