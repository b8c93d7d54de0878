import { writeSync } from "node:fs";
import { openDatabase } from "../../src/db/open-database.ts";
import { createProposal } from "../../src/runtime/proposals/create-proposal.ts";
import { createScriptedRuntime } from "../support/scripted-runtime.ts";

// A process in the middle of a turn, to be killed: `node turn-child.ts <dataDir> <key> <question> [ollama url]`.
// It says "run <id>" once the question is acknowledged, then the type of every stored event. Drafts are kept, and then
// the turn stalls, as it does where the model behind the url stalls.

const [dataDir = "", dedupeKey = "", question = "", ollamaHost] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

const database = await openDatabase({ dataDir });
const timeouts = { firstByteMs: 60_000, idleMs: 60_000, totalMs: 120_000 };
const { runtime, ctx } = createScriptedRuntime(database, {
  ...(ollamaHost && { models: { llm: "auto", ollamaHost, timeouts } }),
  deps: {
    propose: async (caller, id, draft) => {
      await createProposal(caller, database.db, { ...draft, runId: id });
      return await new Promise(() => {});
    },
  },
});
const { runId } = await runtime.start(ctx, { question, dedupeKey });
say(`run ${runId}`);
const reader = createScriptedRuntime(database); // a second runtime reads what is stored, not what is in memory
for await (const { event } of reader.runtime.follow(runId)) say(event.type);
