import { createHash, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Ctx } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { Proposal } from "../../core/run-event.ts";
import type { Db } from "../../db/database.ts";
import { proposals } from "../../db/schema/proposals.ts";
import type { ProposalDraft } from "../../tools/tool.ts";
import { noSuchProposal, textHash, toProposal } from "./proposal-row.ts";

export type CreateProposalInput = ProposalDraft & { runId: string | null };

/**
 * Keeps a draft until a person decides. The same draft of the same run is one proposal, however often it is made: a
 * run that was taken up again after a crash does not ask twice. A draft outside of a run is always new.
 */
export async function createProposal(ctx: Ctx, db: Db, input: CreateProposalInput): Promise<Proposal> {
  if (input.text.trim() === "") throw new SunbaeError("invalid_input", "A proposal without a text can't be approved.");
  const id = proposalId(input);
  return await db.transaction(async (tx) => {
    const [created] = await tx
      .insert(proposals)
      .values({
        id,
        runId: input.runId,
        kind: input.kind,
        equipmentId: input.equipmentId,
        text: input.text,
        payload: input.payload,
        status: "pending",
        createdBy: ctx.actor.id,
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning();
    if (!created) {
      const [kept] = await tx.select().from(proposals).where(eq(proposals.id, id));
      if (!kept) throw noSuchProposal(id);
      return toProposal(kept);
    }
    const details = {
      kind: input.kind,
      equipmentId: input.equipmentId,
      runId: input.runId,
      textHash: textHash(input.text),
    };
    await recordAudit(
      tx,
      { actor: ctx.actor, action: "proposal.create", entity: "proposal", entityId: id, details },
      ctx.now(),
    );
    return toProposal(created);
  });
}

function proposalId({ runId, kind, text }: CreateProposalInput): string {
  const identity = runId === null ? randomUUID() : JSON.stringify([runId, kind, text]);
  return `PR-${createHash("sha256").update(identity).digest("hex").slice(0, 16)}`;
}
