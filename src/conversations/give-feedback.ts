import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Db } from "../db/database.ts";
import { feedback, runs } from "../db/schema/conversations.ts";
import type { Feedback, Verdict } from "./conversation.ts";
import { toFeedback } from "./get-conversation.ts";

export type GiveFeedbackInput = { runId: string; verdict: Verdict; comment?: string | undefined };

/** Keeps what the actor says of an answer; said again, it replaces what was said before. Rejects with `not_found`. */
export async function giveFeedback(ctx: Ctx, { db }: { db: Db }, input: GiveFeedbackInput): Promise<Feedback> {
  const { runId, verdict } = input;
  const comment = input.comment?.trim() || null;
  return await db.transaction(async (tx) => {
    const [run] = await tx.select({ id: runs.id }).from(runs).where(eq(runs.id, runId));
    if (!run) throw new SunbaeError("not_found", `There is no run ${runId}.`);
    const createdAt = ctx.now();
    const [kept] = await tx
      .insert(feedback)
      .values({ id: randomUUID(), runId, actorId: ctx.actor.id, verdict, comment, createdAt })
      .onConflictDoUpdate({ target: [feedback.runId, feedback.actorId], set: { verdict, comment, createdAt } })
      .returning();
    if (!kept) throw new SunbaeError("internal", "The feedback was not kept.");
    const details = { verdict, commented: comment !== null };
    await recordAudit(
      tx,
      { actor: ctx.actor, action: "feedback.give", entity: "run", entityId: runId, details },
      createdAt,
    );
    return toFeedback(kept);
  });
}
