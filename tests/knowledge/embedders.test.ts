import { describe, expect, it } from "vitest";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import { createOllamaEmbedder } from "../../src/llm/embeddings/ollama.ts";
import { createOpenAiEmbedder } from "../../src/llm/embeddings/openai.ts";

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

describe("the built-in embedder", () => {
  const embedder = createBuiltinEmbedder();

  it("gives unit vectors of 384 numbers, the same each time, for any text", async () => {
    for (const text of ["pump", "", "!!!", "펌프 압력", "😀", "x".repeat(50_000)]) {
      const [vector] = await embedder.embedPassages([text]);
      expect(vector).toHaveLength(384);
      expect(dot(vector!, vector!)).toBeCloseTo(1, 4);
      expect(await embedder.embedQuestion(text)).toEqual(vector);
    }
  });

  it("brings mistyped and inflected words near", async () => {
    const [right, typo, inflected, other] = await embedder.embedPassages([
      "spindle bearing temperature",
      "spindel bearng temprature",
      "스핀들 베어링의 온도가",
      "weekly cleaning of the office",
    ]);
    const korean = await embedder.embedQuestion("스핀들 베어링 온도");
    expect(dot(right!, typo!)).toBeGreaterThan(dot(right!, other!) + 0.05);
    expect(dot(korean, inflected!)).toBeGreaterThan(0.6);
  });
});

type Call = { url: string; body: { model: string; input: string[] }; authorization: string | null };

/** Answers each call with the next of `answers`; an unscripted call throws. */
function scripted(answers: ((call: Call) => Response)[]) {
  const calls: Call[] = [];
  const fake: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    const call = {
      url: String(url),
      body: JSON.parse(String(init?.body)) as Call["body"],
      authorization: headers.get("authorization"),
    };
    const answer = answers[calls.length];
    calls.push(call);
    if (!answer) throw new TypeError("unscripted call");
    return answer(call);
  };
  return { calls, fetch: fake, wait: async () => undefined };
}

const ollama = (call: Call) => Response.json({ embeddings: call.body.input.map(() => [3, 4, 0]) });

describe("remote embedders", () => {
  it("batch, keep the order and normalise", async () => {
    const script = scripted([ollama, ollama, ollama]);
    const embedder = createOllamaEmbedder({ model: "m", baseUrl: "http://localhost:11434/", ...script });
    expect(embedder.dimension).toBeNull();
    const vectors = await embedder.embedPassages(Array.from({ length: 70 }, (_, index) => `t${index}`));
    expect(vectors).toHaveLength(70);
    expect(Array.from(vectors[0]!, (value) => Number(value.toFixed(2)))).toEqual([0.6, 0.8, 0]);
    expect(script.calls.map((call) => call.body.input.length)).toEqual([32, 32, 6]);
    expect(script.calls[0]!.url).toBe("http://localhost:11434/api/embed");
    expect([embedder.name, embedder.dimension]).toEqual(["ollama:m", 3]);
  });

  it("sort OpenAI's answer by index and send the key", async () => {
    const script = scripted([
      () =>
        Response.json({
          data: [
            { index: 1, embedding: [0, 1] },
            { index: 0, embedding: [1, 0] },
          ],
        }),
    ]);
    const embedder = createOpenAiEmbedder({ model: "e", baseUrl: "http://x/v1", apiKey: "k", ...script });
    expect((await embedder.embedPassages(["a", "b"])).map((one) => one[0])).toEqual([1, 0]);
    expect(script.calls[0]).toMatchObject({ url: "http://x/v1/embeddings", authorization: "Bearer k" });
  });

  it("try again on a busy or broken server, not on a refusal", async () => {
    const busy = () => new Response("busy", { status: 503 });
    const script = scripted([
      busy,
      () => {
        throw new TypeError("reset");
      },
      ollama,
    ]);
    const embedder = createOllamaEmbedder({ model: "m", baseUrl: "http://x", ...script });
    expect((await embedder.embedPassages(["t"]))[0]).toHaveLength(3);
    const refused = scripted([() => new Response("no such model", { status: 404 })]);
    await expect(
      createOllamaEmbedder({ model: "m", baseUrl: "http://x", ...refused }).embedQuestion("t"),
    ).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("no such model"),
    });
    expect(refused.calls).toHaveLength(1);
  });

  it("refuse a changed dimension and a missing vector", async () => {
    const script = scripted([
      ollama,
      () => Response.json({ embeddings: [[1, 2]] }),
      () => Response.json({ embeddings: [] }),
    ]);
    const embedder = createOllamaEmbedder({ model: "m", baseUrl: "http://x", ...script });
    await embedder.embedPassages(["t"]);
    await expect(embedder.embedPassages(["t"])).rejects.toMatchObject({
      message: expect.stringContaining("it gave 3"),
    });
    await expect(embedder.embedPassages(["t"])).rejects.toMatchObject({ code: "unavailable" });
  });
});
