import { and, desc, eq, lt } from "drizzle-orm";
import type { Db } from "../db/database.ts";
import { auditEntries } from "../db/schema/audit.ts";

export type AuditEntry = typeof auditEntries.$inferSelect;

export type AuditFilter = { entity?: string; entityId?: string; beforeSeq?: number; limit?: number };

/** Entries, newest first; page on with `beforeSeq`. */
export async function listAudit(db: Pick<Db, "select">, filter: AuditFilter = {}): Promise<AuditEntry[]> {
  const { entity, entityId, beforeSeq, limit = 50 } = filter;
  return await db
    .select()
    .from(auditEntries)
    .where(
      and(
        entity === undefined ? undefined : eq(auditEntries.entity, entity),
        entityId === undefined ? undefined : eq(auditEntries.entityId, entityId),
        beforeSeq === undefined ? undefined : lt(auditEntries.seq, beforeSeq),
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(Math.min(limit, 500));
}
