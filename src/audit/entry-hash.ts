import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";

// The audit chain: every entry's hash covers its content and the hash of the entry before it, so that a changed,
// removed or inserted entry breaks every later link. Cutting off the newest entries shows only against a noted head.

export type AuditContent = {
  at: Date;
  actor: string;
  door: string;
  action: string;
  entity: string;
  entityId: string;
  details: Record<string, unknown>;
};

/** What the first entry follows. */
export const genesisHash = "0".repeat(64);

/** SHA-256, in hex, over the previous hash and the canonical JSON of the content. */
export function entryHash(previousHash: string, content: AuditContent): string {
  const { at, actor, door, action, entity, entityId, details } = content;
  const text = canonicalJson({ at: at.toISOString(), actor, door, action, entity, entityId, details });
  return createHash("sha256").update(`${previousHash}\n${text}`).digest("hex");
}
