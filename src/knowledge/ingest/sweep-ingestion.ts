import type { Database } from "../../db/database.ts";
import { sweepBodies } from "./bodies.ts";
import { sweepStagedPages } from "./staged-pages.ts";
import { sweepStoredFiles } from "./stored-files.ts";

/** Removes what dead processes left behind, and jobs that ended long ago. */
export async function sweepIngestion(database: Pick<Database, "pool" | "engine">): Promise<void> {
  const { pool } = database;
  await pool.query(
    `DELETE FROM ingest_jobs j WHERE finished_at < now() - interval '30 days'
     AND NOT EXISTS (SELECT FROM kept_files k WHERE k.job_id = j.id)`,
  );
  await sweepBodies(database);
  await sweepStagedPages(pool);
  await sweepStoredFiles(pool);
}
