import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { recordAudit } from "../audit/record-audit.ts";
import type { Ctx, Language } from "../core/context.ts";
import { hasRole } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { inTransaction } from "../db/in-transaction.ts";
import { readableBy, readerRoles } from "./access.ts";
import { familyOf } from "./editions/family-of.ts";
import { plainRevision } from "./editions/read-edition.ts";
import { holdFamilies, settleEditions } from "./editions/settle-editions.ts";
import { bumpVersion } from "./index/versions.ts";
import type { DocumentKind, Knowledge } from "./knowledge.ts";
import { documentColumns } from "./list-documents.ts";
import type { DocumentSummary } from "./list-documents.ts";
import { readMetadata } from "./load/metadata.ts";
import type { Metadata } from "./load/metadata.ts";
import { trustOf } from "./structure/trust-of.ts";

export type UpdateDocumentInput = {
  documentId: string;
  title?: string;
  kind?: Exclude<DocumentKind, "card" | "glossary">;
  models?: string[];
  equipmentIds?: string[];
  /** Null takes back what was set: what the file says counts again once it is read anew. */
  revision?: string | null;
  date?: string | null;
  approved?: boolean;
  language?: Language;
};

/**
 * Sets a document's metadata by hand; it outlives new readings of the file. In force at once, but for the words of a
 * new title in searches, which follow when the file is read again. Rejects with `forbidden` (supervisors and experts
 * may; approving needs a supervisor), `not_found`, `invalid_input`, or `conflict` for cards and glossaries.
 */
export async function updateDocument(
  ctx: Ctx,
  knowledge: Pick<Knowledge, "database">,
  input: UpdateDocumentInput,
): Promise<DocumentSummary> {
  if (!hasRole(ctx.actor, "supervisor", "expert"))
    throw new SunbaeError("forbidden", "Only supervisors and experts set a document's metadata.");
  if (input.approved !== undefined && !hasRole(ctx.actor, "supervisor"))
    throw new SunbaeError("forbidden", "Only supervisors approve documents.");
  const { documentId, equipmentIds, ...rest } = input;
  const given = Object.entries({ ...rest, equipment: equipmentIds }).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw new SunbaeError("invalid_input", "Nothing is given to be set.");
  const set = Object.fromEntries(given.filter(([, value]) => value !== null));
  const { metadata, wrong } = readMetadata(set);
  if (wrong.length > 0) throw new SunbaeError("invalid_input", `${wrong.join("; ")}.`);
  return await inTransaction(knowledge.database.pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('document ' || $1, 0))`, [documentId]);
    const before = await readSummary(ctx, client, documentId);
    const cleared = given.filter(([, value]) => value === null).map(([field]) => field);
    const after = await write(client, before, metadata, cleared);
    await bumpVersion(client);
    const details = { set: metadata, cleared, path: before.path };
    await recordAudit(
      drizzle({ client }),
      { actor: ctx.actor, action: "document.update", entity: "document", entityId: documentId, details },
      ctx.now(),
    );
    return after;
  });

  async function write(tx: pg.PoolClient, before: DocumentSummary, set: Metadata, cleared: string[]) {
    const next = withMetadata(before, set, cleared);
    const family = familyOf(next);
    const touched = await holdFamilies(tx, documentId, [{ family, supersedes: [] }]);
    const overrides = { ...before.overrides, ...set };
    for (const field of cleared) delete overrides[field as keyof Metadata];
    await tx.query(
      `UPDATE documents SET title = $2, kind = $3, models = $4, equipment_ids = $5, revision = $6, date = $7,
         approved = $8, language = $9, trust = $10, family = $11, overrides = $12 WHERE id = $1`,
      [
        documentId,
        next.title,
        next.kind,
        next.models,
        next.equipmentIds,
        next.revision,
        next.date,
        next.approved,
        next.language,
        trustOf(next),
        family,
        overrides,
      ],
    );
    // Entries that name their own models keep them.
    if (set.models)
      await tx.query(`UPDATE alarm_entries SET models = $3 WHERE document_id = $1 AND models = $2`, [
        documentId,
        before.models,
        next.models,
      ]);
    await settleEditions(tx, touched);
    return await readSummary(ctx, tx, documentId);
  }
}

async function readSummary(ctx: Ctx, client: pg.PoolClient, id: string): Promise<DocumentSummary> {
  const { rows } = await client.query<DocumentSummary>(
    `SELECT ${documentColumns} FROM documents d WHERE d.id = $1 AND ${readableBy(2)}`,
    [id, readerRoles(ctx)],
  );
  const [document] = rows;
  if (!document) throw new SunbaeError("not_found", `There is no document "${id}".`);
  if (document.kind === "card" || document.kind === "glossary")
    throw new SunbaeError("conflict", `A ${document.kind} says its own metadata.`, { fix: "Change the file itself." });
  return document;
}

function withMetadata(before: DocumentSummary, set: Metadata, cleared: string[]): DocumentSummary {
  return {
    ...before,
    title: set.title ?? before.title,
    kind: set.kind ?? before.kind,
    models: set.models ?? before.models,
    equipmentIds: set.equipment ?? before.equipmentIds,
    revision:
      set.revision !== undefined ? plainRevision(set.revision) : cleared.includes("revision") ? null : before.revision,
    date: set.date ?? (cleared.includes("date") ? null : before.date),
    approved: set.approved ?? before.approved,
    language: set.language ?? before.language,
  };
}
