import type { Ctx, Language } from "../../core/context.ts";
import { findCodes } from "../../knowledge/find-codes.ts";
import type { CodeMention } from "../../knowledge/find-codes.ts";
import type { AlarmEntry, Knowledge } from "../../knowledge/knowledge.ts";
import { documentsWithCodes } from "../../knowledge/documents-with-codes.ts";
import { knownCodes } from "../../knowledge/known-codes.ts";
import { lookUpCode } from "../../knowledge/look-up-code.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import { contentWords } from "./mask-words.ts";
import type { CodeReading } from "./understanding.ts";

type Span = [number, number];

/** Words that say that a bare token is a code on a panel. */
const panelWords =
  /떴|떠|뜨|뜬|나왔|나와|울[려렸]|알람|경보|에러|코드|alarm|error|fault|code|display|panel|shows?|says|popped|came up|램프|lamp/i;

/**
 * Codes of alarm and setting lists that the question names. What a machine or period was read from is no code. A bare
 * number counts only where a list has it; a token that is clearly a code stays, with no entries where there are none.
 */
export async function readCodes(
  text: string,
  input: { ctx: Ctx; knowledge: Knowledge; language: Language; machines: Equipment[]; named: string[]; taken: Span[] },
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
    if (loose && !(chosen.length === 0 && (await standsAlone(mention, text, models, input)))) leftover.push(mention);
    else if (
      chosen.length > 0 &&
      (mention.certain || sure || ofMachine.length > 0 || panelWords.test(text) || chosen[0]?.match === "exact")
    )
      codes.push({
        raw: mention.raw,
        code: chosen[0]?.code ?? mention.code,
        kind: mention.kind ?? null,
        entries: chosen,
        certain: mention.certain,
      });
    else if (mention.kind !== undefined || (mention.certain && panelWords.test(text)))
      codes.push({ raw: mention.raw, code: mention.raw, kind: mention.kind ?? null, entries: [], certain: true });
    else if (await standsAlone(mention, text, models, input))
      codes.push({ raw: mention.raw, code: mention.raw, kind: null, entries: [], certain: true });
    else leftover.push(mention);
  }
  return { codes, leftover };
}

/** "라벨기 E57": a machine and what looks like a code of some list, nothing else: it is one, even if no list has it. */
async function standsAlone(
  mention: CodeMention,
  text: string,
  models: string[],
  input: { ctx: Ctx; knowledge: Knowledge; taken: Span[] },
): Promise<boolean> {
  if (!mention.certain || models.length === 0 || !/^[A-Za-z]{1,3}-?\d{1,4}(?:-\d{1,2})?$/.test(mention.raw))
    return false;
  if (contentWords(text, [...input.taken, [mention.start, mention.end]]).length > 1) return false;
  const [near] = await knownCodes(input.ctx, input.knowledge, { near: mention.raw, limit: 1 });
  const letters = (code: string): string => /^[A-Za-z]*/.exec(code)?.[0].toLowerCase() ?? "";
  return near !== undefined && letters(near.code) === letters(mention.raw);
}

const notNames =
  /^(?:alarm|alarms|error|errors|fault|faults|code|codes|setting|settings|option|options|warning|lamp|manual|the|what|does|mean|and|for|how|why|which|came|shows|says|panel|display|with|this|that|list|table|docs?|csv|markdown|machine|data)$/i;

/** Latin words that may name a document. */
function documentWords(text: string): string[] {
  return [...new Set([...text.matchAll(/[A-Za-z][A-Za-z0-9]{2,}/g)].map((match) => match[0]))].filter(
    (word) => !notNames.test(word),
  );
}

/** The code as written; where no list has it, its number alone ("alrm 2041"). */
async function lookUp(
  mention: CodeMention,
  { ctx, knowledge, language }: { ctx: Ctx; knowledge: Knowledge; language: Language },
): Promise<AlarmEntry[]> {
  const kind = mention.kind ? { kind: mention.kind } : {};
  const entries = await lookUpCode(ctx, knowledge, { code: mention.raw, ...kind, language });
  const number = /\d{2,}(?=\D*$)/.exec(mention.raw)?.[0];
  if (entries.length > 0 || !number || number === mention.raw) return entries;
  if (!/\s/.test(mention.raw) && mention.certain) return entries;
  return await lookUpCode(ctx, knowledge, { code: number, ...kind, language });
}
