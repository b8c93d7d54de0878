import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { recordAudit } from "../audit/record-audit.ts";
import { hasRole } from "../core/context.ts";
import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { holdFamilies, settleEditions } from "./editions/settle-editions.ts";
import { bumpVersion } from "./index/versions.ts";
import { removeDocument } from "./ingest/remove-document.ts";
import { dropUnusedFile } from "./ingest/stored-files.ts";
import type { Knowledge } from "./knowledge.ts";

/**
 * Removes every trace of a document: text, chunks, vectors, entries, cards, its words from the index, and its stored
 * file unless another document has the same. False if unknown. Rejects with `forbidden`: supervisors and experts may.
 * `also` is done in the same transaction.
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
  const client = await pool.connect();
  let removed: Awaited<ReturnType<typeof removeDocument>>;
  try {
    await client.query("BEGIN");
    const touched = await holdFamilies(client, documentId);
    removed = await removeDocument(client, documentId);
    if (removed) {
      await settleEditions(client, touched);
      await bumpVersion(client);
    }
    await input.also?.(client);
    if (removed)
      await recordAudit(
        drizzle({ client }),
        {
          actor: ctx.actor,
          action: "document.delete",
          entity: "document",
          entityId: documentId,
          details: { path: removed.path },
        },
        ctx.now(),
      );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  if (removed?.original) await dropUnusedFile(pool, removed.original);
  return removed !== null;
}
