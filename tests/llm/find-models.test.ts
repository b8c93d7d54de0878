import { afterEach, describe, expect, it, vi } from "vitest";
import { createCallBudget } from "../../src/llm/call-budget.ts";
import { createEgressGate } from "../../src/llm/egress.ts";
import { toBaseUrl } from "../../src/llm/hosts.ts";
import { createModels, type ModelSettings } from "../../src/llm/models.ts";
import { createLogger } from "../../src/observability/logger.ts";
import { createMetrics } from "../../src/observability/metrics.ts";
import { type InstalledModel, startOllamaServer } from "../fakes/ollama-server.ts";
import { startOpenAiServer } from "../fakes/openai-server.ts";
import type { ModelStep, ScriptedServer } from "../fakes/scripted-server.ts";

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function ollama(models?: InstalledModel[], script: ModelStep[] = []) {
  const server = await startOllamaServer({ ...(models && { models }), script });
  servers.push(server);
  return server;
}

const closed = createEgressGate({ allow: "none" });
const idsOf = async (settings: Partial<ModelSettings>, egress = closed) => {
  const models = createModels({ llm: "auto", ollamaHost: "127.0.0.1:1", ...settings }, { egress });
  return { ids: (await models.current()).map(({ id }) => id), ...models.describe(), models };
};

describe("auto", () => {
  it("finds no model where no Ollama answers, and calls that no problem", async () => {
    expect(await idsOf({})).toMatchObject({ ids: [], problems: [] });
  });

  it("takes the largest comfortable model with tools, never one that embeds or runs in a cloud", async () => {
    const server = await ollama([
      { name: "nomic-embed-text", parameterSize: "137M", capabilities: ["embedding"] },
      { name: "llama3.3:70b", parameterSize: "70.6B" },
      { name: "gemma2:9b", parameterSize: "9.2B", capabilities: ["completion"] },
      { name: "qwen3:4b", parameterSize: "4.0B", capabilities: ["completion", "tools", "thinking"] },
      { name: "gpt-oss:120b-cloud", parameterSize: "", remoteHost: "https://ollama.com" },
      { name: "my-alias", parameterSize: "14B", remoteHost: "https://ollama.com" },
    ]);
    expect((await idsOf({ ollamaHost: server.url })).ids).toEqual(["ollama:qwen3:4b"]);
  });

  it("takes a model without tools where there is no other", async () => {
    const server = await ollama([{ name: "gemma2:9b", capabilities: ["completion"] }]);
    const { ids, models } = await idsOf({ ollamaHost: server.url });
    expect(ids).toEqual(["ollama:gemma2:9b"]);
    expect((await models.current())[0]?.tools).toBe(false);
  });

  it("notices in the background when Ollama starts later", async () => {
    let clock = 0;
    const server = await ollama();
    const models = createModels(
      { llm: "auto", ollamaHost: server.url, probeEveryMs: 1_000 },
      { egress: closed, now: () => clock },
    );
    const hidden = vi.spyOn(globalThis, "fetch").mockRejectedValueOnce(new TypeError("fetch failed"));
    expect(await models.current()).toEqual([]);
    hidden.mockRestore();
    expect(await models.current()).toEqual([]);
    clock += 2_000;
    await models.current();
    await vi.waitFor(async () => expect(await models.current()).toHaveLength(1));
  });

  it("does not take another service on that port for Ollama", async () => {
    const server = await startOpenAiServer();
    servers.push(server);
    await expect(async () => {
      expect((await idsOf({ ollamaHost: server.url })).ids).toEqual([]);
      await servers.pop()?.close();
    }).rejects.toThrow("unknown route GET /api/tags");
  });
});

describe("a model by name", () => {
  it("says how to install it", async () => {
    const server = await ollama([{ name: "qwen3:4b" }]);
    const { ids, problems } = await idsOf({ llm: "ollama:exaone3.5", ollamaHost: server.url });
    expect(ids).toEqual([]);
    expect(problems[0]).toMatchObject({ fix: "Run: ollama pull exaone3.5 (installed: qwen3:4b)" });
  });

  it("of Ollama's cloud needs the egress list although it answers on loopback", async () => {
    const server = await ollama([{ name: "gpt-oss:120b-cloud", remoteHost: "https://ollama.com" }]);
    const settings = { llm: "ollama:gpt-oss:120b-cloud", ollamaHost: server.url };
    expect((await idsOf(settings)).problems[0]?.message).toContain("ollama.com is outside the plant");
    const { models } = await idsOf(settings, createEgressGate({ allow: ["ollama.com"] }));
    expect(await models.current()).toMatchObject([{ hosted: true }]);
  });

  it("of a hosted service needs the egress list and a key", async () => {
    expect((await idsOf({ llm: "openai:gpt-4o" })).problems[0]).toMatchObject({
      fix: "Set SUNBAE_EGRESS=api.openai.com.",
    });
    const open = createEgressGate({ allow: ["api.openai.com"] });
    expect((await idsOf({ llm: "openai:gpt-4o" }, open)).problems[0]).toMatchObject({ fix: "Set OPENAI_API_KEY." });
    expect((await idsOf({ llm: "openai:gpt-4o", openaiApiKey: "k" }, open)).ids).toEqual(["openai:gpt-4o"]);
  });

  it.each(["gpt-4o", "ollama:", "claude:x"])("refuses SUNBAE_LLM=%s with the fix", (llm) => {
    expect(() => createModels({ llm }, { egress: closed })).toThrow(
      expect.objectContaining({ code: "invalid_input", fix: expect.stringContaining("ollama:<model>") }),
    );
  });
});

async function callOnce(script: ModelStep[], prompt: string, contextLength?: number) {
  const server = await ollama([{ name: "qwen3:8b", ...(contextLength && { contextLength }) }], script);
  const lines: string[] = [];
  const metrics = createMetrics({ processMetrics: false });
  const logger = createLogger({ level: "debug", pretty: false, stream: { write: (line: string) => lines.push(line) } });
  const models = createModels(
    { llm: "auto", ollamaHost: server.url, timeouts: { firstByteMs: 200 } },
    { egress: closed, logger, metrics },
  );
  const [model] = await models.current();
  await model
    ?.open({ role: "answer", budget: createCallBudget() })
    .invoke(prompt)
    .catch(() => undefined);
  return { server, lines: lines.join(""), models, metrics: await metrics.registry.metrics() };
}

it("warns when Ollama cut the prompt", async () => {
  const prompt = "Check the spindle bearing temperature first. ".repeat(200);
  expect((await callOnce([{ reply: "ok" }], prompt)).lines).not.toContain("cut the front");
  const cut = await callOnce([{ reply: "ok", promptTokens: 600 }], prompt);
  expect(cut.lines).toContain("cut the front of the prompt");
  expect(cut.metrics).toContain('outcome="prompt-cut"');
});

it("counts calls and tokens", async () => {
  const { metrics } = await callOnce([{ reply: "ok", promptTokens: 321 }], "short");
  expect(metrics).toContain('sunbae_model_calls_total{role="answer",outcome="ok"} 1');
  expect(metrics).toContain('sunbae_model_tokens_total{role="answer",direction="input"} 321');
});

it("asks for no more context than the model was trained for", async () => {
  const { server } = await callOnce([{ reply: "ok" }], "short", 4_096);
  expect(server.requests.at(-1)?.body.options.num_ctx).toBe(4_096);
});

it("leaves a stalled model alone for a while, and takes it back on request", async () => {
  const { models } = await callOnce([{ reply: "x", fault: { kind: "stall", after: 0 } }], "short");
  expect(await models.current()).toEqual([]);
  expect(await models.refresh()).toHaveLength(1);
});

it("redacts secrets and personal data on the way to a hosted model, and nothing on this machine", async () => {
  const sent: string[] = [];
  const real = globalThis.fetch;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (new URL(String(url)).hostname === "127.0.0.1") return real(url, init);
    sent.push(String(init?.body));
    return new Response(
      'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
      {
        headers: { "content-type": "text/event-stream" },
      },
    );
  });
  try {
    const egress = createEgressGate({ allow: ["llm.example.com"] });
    const { models } = await idsOf(
      { llm: "openai:m", openaiBaseUrl: "https://llm.example.com/v1", openaiApiKey: "k" },
      egress,
    );
    const [model] = await models.current();
    await model
      ?.open({ role: "answer", budget: createCallBudget() })
      .invoke("call 010-1234-5678, key sk-abc123def456ghi789");
    expect(sent[0]).toContain("call [phone], key [redacted]");
    const server = await ollama(undefined, [{ reply: "ok" }]);
    const local = await (await idsOf({ ollamaHost: server.url })).models.current();
    await local[0]?.open({ role: "answer", budget: createCallBudget() }).invoke("call 010-1234-5678");
    expect(server.requests.at(-1)?.text).toContain("010-1234-5678");
  } finally {
    spy.mockRestore();
  }
});

it.each([
  ["0.0.0.0", "http://127.0.0.1:11434"],
  ["box", "http://box:11434"],
  ["10.0.0.5:8080", "http://10.0.0.5:8080"],
  [":11500", "http://127.0.0.1:11500"],
  ["http://localhost:11434/", "http://localhost:11434"],
  ["https://llm.example.com", "https://llm.example.com"],
])("reads OLLAMA_HOST=%s as %s", (host, url) => expect(toBaseUrl(host, 11_434)).toBe(url));
