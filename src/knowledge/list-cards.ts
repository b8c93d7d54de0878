import type { Ctx } from "../core/context.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Card } from "./card.ts";
import type { Knowledge } from "./knowledge.ts";

/** Every card the actor may read, drafts included, by id. */
export async function listCards(ctx: Ctx, knowledge: Pick<Knowledge, "database">): Promise<Card[]> {
  const { rows } = await knowledge.database.pool.query<Card>(
    `SELECT k.id, k.document_id AS "documentId", d.path, k.title, k.models, k.equipment_ids AS "equipmentIds",
            k.component, k.failure_mode AS "failureMode", k.alarms, k.symptom, k.cue, k.claim, k.steps, k.avoid,
            k.applies_when AS "appliesWhen", k.not_when AS "notWhen", k.parts, k.corrects, k.expert,
            k.recorded::text, k.status, k.review_due::text AS "reviewDue", k.confidence, k.evidence, k.body
     FROM cards k JOIN documents d ON d.id = k.document_id WHERE ${readableBy(1)} ORDER BY k.id COLLATE "C" LIMIT 2000`,
    [readerRoles(ctx)],
  );
  return rows;
}
