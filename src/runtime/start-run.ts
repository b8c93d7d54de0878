import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { normalizeText } from "../core/language/script.ts";
import type { Mode } from "../core/run-event.ts";
import type { Db, Transaction } from "../db/database.ts";
import { conversations, runs } from "../db/schema/conversations.ts";

export type AskInput = {
  question: string;
  /** A machine that the door knows is meant: a page opened by its QR code, `--equipment`. */
  equipmentId?: string | undefined;
  conversationId?: string | undefined;
  /** A chat service's thread; the same thread is the same conversation. */
  threadKey?: string | undefined;
  /** The chat service's event id or an Idempotency-Key: the same question is run once. */
  dedupeKey?: string | undefined;
};

const longest = 4_000;

/** Conversation and run in one transaction: what is acknowledged is stored. */
export async function startRun(
  ctx: Ctx,
  db: Db,
  input: AskInput,
  mode: Mode,
): Promise<{ runId: string; conversationId: string; duplicate: boolean }> {
  const question = normalizeText(input.question);
  if (question === "")
    throw new SunbaeError("invalid_input", "The question is empty.", { fix: "Write what you see at the machine." });
  if (question.length > longest)
    throw new SunbaeError("too_large", `The question has ${question.length} characters; at most ${longest} are read.`, {
      fix: "Shorten it, or add the text as a document.",
    });
  return await db.transaction(async (tx) => {
    if (input.dedupeKey) {
      const [known] = await tx
        .select({ runId: runs.id, conversationId: runs.conversationId })
        .from(runs)
        .where(eq(runs.dedupeKey, input.dedupeKey));
      if (known) return { ...known, duplicate: true };
    }
    const conversationId = await openConversation(ctx, tx, input, question);
    const runId = randomUUID();
    const [created] = await tx
      .insert(runs)
      .values({
        id: runId,
        conversationId,
        question,
        equipmentHint: input.equipmentId ?? null,
        actor: ctx.actor,
        status: "queued",
        mode,
        dedupeKey: input.dedupeKey ?? null,
        createdAt: ctx.now(),
      })
      .onConflictDoNothing({ target: runs.dedupeKey })
      .returning({ id: runs.id });
    if (created) return { runId, conversationId, duplicate: false };
    // Another process was first: the conversation that was just opened has no run.
    if (!input.conversationId && !input.threadKey)
      await tx.delete(conversations).where(eq(conversations.id, conversationId));
    const [first] = await tx
      .select({ runId: runs.id, conversationId: runs.conversationId })
      .from(runs)
      .where(eq(runs.dedupeKey, input.dedupeKey ?? ""));
    if (!first) throw new SunbaeError("conflict", "The same question is being taken right now.", { fix: "Ask again." });
    return { ...first, duplicate: true };
  });
}

async function openConversation(ctx: Ctx, tx: Transaction, input: AskInput, question: string): Promise<string> {
  const at = ctx.now();
  if (input.conversationId) {
    const [found] = await tx
      .update(conversations)
      .set({ updatedAt: at })
      .where(eq(conversations.id, input.conversationId))
      .returning({ id: conversations.id });
    if (!found)
      throw new SunbaeError("not_found", `There is no conversation ${input.conversationId}.`, {
        fix: "Leave conversationId out to begin a new one.",
      });
    return found.id;
  }
  const row = {
    id: randomUUID(),
    title: question.slice(0, 120),
    actorId: ctx.actor.id,
    door: ctx.actor.door,
    threadKey: input.threadKey ?? null,
    createdAt: at,
    updatedAt: at,
  };
  if (!input.threadKey) {
    await tx.insert(conversations).values(row);
    return row.id;
  }
  const [opened] = await tx
    .insert(conversations)
    .values(row)
    .onConflictDoUpdate({ target: conversations.threadKey, set: { updatedAt: at } })
    .returning({ id: conversations.id });
  return opened?.id ?? row.id;
}
