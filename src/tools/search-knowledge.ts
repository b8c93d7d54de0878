import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { findCards } from "../knowledge/find-cards.ts";
import { search } from "../knowledge/search.ts";
import { machineArgument, resolveMachine } from "./arguments/equipment.ts";
import { cardEvidence } from "./evidence/card.ts";
import { passageEvidence } from "./evidence/passage.ts";
import { loadPeople } from "./people.ts";
import { lines, say } from "./wording.ts";
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
    confidence: number;
    legs: string[];
  }[];
  cards: { id: string; title: string; why: string[] }[];
  legs: string[];
};

/** Below it a passage shares too few words with the question to stand for an answer. */
const leastConfidence = 0.35;

export const searchKnowledge = defineTool({
  name: "search_knowledge",
  title: { ko: "지식 검색", en: "Search knowledge" },
  description:
    "Passages of manuals and procedures, and veterans' cards, for a question in words: how to adjust, inspect or replace something, torques, limits, maintenance intervals, symptoms without a code. " +
    "Give the machine where one is meant. For a bare alarm code use look_up_alarm.",
  input: z.object({
    query: z.string().trim().min(1).max(400).describe("What to look for: the question's key words, Korean or English."),
    equipment: machineArgument.optional(),
    limit: z.coerce.number().int().min(1).max(20).optional().describe("Passages wanted; 6 unless told."),
  }),
  agents: ["maintenance", "quality", "planner"],
  async run({ query, equipment, limit = 6 }, context) {
    const { ctx, knowledge, language } = context;
    const machine = equipment === undefined ? null : await resolveMachine(equipment, context);
    const models = machine?.model ? [machine.model] : undefined;
    const [answer, cards, people] = await Promise.all([
      search(ctx, knowledge, {
        query,
        k: limit,
        filters: { ...(models ? { models } : {}), ...(machine ? { equipmentIds: [machine.id] } : {}) },
      }),
      findCards(ctx, knowledge, {
        text: query,
        language,
        limit: 3,
        ...(models ? { models } : {}),
        ...(machine ? { equipmentId: machine.id } : {}),
      }),
      loadPeople(context),
    ]);
    // A card found only because it is of the machine says nothing about the question.
    const telling = cards.filter((card) => card.why.some((why) => why === "text" || why === "alarm"));
    const asCards = new Set(telling.map((card) => card.documentId));
    const passages = answer.results.filter((one) => one.confidence >= leastConfidence && !asCards.has(one.documentId));
    const evidence: EvidenceDraft[] = [
      ...telling.map((card) => cardEvidence(card, people(card.expert), language)),
      ...passages.map(passageEvidence),
    ].map((draft) => (machine ? { ...draft, equipmentId: machine.id } : draft));
    if (evidence.length === 0) evidence.push(nothing());
    const output: KnowledgeFound = {
      query,
      equipmentId: machine?.id ?? null,
      passages: passages.map(({ documentId, path, title, heading, page, confidence, legs }) => ({
        documentId,
        path,
        title,
        heading,
        page,
        confidence,
        legs,
      })),
      cards: telling.map((card) => ({
        id: card.id,
        title: card.title[language] ?? card.title.ko ?? card.title.en ?? "",
        why: card.why,
      })),
      legs: answer.legs,
    };
    const summary = say(
      language,
      `문서 ${passages.length}곳, 카드 ${telling.length}장: ${query}`,
      `${passages.length} passages, ${telling.length} cards: ${query}`,
    );
    return { output, summary, evidence };

    function nothing(): EvidenceDraft {
      const near = [...new Set(answer.results.slice(0, 3).map((one) => one.title))].join(", ");
      return {
        kind: "passage",
        title: say(language, "문서에 없음", "Not in the documents"),
        text: lines(
          say(
            language,
            `“${query}”에 대한 내용을 문서에서 찾지 못했습니다.`,
            `The documents hold nothing on “${query}”.`,
          ),
          near !== "" && say(language, `가장 비슷한 문서: ${near}`, `The most similar documents: ${near}`),
        ),
        language,
        source: { label: say(language, "문서 검색", "document search"), store: "knowledge" },
        trust: "record",
        data: {
          found: false,
          query,
          nearest: answer.results
            .slice(0, 3)
            .map(({ documentId, title, confidence }) => ({ documentId, title, confidence })),
        },
      };
    }
  },
});
