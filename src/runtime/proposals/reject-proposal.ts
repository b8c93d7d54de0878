import { eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Ctx } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { Db } from "../../db/database.ts";
import { proposals } from "../../db/schema/proposals.ts";
import { lockProposal } from "./lock-proposal.ts";
import { noSuchProposal, requireApprover, textHash, toView, type ProposalView } from "./proposal-row.ts";

export type RejectProposalInput = { id: string; reason: string };

/**
 * Rejects a proposal and keeps why. Rejecting again changes nothing and keeps the first reason. Rejects with
 * `forbidden`, `not_found`, `invalid_input` without a reason, or `conflict` where it was approved or has expired.
 */
export async function rejectProposal(ctx: Ctx, { db }: { db: Db }, input: RejectProposalInput): Promise<ProposalView> {
  requireApprover(ctx.actor);
  const reason = input.reason.trim();
  if (reason === "")
    throw new SunbaeError("invalid_input", "A rejection needs a reason.", {
      details: [{ path: "reason", message: "missing" }],
    });
  return await db.transaction(async (tx) => {
    const row = await lockProposal(tx, input.id);
    if (row.status === "rejected") return toView(row);
    if (row.status !== "pending")
      throw new SunbaeError("conflict", `The proposal was ${row.status} already.`, {
        fix: row.recordId ? `Its record is ${row.recordId}; close that instead.` : undefined,
      });
    const at = ctx.now();
    const [rejected] = await tx
      .update(proposals)
      .set({ status: "rejected", decidedBy: ctx.actor.id, decidedAt: at, reason })
      .where(eq(proposals.id, row.id))
      .returning();
    if (!rejected) throw noSuchProposal(row.id);
    const details = { kind: row.kind, reason, textHash: textHash(row.text) };
    await recordAudit(
      tx,
      { actor: ctx.actor, action: "proposal.reject", entity: "proposal", entityId: row.id, details },
      at,
    );
    return toView(rejected);
  });
}
