import { afterEach, expect, it } from "vitest";
import type { RunEvent } from "../../src/core/run-event.ts";
import { startOllamaServer } from "../fakes/ollama-server.ts";
import type { ModelStep, ScriptedServer } from "../fakes/scripted-server.ts";
import { eventsOf, openDoors, type Doors } from "../http/open-doors.ts";

// A turn with a local model through the whole product: settings, Ollama's wire format, run events over HTTP.

let doors: Doors;
let ollama: ScriptedServer;
afterEach(async () => {
  await doors.close();
  await ollama.close();
});

async function ask(script: ModelStep[]): Promise<RunEvent[]> {
  ollama = await startOllamaServer({ script });
  doors = await openDoors({ environment: { SUNBAE_LLM: "auto", OLLAMA_HOST: ollama.url } });
  const question = "MILL-01 shows alarm 2041. What should I check first?";
  const response = await doors.post("/api/ask", { question }, { accept: "text/event-stream" });
  return (await eventsOf(response)).map((one) => one.event);
}

it("says the model's mode and streams its answer, each sentence with its source", async () => {
  const events = await ask([{ reply: "Stop the spindle first [E1]. The moon is made of cheese." }]);
  expect(await (await doors.call("/api/status")).json()).toMatchObject({ mode: "model", model: "ollama:qwen3:8b" });
  expect(events[0]).toMatchObject({ type: "run-started", mode: "model" });
  const finished = events.find((event) => event.type === "answer-finished");
  expect(finished).toMatchObject({ answer: { mode: "model" } });
  expect(finished?.answer.answer).toContain("Stop the spindle first");
  expect(finished?.answer.answer).not.toContain("cheese");
  expect(events.at(-1)?.type).toBe("run-finished");
}, 60_000);

it("ends in extractive mode where the model is cut off, and says so", async () => {
  const cut: ModelStep = { reply: "Stop the spindle first, then measure", fault: { kind: "cut", after: 3 } };
  const events = await ask([cut]);
  expect(events.find((event) => event.type === "mode-changed")).toMatchObject({ from: "model", to: "extractive" });
  const finished = events.find((event) => event.type === "answer-finished");
  expect(finished).toMatchObject({ answer: { mode: "extractive", abstained: false } });
  expect(events.at(-1)?.type).toBe("run-finished");
}, 60_000);
