import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { detectLanguage as languageOf } from "../core/language/script.ts";
import { findCards } from "../knowledge/find-cards.ts";
import { unreadDocuments } from "../knowledge/unread-documents.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { cardEvidence } from "./evidence/card.ts";
import { passageEvidence } from "./evidence/passage.ts";
import { findPassages } from "./knowledge/find-passages.ts";
import { nothingFound } from "./knowledge/nothing-found.ts";
import { loadPeople } from "./people.ts";
import { say } from "./wording.ts";
import { defineTool } from "./tool.ts";

export type KnowledgeFound = {
  query: string;
  equipmentId: string | null;
  passages: {
    documentId: string;
    path: string;
    title: string;
    heading: string;
    page: number | null;
    revision: string | null;
    date: string | null;
    inForce: boolean;
    origin: string;
    confidence: number;
    legs: string[];
  }[];
  cards: { id: string; title: string; why: string[] }[];
  legs: string[];
  /** Words of the question that were read as others. */
  corrections: { from: string; to: string }[];
  /** The edition that the question names; "*" for older ones. */
  revision: string | null;
};

export const searchKnowledge = defineTool({
  name: "search_knowledge",
  title: { ko: "지식 검색", en: "Search knowledge" },
  description:
    "Passages of manuals and procedures, and veterans' cards, for a question in words: how to adjust, inspect or replace something, torques, limits, maintenance intervals, symptoms without a code. " +
    "Give the machine where one is meant, or its model. Editions in force are searched; name a revision in the query for another. For a bare alarm code use look_up_alarm.",
  input: z.object({
    query: z.string().trim().min(1).max(400).describe("What to look for: the question's key words, Korean or English."),
    equipment: machineArgument.optional(),
    models: z.array(z.string().trim().min(1)).max(8).optional().describe("Machine models, where no machine is named."),
    limit: z.coerce.number().int().min(1).max(20).optional().describe("Passages wanted; 6 unless told."),
  }),
  agents: ["maintenance", "quality", "planner"],
  async run({ query, equipment, models: named, limit = 6 }, context) {
    const { ctx, knowledge, language } = context;
    const machine = equipment === undefined ? null : await resolveMachine(equipment, context);
    const models = machine?.model ? [machine.model] : (named ?? []);
    const ofModels = models.length > 0 ? { models } : {};
    const [{ answer, passages: found }, cards, people] = await Promise.all([
      findPassages(context, {
        query,
        k: limit,
        language: languageOf(query),
        filters: { ...ofModels, ...(machine ? { equipmentIds: [machine.id] } : {}) },
      }),
      findCards(ctx, knowledge, {
        text: query,
        language,
        limit: 3,
        ...ofModels,
        ...(machine ? { equipmentId: machine.id } : {}),
      }),
      loadPeople(context),
    ]);
    // A card found only because it is of the machine says nothing about the question.
    const telling = cards.filter((card) => card.why.some((why) => why === "text" || why === "alarm"));
    const asCards = new Set(telling.map((card) => card.documentId));
    const passages = found.filter((one) => !asCards.has(one.documentId));
    const evidence: EvidenceDraft[] = [
      ...telling.map((card) => cardEvidence(card, people(card.expert), language)),
      ...passages.map((one) => passageEvidence(one, language)),
    ].map((draft) => (machine ? { ...draft, equipmentId: machine.id } : draft));
    if (evidence.length === 0) {
      const unread = await unreadDocuments(ctx, knowledge, ofModels);
      evidence.push(nothingFound({ query, nearest: answer.results.slice(0, 3), unread }, language));
    }
    const output: KnowledgeFound = {
      query,
      equipmentId: machine?.id ?? null,
      passages: passages.map(
        ({ documentId, path, title, heading, page, revision, date, inForce, origin, confidence, legs }) => ({
          ...{ documentId, path, title, heading, page, revision, date, inForce, origin, confidence, legs },
        }),
      ),
      cards: telling.map((card) => ({
        id: card.id,
        title: card.title[language] ?? card.title.ko ?? card.title.en ?? "",
        why: card.why,
      })),
      legs: answer.legs,
      corrections: answer.corrections,
      revision: answer.revision,
    };
    const summary = say(
      language,
      `문서 ${passages.length}곳, 카드 ${telling.length}장: ${query}`,
      `${passages.length} passages, ${telling.length} cards: ${query}`,
    );
    return { output, summary, evidence };
  },
});
