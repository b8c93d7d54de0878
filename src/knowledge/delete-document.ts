import type { Ctx } from "../core/context.ts";
import { holdFamilies, settleEditions } from "./editions/settle-editions.ts";
import { bumpVersion } from "./index/versions.ts";
import { removeDocument } from "./ingest/remove-document.ts";
import type { Knowledge } from "./knowledge.ts";

/** Removes every trace of a document: text, chunks, vectors, entries, cards, and its words from the index. False if unknown. */
export async function deleteDocument(_ctx: Ctx, knowledge: Knowledge, input: { documentId: string }): Promise<boolean> {
  const client = await knowledge.database.pool.connect();
  try {
    await client.query("BEGIN");
    const touched = await holdFamilies(client, input.documentId);
    const removed = await removeDocument(client, input.documentId);
    if (removed) await settleEditions(client, touched);
    if (removed) await bumpVersion(client);
    await client.query("COMMIT");
    return removed;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
