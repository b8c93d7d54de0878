import { createHash } from "node:crypto";
import type { Actor } from "../../core/context.ts";
import { hasRole } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { Proposal } from "../../core/run-event.ts";
import type { proposals } from "../../db/schema/proposals.ts";

export type ProposalRow = typeof proposals.$inferSelect;

/** A proposal as an approver sees it; `textHash` goes back with the approval, so that what was seen is what is approved. */
export type ProposalView = Proposal & {
  textHash: string;
  createdBy: string;
  createdAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
};

/** SHA-256 of the exact text, in hex. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function toProposal(row: ProposalRow): Proposal {
  const { id, kind, text, status, runId, equipmentId, recordId } = row;
  return { id, kind, text, status, runId, equipmentId, recordId };
}

export function toView(row: ProposalRow): ProposalView {
  return {
    ...toProposal(row),
    textHash: textHash(row.text),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    reason: row.reason,
  };
}

/** Rejects with `forbidden` unless the actor may decide on proposals. */
export function requireApprover(actor: Actor): void {
  if (hasRole(actor, "supervisor")) return;
  throw new SunbaeError("forbidden", `${actor.name} may not decide on proposals.`, {
    fix: "Ask a supervisor or an administrator.",
  });
}

export function noSuchProposal(id: string): SunbaeError {
  return new SunbaeError("not_found", `There is no proposal "${id}".`);
}
