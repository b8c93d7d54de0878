import { existsSync } from "node:fs";
import type { Database } from "../../db/database.ts";
import { pipelineVersion } from "./content-hash.ts";

type Outdated = { path: string; root: string; file: string; original: string | null };

/** Where the files of outdated documents are: on disk, or kept. Of what is neither, the old form stays. */
export async function outdatedFiles(
  database: Pick<Database, "pool">,
): Promise<{ path: string; root: string; file: string; storedFile: string | null }[]> {
  const { rows } = await database.pool.query<Outdated>(
    `SELECT path, root, file, original FROM documents WHERE pipeline <> $1 ORDER BY path COLLATE "C"`,
    [pipelineVersion],
  );
  return rows
    .map(({ original, ...where }) => ({ ...where, storedFile: isThere(where.file) ? null : original }))
    .filter(({ file, storedFile }) => storedFile !== null || isThere(file));
}

const isThere = (file: string): boolean => file !== "" && existsSync(file);
