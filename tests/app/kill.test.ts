import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Answer } from "../../src/core/run-event.ts";
import { startOllamaServer } from "../fakes/ollama-server.ts";
import { eventsOf } from "../http/open-doors.ts";
import { writeSmallPlant } from "../http/small-plant.ts";
import { temporaryFolderUntil } from "../support/data-folder.ts";
import { runCli, startServe, type ServeChild } from "./serve-child.ts";

// `kill -9` of a real server in the middle of a turn, and what the next start finds.

const folder = temporaryFolderUntil(afterAll);
const dataDir = join(folder, "data");
mkdirSync(dataDir);
const plant = writeSmallPlant(join(folder, "plant"));
const question = "MILL-01 알람 2041 떴는데 뭐부터 봐야 돼?";

type Approval = { written: boolean; proposal: { recordId: string } };

const post = (server: ServeChild, path: string, body: object, accept = "application/json") =>
  fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify(body),
  });

/** Reads the stream up to the first event of a type, then lets go. */
async function readUntil(response: Response, type: string): Promise<string> {
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes(`event: ${type}`)) return text;
  }
  throw new Error(`The stream ended without ${type}.`);
}

it("marks a run interrupted that died with its server, keeps what was acknowledged, and writes nothing twice", async () => {
  const imported = await runCli(["import", plant.mapping, "--json"], dataDir);
  expect(imported).toMatchObject({ code: 0 });
  expect((await runCli(["ingest", plant.manual], dataDir)).code).toBe(0);

  // A model that begins to answer and then says no more.
  const ollama = await startOllamaServer({
    script: [{ reply: "Stop the spindle", fault: { kind: "stall", after: 2 } }],
  });
  const first = await startServe(dataDir, { SUNBAE_LLM: "ollama:qwen3:8b", OLLAMA_HOST: ollama.url });
  const stream = await post(first, "/api/ask", { question }, "text/event-stream");
  const runPath = stream.headers.get("location")!;
  await readUntil(stream, "evidence-found");
  await readStored(first, runPath);
  await first.kill();

  const second = await startServe(dataDir);
  const run = (await (await fetch(`${second.url}${runPath}`)).json()) as { status: string; question: string };
  expect(run).toMatchObject({ status: "interrupted", question });
  const events = await eventsOf(await fetch(`${second.url}${runPath}/events`));
  expect(events.map((one) => one.seq)).toEqual(events.map((_, at) => at + 1));
  expect(events.at(-1)?.event).toMatchObject({ type: "run-failed", code: "unavailable" });
  expect(events.some(({ event }) => event.type === "evidence-found")).toBe(true);

  // The same conversation goes on, and an approval is written once across another kill.
  const asked = await post(second, "/api/ask", { question: "MILL-01 베어링 점검 작업지시 만들어줘" });
  const { proposals } = (await asked.json()) as Answer;
  const { id } = proposals[0]!;
  const approved = (await (await post(second, `/api/proposals/${id}/approve`, {})).json()) as Approval;
  expect(approved).toMatchObject({ written: true, proposal: { status: "approved" } });
  await second.kill();

  const third = await startServe(dataDir);
  const again = (await (await post(third, `/api/proposals/${id}/approve`, {})).json()) as Approval;
  expect(again).toMatchObject({ written: false, proposal: { recordId: approved.proposal.recordId } });
  const listed = await (await post(third, "/api/tools/list_work_orders", { equipment: "MILL-01" })).text();
  const written = new Set([...listed.matchAll(/"id":\s?"(WO-\d{4}-\d+)"/g)].map((match) => match[1]));
  expect([...written]).toEqual([approved.proposal.recordId]);
  expect(await third.interrupt()).toBe(0);
  await ollama.close().catch(() => undefined); // its stalled call was killed, which it reports
}, 180_000);

/** Until the first group of events is stored: what a reader was shown a moment before the kill may be lost. */
async function readStored(server: ServeChild, runPath: string): Promise<void> {
  const response = await fetch(`${server.url}${runPath}/events`, { headers: { "last-event-id": "1" } });
  await readUntil(response, "evidence-found");
  await new Promise((resolve) => setTimeout(resolve, 500));
}
