import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge } from "./knowledge.ts";
import { openStoredFile } from "./ingest/stored-files.ts";

/** The file of a document as it came, a part at a time, with its size in bytes. Rejects with `not_found` where it was not kept or may not be read. */
export async function readOriginal(
  ctx: Ctx,
  { database }: Pick<Knowledge, "database">,
  { documentId }: { documentId: string },
): Promise<{ name: string; bytes: number; parts: AsyncIterable<Uint8Array> }> {
  const { rows } = await database.pool.query<{ path: string; title: string; file: string | null }>(
    `SELECT d.path, d.title, d.original AS file FROM documents d WHERE d.id = $1 AND ${readableBy(2)}`,
    [documentId, readerRoles(ctx)],
  );
  const [row] = rows;
  if (!row) throw new SunbaeError("not_found", `There is no document "${documentId}".`);
  if (row.file === null)
    throw new SunbaeError("not_found", `The file of "${row.title}" was not kept, only its text.`, {
      fix: `It was read from ${row.path}.`,
    });
  return { name: row.path.split("/").at(-1) ?? row.title, ...(await openStoredFile(database, row.file)) };
}
