import { drizzle } from "drizzle-orm/node-postgres";
import type { Database, DatabaseLogger } from "../database.ts";
import { describeServer } from "../describe-server.ts";
import { createPool, socketTo } from "../pool.ts";
import { checkEngineMarker, writeEngineMarker } from "./engine-marker.ts";
import { startHost, type Host } from "./host.ts";
import { takeLock } from "./lock.ts";
import { dataFolder } from "./paths.ts";
import { defaultUpkeep } from "./upkeep.ts";

/** One backend serves them all; a few connections let others prepare their queries meanwhile. */
const connections = 4;

/** A database over a running worker; `release` runs after the worker has ended. */
export function databaseOverHost(
  host: Host,
  socketPath: string,
  logger: DatabaseLogger,
  release: () => Promise<void>,
): Database {
  const pool = createPool(
    {
      stream: socketTo(socketPath),
      ssl: false, // whatever PGSSLMODE says
      user: "postgres",
      database: "postgres",
      max: connections,
      idleTimeoutMillis: 0,
    },
    { logger, beforeConnect: host.ready },
  );
  const db = drizzle({ client: pool });
  let closed: Promise<void> | null = null;
  const close = async () => {
    await pool.end();
    await host.close();
    await release();
  };
  return {
    db,
    pool,
    engine: "embedded",
    describe: () => describeServer(db),
    close: () => (closed ??= close()),
  };
}

/** Opens the folder for this process alone. Throws `conflict` where another holds it or a newer engine wrote it. */
export async function openEmbedded(dataDir: string, logger: DatabaseLogger): Promise<Database & { host: Host }> {
  const folder = dataFolder(dataDir);
  const lock = await takeLock(dataDir, new Date());
  try {
    checkEngineMarker(folder);
    const socketPath = lock.sockets.postgres;
    const host = await startHost(
      { storage: { kind: "folder", path: folder.pgData }, socketPath, durable: true, upkeep: defaultUpkeep },
      logger,
    );
    writeEngineMarker(folder);
    return { ...databaseOverHost(host, socketPath, logger, lock.release), host };
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
}
