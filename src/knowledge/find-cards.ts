import type { Ctx } from "../core/context.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Card, FindCardsInput, FoundCard } from "./card.ts";
import { parseMention } from "./codes/parse-code.ts";
import type { Knowledge } from "./knowledge.ts";
import { search } from "./search.ts";

type CardRow = Card & { norms: string[] };

/** A card is short and its machine or code speaks for it too: less is asked of its words than of a passage's. */
const leastConfidence = 0.2;

/**
 * Published cards that fit, best first. Given a machine or models, cards of other machines are left out; an alarm
 * code counts most, then the machine, the failure mode, and how much of the question's words the card covers.
 */
export async function findCards(ctx: Ctx, knowledge: Knowledge, input: FindCardsInput): Promise<FoundCard[]> {
  const { rows } = await knowledge.database.pool.query<CardRow>(
    `SELECT k.id, k.document_id AS "documentId", d.path, k.title, k.models, k.equipment_ids AS "equipmentIds",
            k.component, k.failure_mode AS "failureMode", k.alarms, k.alarm_norms AS norms, k.symptom, k.cue, k.claim,
            k.steps, k.avoid, k.applies_when AS "appliesWhen", k.not_when AS "notWhen", k.parts, k.corrects, k.expert,
            k.recorded::text, k.status, k.review_due::text AS "reviewDue", k.confidence, k.evidence, k.body
     FROM cards k JOIN documents d ON d.id = k.document_id
     WHERE k.status = 'published' AND ${readableBy(1)} ORDER BY k.id`,
    [readerRoles(ctx)],
  );
  const text = input.text?.trim() ? await textScores(ctx, knowledge, input.text) : new Map<string, number>();
  return rows
    .filter((card) => isOfMachine(card, input))
    .map((card) => scored(card, input, text.get(card.documentId) ?? 0))
    .filter((card) => card.why.some((reason) => reason !== "model" || onlyMachineAsked(input)))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, input.limit ?? 5);
}

/** 0 to 1 by document: half by rank score against the best card, half by coverage. */
async function textScores(ctx: Ctx, knowledge: Knowledge, query: string): Promise<Map<string, number>> {
  const { results } = await search(ctx, knowledge, { query, k: 20, documentsOnly: true, filters: { kinds: ["card"] } });
  const best = results[0]?.score ?? 1;
  const telling = results.filter((result) => result.confidence >= leastConfidence);
  return new Map(telling.map((result) => [result.documentId, (result.score / best + result.confidence) / 2]));
}

/** A card without machine or model is for all of them. */
function isOfMachine(card: Card, input: FindCardsInput): boolean {
  const models = input.models ?? [];
  if (input.equipmentId === undefined && models.length === 0) return true;
  if (card.models.length === 0 && card.equipmentIds.length === 0) return true;
  if (input.equipmentId !== undefined && card.equipmentIds.includes(input.equipmentId)) return true;
  return card.models.some((model) => models.includes(model));
}

const onlyMachineAsked = (input: FindCardsInput) => !input.alarmCode && !input.failureMode && !input.text?.trim();

function scored(row: CardRow, input: FindCardsInput, textScore: number): FoundCard {
  const { norms, ...card } = row;
  const why: [FoundCard["why"][number], number][] = [];
  if (input.alarmCode !== undefined && norms.includes(parseMention(input.alarmCode).norm)) why.push(["alarm", 3]);
  if (input.equipmentId !== undefined && card.equipmentIds.includes(input.equipmentId)) why.push(["equipment", 2]);
  if (input.failureMode !== undefined && card.failureMode === input.failureMode) why.push(["failure-mode", 1.5]);
  if (textScore > 0) why.push(["text", 2 * textScore]);
  if (card.models.some((model) => input.models?.includes(model))) why.push(["model", 0.5]);
  const strongest = why.toSorted((a, b) => b[1] - a[1]);
  return { ...card, score: why.reduce((sum, [, points]) => sum + points, 0), why: strongest.map(([reason]) => reason) };
}
