import { z } from "zod";
import type { Ctx } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { Transaction } from "../../db/database.ts";
import { qualityHolds } from "../../db/schema/proposals.ts";
import type { WorkOrderWriter } from "../../plant/mes-store.ts";
import type { ProposalRow } from "./proposal-row.ts";

const workOrder = z.object({
  equipmentId: z.string().min(1),
  description: z.string().min(1),
  priority: z.number(),
  preventive: z.boolean(),
  primaryCode: z.string().nullable(),
  alarmCode: z.string().nullable(),
  requestedBy: z.string(),
});
const qualityHold = z.object({
  lotIds: z.array(z.string().min(1)).min(1),
  equipmentId: z.string().nullable(),
  reason: z.string().min(1),
});

/** Writes what a proposal stands for, in the transaction of its approval. */
export async function writeApproved(
  ctx: Ctx,
  row: ProposalRow,
  workOrders: WorkOrderWriter,
  tx: Transaction,
  at: Date,
): Promise<{ entity: "work_order" | "quality_hold"; id: string }> {
  if (row.kind === "work-order") {
    const payload = parsed(workOrder, row);
    const { id } = await workOrders.write({ ...payload, proposalId: row.id, openedAt: at }, tx);
    return { entity: "work_order", id };
  }
  const { lotIds, equipmentId, reason } = parsed(qualityHold, row);
  const id = `QH-${row.id.replace(/^PR-/, "")}`;
  await tx
    .insert(qualityHolds)
    .values({ id, proposalId: row.id, lotIds, equipmentId, reason, createdBy: ctx.actor.id, createdAt: at });
  return { entity: "quality_hold", id };
}

function parsed<Schema extends z.ZodType>(schema: Schema, row: ProposalRow): z.output<Schema> {
  const result = schema.safeParse(row.payload);
  if (result.success) return result.data;
  throw new SunbaeError("internal", `The proposal ${row.id} can't be written: ${z.prettifyError(result.error)}`);
}
