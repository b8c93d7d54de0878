import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/database.ts";
import { proposals } from "../../db/schema/proposals.ts";
import { noSuchProposal, type ProposalRow } from "./proposal-row.ts";

/** The proposal, locked until the transaction ends, so that two decisions follow one another. */
export async function lockProposal(tx: Transaction, id: string): Promise<ProposalRow> {
  const [row] = await tx.select().from(proposals).where(eq(proposals.id, id)).for("update");
  if (!row) throw noSuchProposal(id);
  return row;
}
