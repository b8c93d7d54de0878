import { asc, gt } from "drizzle-orm";
import type { Db } from "../db/database.ts";
import { auditEntries } from "../db/schema/audit.ts";
import { entryHash, genesisHash } from "./entry-hash.ts";

export type AuditVerdict = {
  entries: number;
  /** Hash of the newest entry: noted elsewhere, it shows later whether newer entries were cut off. */
  head: string;
  /** The first entry that doesn't fit; null where the chain is whole. */
  broken: { seq: number; reason: "content-changed" | "link-broken" } | null;
};

const pageSize = 1_000;

/** Recomputes the whole chain, oldest first, and stops at the first entry that doesn't fit. */
export async function verifyAuditChain(db: Pick<Db, "select">): Promise<AuditVerdict> {
  let head = genesisHash;
  let seq = 0;
  let entries = 0;
  for (;;) {
    const page = await db
      .select()
      .from(auditEntries)
      .where(gt(auditEntries.seq, seq))
      .orderBy(asc(auditEntries.seq))
      .limit(pageSize);
    for (const entry of page) {
      seq = entry.seq;
      if (entry.previousHash !== head) return { entries, head, broken: { seq, reason: "link-broken" } };
      if (entry.hash !== entryHash(head, entry)) return { entries, head, broken: { seq, reason: "content-changed" } };
      head = entry.hash;
      entries += 1;
    }
    if (page.length < pageSize) return { entries, head, broken: null };
  }
}
