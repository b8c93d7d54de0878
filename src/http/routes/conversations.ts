import { z } from "zod";
import { getConversation } from "../../conversations/get-conversation.ts";
import { giveFeedback } from "../../conversations/give-feedback.ts";
import { listConversations } from "../../conversations/list-conversations.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { id, idParameter, instant, limit, plainText } from "../schema.ts";
import { conversation, conversationSummary, feedback, verdict } from "../schemas/conversation.ts";

export function addConversationRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/conversations",
      summary: "Your conversations, the last used first",
      query: z.object({ before: instant.optional(), limit: limit(200) }),
      answer: z.object({ conversations: z.array(conversationSummary) }),
    },
    async ({ ctx, query }) => ({ conversations: await listConversations(ctx, backend().database.db, query) }),
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/conversations/{id}",
      summary: "A conversation with its turns",
      params: idParameter,
      answer: conversation,
    },
    async ({ ctx, params }) => await getConversation(ctx, backend().database.db, params.id),
  );

  addRoute(
    app,
    {
      method: "post",
      path: "/api/feedback",
      summary: "Say whether an answer helped",
      body: z.object({ runId: id, verdict, comment: plainText(2_000).optional() }),
      answer: feedback,
      status: 201,
    },
    async ({ ctx, body }) => await giveFeedback(ctx, backend().database, body),
  );
}
