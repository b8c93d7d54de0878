import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { recordAudit } from "../audit/record-audit.ts";
import { hasRole } from "../core/context.ts";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { inTransaction } from "../db/in-transaction.ts";
import { readableBy, readerRoles } from "./access.ts";
import { holdFamilies, settleEditions } from "./editions/settle-editions.ts";
import { bumpVersion } from "./index/versions.ts";
import { removeBody } from "./ingest/bodies.ts";
import { removeDocument } from "./ingest/remove-document.ts";
import { dropUnusedFile } from "./ingest/stored-files.ts";
import type { Knowledge } from "./knowledge.ts";

/**
 * Removes every trace of a document: text, chunks, vectors, entries, cards, its words from the index, and its stored
 * file unless another document has the same. False where there is none (for this actor). Rejects with `forbidden`:
 * supervisors and experts may. `also` is done in the same transaction.
 */
export async function deleteDocument(
  ctx: Ctx,
  knowledge: Pick<Knowledge, "database">,
  input: { documentId: string; also?: (client: pg.PoolClient) => Promise<void> },
): Promise<boolean> {
  if (!hasRole(ctx.actor, "supervisor", "expert"))
    throw new SunbaeError("forbidden", "Only supervisors and experts remove documents.");
  const { pool } = knowledge.database;
  const { documentId } = input;
  const removed = await inTransaction(pool, async (client) => {
    const touched = await holdFamilies(client, documentId);
    const readable = await client.query(`SELECT FROM documents d WHERE d.id = $1 AND ${readableBy(2)}`, [
      documentId,
      readerRoles(ctx),
    ]);
    const document = readable.rowCount ? await removeDocument(client, documentId) : null;
    if (document) {
      // A job's history says that there was a file, not which.
      await client.query(
        `UPDATE ingest_files SET path = '–', file = '', document_id = NULL, reason = NULL, notices = '{}'
         WHERE document_id = $1 AND verdict IS NOT NULL`,
        [documentId],
      );
      await settleEditions(client, touched);
      await bumpVersion(client);
    }
    await input.also?.(client);
    if (document)
      await recordAudit(
        drizzle({ client }),
        {
          actor: ctx.actor,
          action: "document.delete",
          entity: "document",
          entityId: documentId,
          details: { path: document.path },
        },
        ctx.now(),
      );
    return document;
  });
  if (removed?.rest) await removeBody(knowledge.database, removed.rest);
  if (removed?.original) await dropUnusedFile(pool, removed.original);
  return removed !== null;
}
