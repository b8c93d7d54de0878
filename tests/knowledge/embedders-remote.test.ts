import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEgressGate } from "../../src/llm/egress.ts";
import { createOllamaEmbedder } from "../../src/llm/embeddings/ollama.ts";
import { createOpenAiEmbedder } from "../../src/llm/embeddings/openai.ts";
import { startEmbeddingServer, type EmbeddingServer } from "../fakes/embedding-server.ts";

let server: EmbeddingServer;
let waits: number[];
beforeEach(async () => {
  server = await startEmbeddingServer();
  waits = [];
});
afterEach(() => server.close());

const wait = async (ms: number) => void waits.push(ms);
const ollama = (options: object = {}) =>
  createOllamaEmbedder({ model: "bge-m3", baseUrl: server.url, fetch, wait, ...options });
const openai = (options: object = {}) =>
  createOpenAiEmbedder({ model: "text-embedding-3-small", baseUrl: `${server.url}/v1`, fetch, wait, ...options });

describe("remote embedders over HTTP", () => {
  it("send no more at once than the limits allow, and cut what no model reads", async () => {
    const long = "펌프 압력 ".repeat(4_000);
    const vectors = await openai({ apiKey: "k" }).embedPassages([
      ...Array.from({ length: 200 }, () => "a b"),
      long,
      "",
    ]);
    expect(vectors).toHaveLength(202);
    expect(server.requests.map((one) => one.texts.length)).toEqual([128, 74]);
    const sent = server.requests[1]!.texts.at(-2)!;
    expect([Buffer.byteLength(sent) <= 20_000, sent.includes("\uFFFD")]).toEqual([true, false]);
    expect(server.requests[1]!.texts.at(-1)).toBe(" ");
    expect(server.requests[0]).toMatchObject({ path: "/v1/embeddings", authorization: "Bearer k" });
    server.requests.length = 0;
    await ollama().embedPassages(Array.from({ length: 6 }, () => "x ".repeat(9_000)));
    expect(server.requests.map((one) => one.texts.length)).toEqual([3, 3]);
  });

  it("give vectors in the order of the texts, of length 1", async () => {
    const [pump, fan] = await openai().embedPassages(["pump", "fan"]);
    expect(await openai().embedQuestion("pump")).toEqual(pump);
    expect(fan).not.toEqual(pump);
    expect(Math.hypot(...pump!)).toBeCloseTo(1, 5);
  });

  it("wait as long as a busy server asks, and try again", async () => {
    server.script(
      { status: 429, headers: { "retry-after": "7" }, raw: '{"error":{"message":"Rate limit"}}' },
      { status: 500, raw: "oops" },
      { fault: "cut" },
    );
    expect(await openai().embedPassages(["pump"])).toHaveLength(1);
    expect([waits[0], waits.length]).toEqual([7_000, 3]);
  });

  it("do not wait for money", async () => {
    server.script({ status: 429, raw: '{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}' });
    await expect(openai().embedPassages(["pump"])).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("exceeded your quota"),
    });
    expect(server.requests).toHaveLength(1);
  });

  it("notice a stall, before the headers and after", async () => {
    for (const fault of ["silent", "stall"] as const) {
      server.script({ fault });
      await expect(ollama({ timeoutMs: 100, retries: 0 }).embedPassages(["pump"])).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("no answer"),
      });
    }
  });

  it("end at once when cancelled, also while they wait for another try", async () => {
    const leaving = new AbortController();
    server.script({ status: 503, headers: { "retry-after": "30" }, raw: "busy" });
    const embedder = createOllamaEmbedder({ model: "bge-m3", baseUrl: server.url, fetch });
    setTimeout(() => leaving.abort(), 100);
    const began = performance.now();
    await expect(embedder.embedPassages(["pump"], leaving.signal)).rejects.toMatchObject({ code: "cancelled" });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it.each([
    ["zeros", [[0, 0, 0]], "zeros"],
    ["no numbers", [[null, 1, 2]], "without vectors"],
    ["too many", [[1], [2]], "2 vectors for 1 texts"],
    ["none", [], "0 vectors for 1 texts"],
    ["empty ones", [[]], "empty vectors"],
    ["endless numbers", [[1e300, 1]], "something else than numbers"],
  ])("refuse %s instead of storing them", async (_name, vectors, said) => {
    server.script({ vectors });
    await expect(ollama().embedPassages(["pump"])).rejects.toMatchObject({ message: expect.stringContaining(said) });
    expect(server.requests).toHaveLength(1);
  });

  it("refuse vectors of unequal length and an answer that is no JSON", async () => {
    server.script({ vectors: [[1], [1, 2]] }, { raw: "<html>" });
    await expect(ollama().embedPassages(["a", "b"])).rejects.toMatchObject({
      message: expect.stringContaining("of 1 and"),
    });
    await expect(ollama({ retries: 0 }).embedPassages(["a"])).rejects.toMatchObject({
      message: expect.stringContaining("not JSON"),
    });
  });

  it("let questions do without a dead server after the first failure, for a while", async () => {
    let at = 0;
    const embedder = ollama({ now: () => at });
    server.script({ status: 500, raw: "dead" });
    await expect(embedder.embedQuestion("pump")).rejects.toMatchObject({ code: "unavailable" });
    await expect(embedder.embedQuestion("pump")).rejects.toMatchObject({ message: expect.stringContaining("rests") });
    expect(server.requests).toHaveLength(1);
    at += 60_000;
    expect(await embedder.embedQuestion("pump")).toHaveLength(64);
    expect(await embedder.embedQuestion("pump")).toHaveLength(64);
    expect(server.requests).toHaveLength(2);
  });

  it("send nothing outside unless the gate is open", async () => {
    const gate = createEgressGate({ allow: "none" });
    const embedder = createOpenAiEmbedder({
      model: "m",
      baseUrl: "https://api.example.com/v1",
      fetch: gate.fetch("embedding"),
      wait,
    });
    await expect(embedder.embedPassages(["secret"])).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("egress allow-list"),
    });
    expect(waits).toEqual([]);
  });
});
