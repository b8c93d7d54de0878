import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import { SunbaeError } from "../../core/errors.ts";
import type { Database } from "../../db/database.ts";
import { inTransaction } from "../../db/in-transaction.ts";

// Stored files: uploads that wait to be read, and originals of documents whose pages are shown. A file's id is the
// SHA-256 of its bytes, so that the same file is kept once however often it comes.

const partBytes = 512 * 1024;

/** A file that is still arriving; where it never ends, the sweep removes what came. */
const arriving = "arriving ";

/** Keeps the bytes as they come, a part in memory at a time. What the source throws leaves nothing behind. */
export async function storeFile(
  database: Pick<Database, "pool">,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ id: string; bytes: number }> {
  const { pool } = database;
  const temporary = `${arriving}${randomUUID()}`;
  const hash = createHash("sha256");
  let bytes = 0;
  let part = 0;
  await pool.query(`INSERT INTO stored_files (id, bytes, created_at) VALUES ($1, 0, now())`, [temporary]);
  try {
    for await (const data of partsOf(source)) {
      hash.update(data);
      bytes += data.length;
      await pool.query(`INSERT INTO stored_file_parts (file_id, part, data) VALUES ($1, $2, $3)`, [
        temporary,
        part++,
        data,
      ]);
    }
    const id = hash.digest("hex");
    await settle(database, temporary, id, bytes);
    return { id, bytes };
  } catch (thrown) {
    await pool.query(`DELETE FROM stored_files WHERE id = $1`, [temporary]).catch(() => undefined);
    throw thrown;
  }
}

/** Keeps bytes whose SHA-256 is known. Where the same file is there already, that one counts as new. */
export async function storeBytes(database: Pick<Database, "pool">, id: string, bytes: Uint8Array): Promise<void> {
  const there = await database.pool.query(`UPDATE stored_files SET created_at = now() WHERE id = $1`, [id]);
  if (there.rowCount === 0) await storeFile(database, [bytes]);
}

/** Under its own name, or away where the same file is there already; that one counts as new, so that no sweep takes it. */
async function settle({ pool }: Pick<Database, "pool">, temporary: string, id: string, bytes: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ is_new: boolean }>(
      `INSERT INTO stored_files (id, bytes, created_at) VALUES ($1, $2, now())
       ON CONFLICT (id) DO UPDATE SET created_at = now() RETURNING xmax = 0 AS is_new`,
      [id, bytes],
    );
    if (rows[0]?.is_new)
      await client.query(`UPDATE stored_file_parts SET file_id = $2 WHERE file_id = $1`, [temporary, id]);
    await client.query(`DELETE FROM stored_files WHERE id = $1`, [temporary]);
  });
}

/** Cuts what comes into parts of one size, each a buffer of its own. */
async function* partsOf(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length;) {
      const taken = chunk.subarray(at, at + partBytes - length);
      waiting.push(Buffer.from(taken));
      length += taken.length;
      at += taken.length;
      if (length < partBytes) continue;
      yield Buffer.concat(waiting);
      [waiting, length] = [[], 0];
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** The bytes of a stored file. Rejects with `not_found`. */
export async function readStoredFile(database: Pick<Database, "pool">, id: string): Promise<Buffer> {
  const { bytes, parts } = await openStoredFile(database, id);
  const whole = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  for await (const data of parts) at += data.copy(whole, at);
  return whole;
}

/** A stored file a part at a time, with its size in bytes. Rejects with `not_found`; the parts throw where one is gone. */
export async function openStoredFile(
  { pool }: Pick<Database, "pool">,
  id: string,
): Promise<{ bytes: number; parts: AsyncGenerator<Buffer> }> {
  const { rows } = await pool.query<{ bytes: string }>(`SELECT bytes FROM stored_files WHERE id = $1`, [id]);
  const [file] = rows;
  if (!file) throw new SunbaeError("not_found", "The file is no longer kept.");
  const bytes = Number(file.bytes);
  return { bytes, parts: readParts() };

  async function* readParts(): AsyncGenerator<Buffer> {
    for (let part = 0, at = 0; at < bytes; part += 1) {
      const found = await pool.query<{ data: Buffer }>(
        `SELECT data FROM stored_file_parts WHERE file_id = $1 AND part = $2`,
        [id, part],
      );
      const data = found.rows[0]?.data;
      if (!data) throw new SunbaeError("internal", `Part ${part} of a stored file is missing.`);
      at += data.length;
      yield data;
    }
  }
}

const unused = `NOT EXISTS (SELECT FROM documents d WHERE d.original = f.id)
  AND NOT EXISTS (SELECT FROM ingest_files i WHERE i.stored_file = f.id)`;

/** Removes a file that no document and no job needs any more. */
export async function dropUnusedFile(client: Pick<pg.PoolClient, "query">, id: string): Promise<void> {
  await client.query(`DELETE FROM stored_files f WHERE id = $1 AND ${unused}`, [id]).catch(ignoreUsedMeanwhile);
}

/** Removes every file that nothing refers to: only while no other process can be bringing one. */
export async function dropUnusedFiles(pool: Pick<pg.Pool, "query">): Promise<void> {
  await pool.query(`DELETE FROM stored_files f WHERE ${unused}`);
}

/** Removes what nothing refers to after an hour: uploads that broke off, files of processes that died. */
export async function sweepStoredFiles(client: Pick<pg.PoolClient, "query">): Promise<number> {
  const swept = await client
    .query(`DELETE FROM stored_files f WHERE created_at < now() - interval '1 hour' AND ${unused}`)
    .catch(ignoreUsedMeanwhile);
  return swept?.rowCount ?? 0;
}

/** Somebody referred to the file between our look and the removal: then it stays. */
function ignoreUsedMeanwhile(error: { code?: string }): null {
  if (error.code !== "23503") throw error;
  return null;
}
