import type { Database } from "../../db/database.ts";

// Kept files: what each file of a kept folder looked like when it was last handed to a job. A file that looks the same
// is not opened, also where its document was deleted by a person: that holds until the file changes.

type Queryable = Pick<Database["pool"], "query">;

export type FileLook = { bytes: number; modifiedMs: number };

export const looksSame = (one: FileLook | undefined, other: FileLook | undefined): boolean =>
  one !== undefined && other !== undefined && one.bytes === other.bytes && one.modifiedMs === other.modifiedMs;

export async function readKeptFiles(pool: Queryable, folder: string): Promise<Map<string, FileLook>> {
  const { rows } = await pool.query<{ file: string; bytes: string; modified_ms: number }>(
    `SELECT file, bytes, modified_ms FROM kept_files WHERE folder = $1`,
    [folder],
  );
  return new Map(rows.map((row) => [row.file, { bytes: Number(row.bytes), modifiedMs: row.modified_ms }]));
}

export async function storeKeptFiles(
  pool: Queryable,
  folder: string,
  jobId: string | null,
  files: ReadonlyMap<string, FileLook>,
  gone: string[],
): Promise<void> {
  const rows = [...files].map(([file, { bytes, modifiedMs }]) => ({ file, bytes, modified_ms: modifiedMs }));
  await pool.query(
    `WITH gone AS (DELETE FROM kept_files WHERE folder = $1 AND file = ANY($4::text[]))
     INSERT INTO kept_files (folder, file, bytes, modified_ms, job_id)
     SELECT $1, file, bytes, modified_ms, $2 FROM jsonb_to_recordset($3::jsonb)
       AS row (file text, bytes bigint, modified_ms double precision)
     ON CONFLICT (folder, file) DO UPDATE
       SET bytes = excluded.bytes, modified_ms = excluded.modified_ms, job_id = excluded.job_id`,
    [folder, jobId, JSON.stringify(rows), gone],
  );
}

export async function readKeptFolders(pool: Queryable): Promise<string[]> {
  const { rows } = await pool.query<{ folder: string }>(`SELECT DISTINCT folder FROM kept_files`);
  return rows.map((row) => row.folder);
}

/** Files of a kept folder that could not be read, as they were when last tried. */
export async function readKeptFailures(pool: Queryable, folder: string): Promise<{ path: string; reason: string }[]> {
  const { rows } = await pool.query<{ path: string; reason: string }>(
    `SELECT f.path, coalesce(f.reason, '') AS reason FROM kept_files k
     JOIN ingest_files f ON f.job_id = k.job_id AND f.file = k.file
     WHERE k.folder = $1 AND f.verdict = 'failed' ORDER BY f.path`,
    [folder],
  );
  return rows;
}
