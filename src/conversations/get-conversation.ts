import { and, asc, eq, inArray } from "drizzle-orm";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Db } from "../db/database.ts";
import { conversations, feedback, runs } from "../db/schema/conversations.ts";
import type { Conversation, Feedback, Turn } from "./conversation.ts";

/** One of the actor's own conversations with its turns, oldest first. Rejects with `not_found`. */
export async function getConversation(ctx: Ctx, db: Pick<Db, "select">, id: string): Promise<Conversation> {
  const [found] = await db
    .select()
    .from(conversations)
    .where(and(eq(conversations.id, id), eq(conversations.actorId, ctx.actor.id)));
  if (!found) throw new SunbaeError("not_found", `There is no conversation ${id}.`);
  const rows = await db.select().from(runs).where(eq(runs.conversationId, id)).orderBy(asc(runs.createdAt));
  const said = await feedbackOf(
    db,
    rows.map((row) => row.id),
  );
  return {
    id: found.id,
    title: found.title,
    actorId: found.actorId,
    door: found.door,
    createdAt: found.createdAt.toISOString(),
    updatedAt: found.updatedAt.toISOString(),
    turns: rows.map((row) => toTurn(row, said.get(row.id) ?? [])),
  };
}

/** One run as its conversation keeps it. Rejects with `not_found`. */
export async function getTurn(_ctx: Ctx, db: Pick<Db, "select">, runId: string): Promise<Turn> {
  const [row] = await db.select().from(runs).where(eq(runs.id, runId));
  if (!row) throw new SunbaeError("not_found", `There is no run ${runId}.`);
  return toTurn(row, (await feedbackOf(db, [runId])).get(runId) ?? []);
}

async function feedbackOf(db: Pick<Db, "select">, runIds: string[]): Promise<Map<string, Feedback[]>> {
  if (runIds.length === 0) return new Map();
  const rows = await db.select().from(feedback).where(inArray(feedback.runId, runIds)).orderBy(asc(feedback.createdAt));
  return Map.groupBy(rows.map(toFeedback), (one) => one.runId);
}

export function toFeedback(row: typeof feedback.$inferSelect): Feedback {
  const { runId, actorId, verdict, comment, createdAt } = row;
  return { runId, actorId, verdict, comment, createdAt: createdAt.toISOString() };
}

function toTurn(row: typeof runs.$inferSelect, said: Feedback[]): Turn {
  return {
    runId: row.id,
    conversationId: row.conversationId,
    question: row.question,
    equipmentHint: row.equipmentHint,
    status: row.status,
    mode: row.mode,
    answer: row.answer ?? null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    feedback: said,
  };
}
