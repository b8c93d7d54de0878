import { silentLogger, type Database, type DatabaseLogger } from "./database.ts";
import { openEmbedded } from "./embedded/open-embedded.ts";
import { openPostgres } from "./postgres/open-postgres.ts";

export type OpenDatabaseOptions = ({ dataDir: string } | { url: string }) & { logger?: DatabaseLogger };

/**
 * Opens the embedded database of a data folder, or a Postgres server. Migrations are the caller's (`migrate`).
 * Throws `conflict` where the folder is in use, or the folder or the server doesn't fit this build; `unavailable`
 * where it can't be opened. Later a lost connection or a crashed engine rejects the queries under way with
 * `unavailable`, and the next ones wait for it to be open again.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const logger = options.logger ?? silentLogger;
  if ("url" in options) return await openPostgres(options.url, logger);
  const { host: _host, ...database } = await openEmbedded(options.dataDir, logger);
  return database;
}
