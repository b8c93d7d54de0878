import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { openDatabase } from "../../../src/db/open-database.ts";
import { createBuiltinEmbedder } from "../../../src/llm/embeddings/builtin.ts";
import { temporaryFolder } from "../../support/data-folder.ts";
import { snapshotOf, type Snapshot } from "./index-snapshot.ts";
import { writeMixedFolder } from "./mixed-folder.ts";

// `npm run test:services -- kills` kills thirty times.
const kills = Number(process.env["SUNBAE_TEST_KILLS"] ?? 3);

/** Runs the child to its end, or kills it some time after it began to work. True if it came to its end. */
async function run(dataDir: string, folder: string, killAfterMs: number | null): Promise<boolean> {
  const script = join(import.meta.dirname, "kill-child.ts");
  const child = spawn(process.execPath, [script, dataDir, folder], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (data: Buffer) => (said += data.toString()));
  const exited = once(child, "exit");
  while (!said.includes("working") && child.exitCode === null) await Promise.race([pause(10), exited]);
  if (killAfterMs !== null) {
    await Promise.race([pause(killAfterMs), exited]);
    child.kill("SIGKILL");
  }
  await exited;
  return said.includes("done");
}

async function snapshot(dataDir: string): Promise<{ index: Snapshot; verdicts: Record<string, number>; jobs: number }> {
  const database = await openDatabase({ dataDir });
  try {
    const index = await snapshotOf({ database, embedder: createBuiltinEmbedder() }, [
      "bearing 7 greased",
      "E21",
      "seal of pump 5",
    ]);
    const { rows } = await database.pool.query<{ verdict: string; n: number }>(
      "SELECT verdict, count(*)::int AS n FROM ingest_files GROUP BY verdict",
    );
    const jobs = (await database.pool.query("SELECT FROM ingest_jobs")).rowCount ?? 0;
    return { index, verdicts: Object.fromEntries(rows.map((row) => [row.verdict, row.n])), jobs };
  } finally {
    await database.close();
  }
}

it(
  `ends in the same index however often its process is killed (${kills} times)`,
  { timeout: kills * 20_000 + 120_000 },
  async () => {
    const folder = temporaryFolder();
    await writeMixedFolder(folder, kills > 10 ? 400 : 170);
    const [quiet, killed] = [temporaryFolder(), temporaryFolder()];
    expect(await run(quiet, folder, null)).toBe(true);
    let survived = 0;
    for (let round = 0; round < kills; round += 1) {
      // Early and late, so that every stage is hit: planning, small files, pages, writing, settling.
      const span = 150 + (2_400 * round) / kills;
      if (await run(killed, folder, 40 + Math.random() * span)) break;
      survived += 1;
    }
    expect(await run(killed, folder, null)).toBe(true);
    const [expected, found] = [await snapshot(quiet), await snapshot(killed)];
    console.log(`killed ${survived} times at work`);
    expect(found.index).toEqual(expected.index);
    expect(found.verdicts).toEqual(expected.verdicts);
    expect(found.jobs).toBe(1);
    expect(expected.verdicts).toMatchObject({ added: 38, failed: 2, skipped: 1 });
    expect(survived).toBeGreaterThan(0);
  },
);
