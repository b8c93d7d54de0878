import { and, count, desc, eq, lt } from "drizzle-orm";
import type { Ctx } from "../core/context.ts";
import type { Db } from "../db/database.ts";
import { conversations, runs } from "../db/schema/conversations.ts";
import type { ConversationSummary } from "./conversation.ts";

export type ListConversationsInput = {
  /** ISO 8601: only conversations last used before it; to page on. */
  before?: string | undefined;
  /** 30 unless told, 200 at most. */
  limit?: number | undefined;
};

/** The actor's own conversations, the last used first. */
export async function listConversations(
  ctx: Ctx,
  db: Pick<Db, "select">,
  input: ListConversationsInput = {},
): Promise<ConversationSummary[]> {
  const { before, limit = 30 } = input;
  const rows = await db
    .select({ conversation: conversations, turns: count(runs.id) })
    .from(conversations)
    .leftJoin(runs, eq(runs.conversationId, conversations.id))
    .where(
      and(
        eq(conversations.actorId, ctx.actor.id),
        before === undefined ? undefined : lt(conversations.updatedAt, new Date(before)),
      ),
    )
    .groupBy(conversations.id)
    .orderBy(desc(conversations.updatedAt))
    .limit(Math.min(Math.max(limit, 1), 200));
  return rows.map(({ conversation, turns }) => toSummary(conversation, turns));
}

function toSummary(row: typeof conversations.$inferSelect, turns: number): ConversationSummary {
  const { id, title, actorId, door, createdAt, updatedAt } = row;
  return { id, title, actorId, door, turns, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
