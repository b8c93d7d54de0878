import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { proposals } from "../../src/db/schema/proposals.ts";
import { runs } from "../../src/db/schema/conversations.ts";
import { startOllamaServer } from "../fakes/ollama-server.ts";
import { temporaryFolder, temporaryFolderUntil } from "../support/data-folder.ts";
import { migrationsFolder } from "../support/database.ts";
import { createScriptedRuntime, follow, ingestTexts } from "../support/scripted-runtime.ts";
import { bakeryDocuments } from "./bakery-documents.ts";

const opened: Database[] = [];
const template = temporaryFolderUntil(afterAll);
beforeAll(async () => {
  const database = await openDatabase({ dataDir: template });
  await migrate(database, migrationsFolder);
  await ingestTexts(createScriptedRuntime(database), bakeryDocuments);
  await database.close();
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

/** A data folder with the bakery's documents. */
function preparedFolder(): string {
  const folder = temporaryFolder();
  cpSync(template, folder, { recursive: true, filter: (path) => !path.endsWith(".sock") });
  return folder;
}

/** Starts a turn in another process and kills that at the first line that fits. */
async function killTurnAt(dataDir: string, line: RegExp, question: string, ollamaUrl?: string): Promise<string> {
  const script = join(import.meta.dirname, "turn-child.ts");
  const child = spawn(process.execPath, [script, dataDir, "key-1", question, ...(ollamaUrl ? [ollamaUrl] : [])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let runId = "";
  const lines = createInterface({ input: child.stdout });
  for await (const said of lines) {
    runId = /^run (.+)$/.exec(said)?.[1] ?? runId;
    if (line.test(said)) break;
  }
  child.kill("SIGKILL");
  await exited;
  if (runId === "") throw new Error("the child took no question");
  return runId;
}

async function restart(dataDir: string) {
  const database = await openDatabase({ dataDir });
  opened.push(database);
  const scripted = createScriptedRuntime(database);
  return { ...scripted, recovered: await scripted.runtime.recover() };
}

const draftQuestion = "write a work order for OV-01: lower coil broken";
const again = { question: draftQuestion, dedupeKey: "key-1" };
const proposed = async (database: Database): Promise<string[]> =>
  (await database.db.select().from(proposals)).map(({ id }) => id);

describe("after kill -9 in the middle of a turn", { timeout: 90_000 }, () => {
  it.each([
    ["as soon as the question is acknowledged", /^run /],
    ["once a draft is kept", /^tool-started$/],
  ])("%s, the message is there, the run has ended, and nothing is written twice", async (_when, line) => {
    const dataDir = preparedFolder();
    const runId = await killTurnAt(dataDir, line, draftQuestion);
    const { runtime, database, ctx } = await restart(dataDir);
    const { numbered, events } = await follow(runtime, runId);
    const [row] = await database.db.select().from(runs);
    expect(row).toMatchObject({ id: runId, question: draftQuestion });
    expect(["interrupted", "finished"]).toContain(row?.status);
    expect(numbered.map(({ seq }) => seq)).toEqual(numbered.map((_, index) => index + 1));
    expect(["run-failed", "run-finished"]).toContain(events.at(-1)?.type);

    const before = await proposed(database);
    const second = await runtime.start(ctx, again);
    await follow(runtime, second.runId);
    expect(second).toMatchObject({ runId, duplicate: true });
    // Killed before its draft, the run has none; asking again with the same key never makes a second.
    expect(before.length).toBeLessThanOrEqual(1);
    expect(await proposed(database)).toEqual(before);
  });

  it("where a model stalls in its answer, the run is interrupted with what it had found", async () => {
    const dataDir = preparedFolder();
    const reply = "The lower deck is cold [E1].";
    const server = await startOllamaServer({
      script: [{ reply: '{"tasks": []}' }, { reply, fault: { kind: "stall", after: 3 } }],
    });
    const runId = await killTurnAt(dataDir, /^plan-made$/, "why does oven 1 bake unevenly?", server.url);
    await server.close().catch(() => undefined); // killed before or in the middle of its second step
    const { runtime, recovered } = await restart(dataDir);
    const { events } = await follow(runtime, runId);

    expect(recovered).toEqual({ interrupted: 1, requeued: 0 });
    expect(events.some(({ type }) => type === "evidence-found")).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: "run-failed", code: "unavailable" });
  });
});
