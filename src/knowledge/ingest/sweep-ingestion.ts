import type { Database } from "../../db/database.ts";
import { sweepStagedPages } from "./staged-pages.ts";
import { sweepStoredFiles } from "./stored-files.ts";

/** Removes what dead processes left behind, and jobs that ended long ago. */
export async function sweepIngestion({ pool }: Pick<Database, "pool">): Promise<void> {
  await pool.query(`DELETE FROM ingest_jobs WHERE finished_at < now() - interval '30 days'`);
  await sweepStagedPages(pool);
  await sweepStoredFiles(pool);
}
