import { join } from "node:path";
import { openDatabase } from "../../../src/db/open-database.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { freeAllJobs, waitingJobs } from "../../../src/knowledge/ingest/job-lease.ts";
import { runIngest } from "../../../src/knowledge/ingest/run-ingest.ts";
import { startIngest } from "../../../src/knowledge/ingest/start-ingest.ts";
import { sweepIngestion } from "../../../src/knowledge/ingest/sweep-ingestion.ts";
import { createBuiltinEmbedder } from "../../../src/llm/embeddings/builtin.ts";
import { contextOf } from "../support.ts";

// One process of an ingestion that is killed again and again: it takes up the job that its predecessor left.

const [dataDir, folder] = process.argv.slice(2) as [string, string];
const database = await openDatabase({ dataDir });
await migrate(database, join(import.meta.dirname, "../../../drizzle"));
const knowledge = { database, embedder: createBuiltinEmbedder() };
const ctx = contextOf(["admin"]);
await freeAllJobs(database.pool);
await sweepIngestion(database);
const input = { kind: "paths" as const, paths: [folder], root: folder };
const known = await database.pool.query("SELECT FROM ingest_jobs");
if (known.rowCount === 0) await startIngest(ctx, { knowledge, enqueue: async () => {} }, input);
process.stdout.write("working\n");
for (const job of await waitingJobs(database.pool)) await runIngest(ctx, { knowledge, worker: "child" }, job);
process.stdout.write("done\n");
await database.close();
