import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { join } from "node:path";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { createReranker, readOrder } from "../../src/knowledge/retrieve/rerank.ts";
import { search } from "../../src/knowledge/search.ts";
import { createEgressGate } from "../../src/llm/egress.ts";
import { createModels } from "../../src/llm/models.ts";
import { loadPrompts } from "../../src/llm/render-prompt.ts";
import { startOpenAiServer } from "../fakes/openai-server.ts";
import type { OpenAiServer } from "../fakes/openai-server.ts";
import type { ModelStep } from "../fakes/scripted-server.ts";
import { contextOf, manual, openKnowledge, temporaryFolder } from "./support.ts";

const prompts = loadPrompts(join(import.meta.dirname, "../../prompts"));
const ctx = contextOf();
const servers: OpenAiServer[] = [];
let plain: Knowledge;

beforeAll(async () => {
  plain = await openKnowledge();
  const folder = temporaryFolder();
  folder.write("kx-9.md", manual);
  folder.write(
    "oil.md",
    "# Oil\n\n## Oil pump\n\nThe oil pump is louder in winter.\n\n## Oil filter\n\nThe oil filter is changed yearly.\n",
  );
  await ingestPaths(contextOf(["admin"]), plain, { paths: [folder.path], root: folder.path });
  folder.remove();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
afterAll(async () => {
  await plain.database.close();
});

async function withModel(step: ModelStep, timeoutMs = 5_000) {
  const server = await startOpenAiServer({ script: [step] });
  servers.push(server);
  const models = createModels(
    { llm: "openai:gpt-4o-mini", openaiBaseUrl: server.baseUrl, openaiApiKey: "k", ollamaHost: "127.0.0.1:1" },
    { egress: createEgressGate({ allow: "none" }) },
  );
  return { server, knowledge: { ...plain, reranker: createReranker(models, prompts, { timeoutMs }) } };
}

const input = { query: "oil filter pump", k: 5 };
const ids = async (knowledge: Knowledge, rest: { query?: string; rerank?: boolean } = { rerank: true }) =>
  (await search(ctx, knowledge, { ...input, ...rest })).results.map((one) => one.chunkId);

describe("the reranker", () => {
  it("puts the model's order in place of the index's", async () => {
    const before = await ids(plain);
    const { knowledge, server } = await withModel({ reply: '{"order": [3, 1]}' });
    const after = await ids(knowledge);
    expect(after.slice(0, 3)).toEqual([before[2], before[0], before[1]]);
    expect(after.toSorted()).toEqual(before.toSorted());
    const sent = server.requests.find((request) => request.path.endsWith("/chat/completions"))!.text;
    expect(sent).toContain("Passage 2:");
    expect(sent).toContain("oil filter pump");
  });

  it.each<[string, ModelStep]>([
    ["prose", { reply: "The second passage is best." }],
    ["an order of passages that are not there", { reply: '{"order": [9, 99, 1]}' }],
    ["an error", { status: 400, error: "no" }],
  ])("changes nothing for %s", async (_name, step) => {
    const { knowledge } = await withModel(step);
    expect(await ids(knowledge)).toEqual(await ids(plain));
  });

  it("changes nothing where the model takes too long", async () => {
    const { knowledge } = await withModel({ reply: '{"order": [3, 2, 1]}', delayMs: 2_000 }, 300);
    const started = performance.now();
    expect(await ids(knowledge)).toEqual(await ids(plain));
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it("is asked only where the search asks for it, and never moves an asked code from its place", async () => {
    const { knowledge, server } = await withModel({ when: () => true, reply: '{"order": [2, 1]}' });
    await ids(knowledge, {});
    expect(server.requests.some((request) => request.path.endsWith("/chat/completions"))).toBe(false);
    const { results } = await search(ctx, knowledge, { query: "KX-05 oil temperature", k: 5, rerank: true });
    expect(results[0]!.entries[0]!.code).toBe("KX-05");
  });
});

describe("an order", () => {
  it("is read with patience, and whole", () => {
    expect(readOrder('Sure: {"order": [2, 2, 1]}', 3)).toEqual([1, 0, 2]);
    expect(readOrder('{"order": []}', 3)).toBeNull();
    expect(readOrder("[1, 2]", 2)).toBeNull();
    expect(readOrder('{"order": [0, 1]}', 2)).toBeNull();
  });
});
