import { and, desc, eq, lt } from "drizzle-orm";
import type { Ctx } from "../../core/context.ts";
import type { Proposal } from "../../core/run-event.ts";
import type { Db } from "../../db/database.ts";
import { proposals } from "../../db/schema/proposals.ts";
import { noSuchProposal, toView, type ProposalView } from "./proposal-row.ts";

export type ListProposalsInput = {
  status?: Proposal["status"];
  runId?: string;
  equipmentId?: string;
  /** ISO 8601: only proposals made before it; to page on. */
  before?: string;
  /** 50 unless told, 200 at most. */
  limit?: number;
};

/** Proposals, newest first. Everyone may see what waits; only some may decide. */
export async function listProposals(
  _ctx: Ctx,
  db: Pick<Db, "select">,
  input: ListProposalsInput = {},
): Promise<ProposalView[]> {
  const { status, runId, equipmentId, before, limit = 50 } = input;
  const rows = await db
    .select()
    .from(proposals)
    .where(
      and(
        status === undefined ? undefined : eq(proposals.status, status),
        runId === undefined ? undefined : eq(proposals.runId, runId),
        equipmentId === undefined ? undefined : eq(proposals.equipmentId, equipmentId),
        before === undefined ? undefined : lt(proposals.createdAt, new Date(before)),
      ),
    )
    .orderBy(desc(proposals.createdAt), desc(proposals.id))
    .limit(Math.min(Math.max(limit, 1), 200));
  return rows.map(toView);
}

/** One proposal; rejects with `not_found`. */
export async function getProposal(_ctx: Ctx, db: Pick<Db, "select">, id: string): Promise<ProposalView> {
  const [row] = await db.select().from(proposals).where(eq(proposals.id, id));
  if (!row) throw noSuchProposal(id);
  return toView(row);
}
