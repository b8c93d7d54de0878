import { z } from "zod";
import { findCards } from "../../knowledge/find-cards.ts";
import { listCards } from "../../knowledge/list-cards.ts";
import type { SearchLeg } from "../../knowledge/knowledge.ts";
import { search } from "../../knowledge/search.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { flag, given, id, limit, plainText } from "../schema.ts";
import { language } from "../schemas/answer.ts";
import { card, documentKind, searchAnswer } from "../schemas/knowledge.ts";

const searchQuery = z.object({
  q: plainText(2_000),
  k: limit(200),
  documents: flag.describe("true: at most one result a document"),
  model: id.optional(),
  equipment: id.optional(),
  kind: documentKind.optional(),
  language: language.optional(),
  revisions: z.enum(["in-force", "all"]).optional().describe("all: editions that a newer one has replaced too"),
  context: z.coerce.number().int().min(0).max(5).optional().describe("neighbouring passages to give on each side"),
  legs: z
    .string()
    .regex(/^(identifier|bm25|vector)(,(identifier|bm25|vector))*$/)
    .transform((names) => names.split(",") as SearchLeg[])
    .optional()
    .describe("only these ways of finding, to measure one against the others: identifier,bm25,vector"),
  rerank: flag.describe("true: the chat model sorts the first twenty, where SUNBAE_RERANK is on"),
});
const cardsQuery = z.object({
  equipment: id.optional(),
  model: id.optional(),
  alarm: id.optional(),
  q: plainText(2_000).optional(),
  limit: limit(200),
});

export function addKnowledgeRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/search",
      summary: "Search the documents; passages, best first",
      query: searchQuery,
      answer: searchAnswer,
    },
    async ({ ctx, query: { q, k, documents, model, equipment, kind, language, revisions, context, legs, rerank } }) => {
      const filters = given({
        models: model ? [model] : undefined,
        equipmentIds: equipment ? [equipment] : undefined,
        kinds: kind ? [kind] : undefined,
        language,
      });
      const input = { query: q, filters, k, documentsOnly: documents, revisions, context, legs, rerank };
      return await search(ctx, backend().knowledge, given(input));
    },
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/cards",
      summary: "The veterans' cards: all, or those that fit, best first",
      query: cardsQuery,
      answer: z.object({ cards: z.array(card) }),
    },
    async ({ ctx, query: { equipment, model, alarm, q, limit = 200 } }) => {
      const { knowledge } = backend();
      const isFiltered = Boolean(equipment ?? model ?? alarm ?? q);
      if (!isFiltered) return { cards: (await listCards(ctx, knowledge)).slice(0, limit) };
      const models = model ? [model] : undefined;
      const input = given({ limit, equipmentId: equipment, models, alarmCode: alarm, text: q });
      return { cards: await findCards(ctx, knowledge, input) };
    },
  );
}
