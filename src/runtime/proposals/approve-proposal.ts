import { eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Ctx } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { Db } from "../../db/database.ts";
import { proposals } from "../../db/schema/proposals.ts";
import type { WorkOrderWriter } from "../../plant/mes-store.ts";
import { lockProposal } from "./lock-proposal.ts";
import {
  noSuchProposal,
  requireApprover,
  textHash,
  toView,
  type ProposalRow,
  type ProposalView,
} from "./proposal-row.ts";
import { writeApproved } from "./write-approved.ts";

export type ApproveProposalInput = {
  id: string;
  /** `textHash` of what the approver saw; a proposal with another text is not approved. */
  expectedTextHash?: string;
};

export type Approval = {
  proposal: ProposalView;
  /** False where it had been approved before: nothing was written again. */
  written: boolean;
};

/**
 * Approves a proposal and writes its record once, however often and by however many it is pressed. The decision, the
 * record and the audit entry are kept together or not at all. Rejects with `forbidden`, `not_found`, or `conflict`
 * where it was rejected, has expired or has another text than the approver saw.
 */
export async function approveProposal(
  ctx: Ctx,
  { db, workOrders }: { db: Db; workOrders: WorkOrderWriter },
  input: ApproveProposalInput,
): Promise<Approval> {
  requireApprover(ctx.actor);
  return await db.transaction(async (tx) => {
    const row = await lockProposal(tx, input.id);
    if (input.expectedTextHash !== undefined && input.expectedTextHash !== textHash(row.text))
      throw new SunbaeError("conflict", "The proposal's text is not the one that was seen.", {
        fix: "Read it again, then decide.",
      });
    if (row.status === "approved") return { proposal: toView(row), written: false };
    if (row.status !== "pending") throw decided(row);
    const at = ctx.now();
    const record = await writeApproved(ctx, row, workOrders, tx, at);
    const [approved] = await tx
      .update(proposals)
      .set({ status: "approved", decidedBy: ctx.actor.id, decidedAt: at, recordId: record.id })
      .where(eq(proposals.id, row.id))
      .returning();
    if (!approved) throw noSuchProposal(row.id);
    const details = {
      kind: row.kind,
      record: record.entity,
      recordId: record.id,
      textHash: textHash(row.text),
      text: row.text,
    };
    await recordAudit(
      tx,
      { actor: ctx.actor, action: "proposal.approve", entity: "proposal", entityId: row.id, details },
      at,
    );
    return { proposal: toView(approved), written: true };
  });
}

function decided(row: ProposalRow): SunbaeError {
  const reason = row.reason ? `: ${row.reason}` : "";
  return new SunbaeError("conflict", `The proposal was ${row.status}${reason}.`, {
    fix: "Make a new draft if it is still wanted.",
  });
}
