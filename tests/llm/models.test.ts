import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tool } from "langchain";
import { z } from "zod";
import { createCallBudget } from "../../src/llm/call-budget.ts";
import { createEgressGate } from "../../src/llm/egress.ts";
import type { Model } from "../../src/llm/model.ts";
import { ModelError, toModelError } from "../../src/llm/model-error.ts";
import { createModels } from "../../src/llm/models.ts";
import type { ScriptedServer } from "../fakes/scripted-server.ts";
import { startOllamaServer } from "../fakes/ollama-server.ts";
import { startOpenAiServer } from "../fakes/openai-server.ts";

const timeouts = { firstByteMs: 400, idleMs: 200, totalMs: 5_000 };
const realFetch = globalThis.fetch;
const outside: string[] = [];
const servers: ScriptedServer[] = [];

// Whatever a library does behind our back (tokenizer downloads, traces) goes through the global fetch.
beforeEach(() => {
  outside.length = 0;
  vi.stubGlobal("fetch", (input: string | URL | Request, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.hostname !== "127.0.0.1") outside.push(url.href);
    return realFetch(input, init);
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const server of servers.splice(0)) await server.close();
  expect(outside).toEqual([]);
});

async function ollama(options: Parameters<typeof startOllamaServer>[0] = {}) {
  const server = await startOllamaServer(options);
  servers.push(server);
  const models = createModels(
    { llm: "auto", ollamaHost: server.url, timeouts },
    { egress: createEgressGate({ allow: "none" }) },
  );
  return { server, models };
}

async function openai(options: Parameters<typeof startOpenAiServer>[0] = {}, model = "gpt-4o-mini") {
  const server = await startOpenAiServer({ apiKey: "k-1", ...options });
  servers.push(server);
  const models = createModels(
    { llm: `openai:${model}`, openaiBaseUrl: server.baseUrl, openaiApiKey: "k-1", ollamaHost: "127.0.0.1:1", timeouts },
    { egress: createEgressGate({ allow: "none" }) },
  );
  return { server, models };
}

async function first(models: { current(): Promise<readonly Model[]> }): Promise<Model> {
  const [model] = await models.current();
  if (!model) throw new Error("no model");
  return model;
}

const askFor = (question: string) => [
  { role: "system" as const, content: "You answer briefly." },
  { role: "user" as const, content: question },
];

async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    const error = toModelError(thrown);
    return error instanceof ModelError ? error.reason : error.code;
  }
  return "no failure";
}

const providers = [
  { name: "Ollama", start: ollama },
  { name: "OpenAI", start: openai },
];

describe.each(providers)("$name", ({ start }) => {
  it("streams the answer piece by piece", async () => {
    const { models } = await start({ script: [{ reply: "스핀들 베어링을 먼저 보세요.", delayMs: 5 }] });
    const budget = createCallBudget();
    const deltas: string[] = [];
    const stream = await (await first(models)).open({ role: "answer", budget }).stream(askFor("2041?"));
    for await (const chunk of stream) if (chunk.text) deltas.push(chunk.text);
    expect(deltas.length).toBeGreaterThan(3);
    expect(deltas.join("")).toBe("스핀들 베어링을 먼저 보세요.");
    expect(budget.spent()).toMatchObject({ calls: 1 });
    expect(budget.spent().outputTokens).toBeGreaterThan(0);
  });

  it("calls several tools in one message, each with its own arguments", async () => {
    const { models } = await start({
      script: [
        {
          toolCalls: [
            { name: "read_sensors", args: { equipment: "CNC-07" } },
            { name: "look_up_alarm", args: { code: "2041" } },
          ],
        },
      ],
    });
    const model = (await first(models)).open({ role: "plan", budget: createCallBudget() });
    const tools = ["read_sensors", "look_up_alarm"].map((name) =>
      tool(() => "", {
        name,
        description: name,
        schema: z.object({ equipment: z.string().optional(), code: z.string().optional() }),
      }),
    );
    const answer = await model.bindTools!(tools).invoke(askFor("CNC-07 2041"));
    expect(answer.tool_calls?.map(({ name, args }) => [name, args])).toEqual([
      ["read_sensors", { equipment: "CNC-07" }],
      ["look_up_alarm", { code: "2041" }],
    ]);
  });

  it.each([
    ["cut", { kind: "cut", after: 3 }, "cut"],
    ["ended without its end mark", { kind: "end", after: 3 }, "cut"],
    ["silent before the first byte", { kind: "stall", after: 0 }, "stalled"],
    ["silent in mid-answer", { kind: "stall", after: 3 }, "stalled"],
    ["broken JSON", { kind: "malformed", after: 2 }, "malformed"],
    ["an error line with status 200", { kind: "error", after: 2 }, "failed"],
  ] as const)("names the reason when the stream is %s", async (_name, fault, reason) => {
    const { models } = await start({ script: [{ reply: "one two three four five six", fault }] });
    const model = (await first(models)).open({ role: "answer", budget: createCallBudget() });
    expect(await reasonOf(model.invoke(askFor("x")))).toBe(reason);
  });

  it.each([
    [500, "boom", "failed"],
    [503, "server busy", "overloaded"],
    [429, "slow down", "overloaded"],
    [400, "does not support tools", "rejected"],
    [400, "This model's maximum context length is 8192 tokens", "too-long"],
  ])("names the reason of status %i %s", async (status, error, reason) => {
    const { models } = await start({ script: [{ status, error }] });
    const model = (await first(models)).open({ role: "answer", budget: createCallBudget() });
    expect(await reasonOf(model.invoke(askFor("x")))).toBe(reason);
  });

  it("stops at once when its turn is cancelled, and leaves other turns' streams alone", async () => {
    const { server, models } = await start({
      script: [
        { reply: "first first first first", fault: { kind: "stall", after: 2 } },
        { reply: "second second second", delayMs: 20 },
      ],
    });
    const model = await first(models);
    const cancel = new AbortController();
    const one = reasonOf(
      model.open({ role: "answer", budget: createCallBudget(), signal: cancel.signal }).invoke(askFor("1")),
    );
    await vi.waitFor(() => expect(server.requests.some(({ text }) => text.includes("briefly"))).toBe(true));
    const two = model.open({ role: "answer", budget: createCallBudget() }).invoke(askFor("2"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    cancel.abort();
    expect(await one).toBe("cancelled");
    expect((await two).text).toBe("second second second");
    await vi.waitFor(() => expect(server.abandoned()).toBe(1));
  });
});

it("speaks the responses protocol to the models that want it", async () => {
  const { server, models } = await openai({ script: [{ reply: "hello from the responses route" }] }, "gpt-5.6");
  const answer = await (await first(models)).open({ role: "answer", budget: createCallBudget() }).invoke(askFor("x"));
  expect(answer.text).toBe("hello from the responses route");
  expect(server.to("/v1/responses")).toHaveLength(1);
});
