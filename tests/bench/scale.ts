import { join } from "node:path";
import type { Ctx } from "../../src/core/context.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import { findInstalledPostgres, lackOfVector } from "../services/find-postgres.ts";
import { startCluster } from "../services/start-cluster.ts";
import type { Bench } from "./bench.ts";
import { fillWhileAsked } from "./fill-while-asked.ts";
import { readMaking } from "./how-it-was-made.ts";
import type { Measurement } from "./measurement.ts";
import { repository } from "./places.ts";
import { measureIndex } from "./scale-index.ts";

const ctx: Ctx = {
  actor: { id: "bench", name: "bench", roles: ["technician"], door: "test" },
  timeZone: "Asia/Seoul",
  now: () => new Date(),
};
/** Retrieval at scale on the embedded database, and on Postgres with pgvector where this machine has one. */
export const measureScale: Bench = async (run) => {
  const { folders, say, short } = run;
  const size = `${folders.chunks.toLocaleString("en-US")} chunks`;
  const folder = await folders.largeIndex();
  const database = await openDatabase({ dataDir: folder });
  const embedder = createBuiltinEmbedder();
  const measurements: Measurement[] = readMaking(folder);
  try {
    // The kept folder may be older than this build.
    await migrate(database, join(repository, "drizzle"));
    measurements.push(...(await measureIndex(ctx, { database, embedder }, `${size}, embedded`, () => 60)));
  } finally {
    await database.close();
  }
  if (short) return measurements;
  const postgres = findInstalledPostgres();
  const cluster = postgres && (await startCluster(postgres));
  if (!cluster) say("  no Postgres on this machine: the server path is not measured");
  if (!cluster) return measurements;
  try {
    const lack = await lackOfVector(cluster.url, null);
    if (lack) say(`  the server path is not measured: ${lack}`);
    else measurements.push(...(await measureServer(cluster.url, folders.chunks, size, say)));
  } finally {
    await cluster.stop();
  }
  return measurements;
};

async function measureServer(url: string, chunks: number, size: string, say: (text: string) => void) {
  const database = await openDatabase({ url });
  try {
    await migrate(database, join(repository, "drizzle"));
    const knowledge: Knowledge = { database, embedder: createBuiltinEmbedder() };
    const made = await fillWhileAsked(ctx, knowledge, chunks, `${size}, Postgres`, say);
    await database.pool.query("VACUUM ANALYZE");
    return [...made, ...(await measureIndex(ctx, knowledge, `${size}, Postgres`, (bareMs) => 2 * bareMs))];
  } finally {
    await database.close();
  }
}
