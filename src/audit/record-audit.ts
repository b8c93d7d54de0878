import { desc, sql } from "drizzle-orm";
import type { Actor } from "../core/context.ts";
import type { Transaction } from "../db/database.ts";
import { auditEntries } from "../db/schema/audit.ts";
import { entryHash, genesisHash } from "./entry-hash.ts";

export type AuditRecord = {
  actor: Pick<Actor, "id" | "door">;
  /** `entity.verb`, e.g. "proposal.approve". */
  action: string;
  entity: string;
  entityId: string;
  /** JSON; no secrets. */
  details?: Record<string, unknown>;
};

/** A transaction, or Drizzle over a client that is in one. */
type Writer = Pick<Transaction, "execute" | "select" | "insert">;

/** Any number, the same in every process: one appends to the chain at a time. */
const chainLock = 7_262_223_002;

/**
 * Appends an entry to the audit chain, in the transaction of what it records: both are kept or neither.
 * Call it last: until the transaction ends, other appenders wait for the chain.
 */
export async function recordAudit(tx: Writer, record: AuditRecord, now: Date): Promise<{ hash: string }> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${chainLock}::bigint)`);
  const [last] = await tx
    .select({ hash: auditEntries.hash })
    .from(auditEntries)
    .orderBy(desc(auditEntries.seq))
    .limit(1);
  const previousHash = last?.hash ?? genesisHash;
  const content = {
    at: now,
    actor: record.actor.id,
    door: record.actor.door,
    action: record.action,
    entity: record.entity,
    entityId: record.entityId,
    details: JSON.parse(JSON.stringify(record.details ?? {})) as Record<string, unknown>,
  };
  const hash = entryHash(previousHash, content);
  await tx.insert(auditEntries).values({ ...content, previousHash, hash });
  return { hash };
}
