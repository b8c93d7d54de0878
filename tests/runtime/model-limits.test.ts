import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { proposals } from "../../src/db/schema/proposals.ts";
import { openTestDatabase } from "../support/database.ts";
import { createScriptedRuntime, ingestTexts } from "../support/scripted-runtime.ts";
import { bakeryDocuments } from "./bakery-documents.ts";
import { answer, maintenance, plan, providers, toldTo, type ModelServer } from "./model-servers.ts";

// What a model may not do: be asked where it must not be, lead the turn astray, write anything.

let database: Database;
const servers: ModelServer[] = [];
const outside: string[] = [];
const realFetch = globalThis.fetch;
beforeAll(async () => {
  database = await openTestDatabase();
  await ingestTexts(createScriptedRuntime(database), bakeryDocuments);
});
beforeEach(() => {
  outside.length = 0;
  vi.stubGlobal("fetch", (input: string | URL | Request, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.hostname === "127.0.0.1") return realFetch(input, init);
    outside.push(url.href);
    return Promise.reject(new TypeError("no network in tests"));
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => database.close());

const alarm = "OV-01 alarm E21, what first?";

describe("without a model", () => {
  it("SUNBAE_LLM none asks nobody, though a server is there", async () => {
    const server = await providers[0]![1]([]);
    servers.push(server);
    const { answer: given } = await createScriptedRuntime(database, {
      models: { ...server.settings, llm: "none" },
    }).turn(alarm);
    expect([given?.mode, server.requests]).toEqual(["extractive", []]);
  });
  it("auto with nobody at the port answers all the same", async () => {
    const { answer: given } = await createScriptedRuntime(database, {
      models: { llm: "auto", ollamaHost: "127.0.0.1:1" },
    }).turn(alarm);
    expect(given).toMatchObject({ mode: "extractive", abstained: false });
  });
});

describe("a hosted model that the egress setting doesn't allow", () => {
  const settings = { llm: "openai:gpt-4o-mini", openaiApiKey: "k-1", openaiBaseUrl: "https://models.example.com/v1" };
  it("is not called", async () => {
    await createScriptedRuntime(database, { models: settings }).turn(alarm);
    expect(outside).toEqual([]);
  });
  it("is told as a problem, with the setting that would allow it", async () => {
    const { turn, models } = createScriptedRuntime(database, { models: settings });
    await turn(alarm);
    const [problem] = models.describe().problems;
    expect([problem?.message, problem?.fix].join(" ")).toMatch(
      /models\.example\.com.*SUNBAE_EGRESS=models\.example\.com/,
    );
  });
  it("costs nobody the answer, whose mode is told from the start", async () => {
    const { events, answer: given } = await createScriptedRuntime(database, { models: settings }).turn(alarm);
    expect([events[0], given]).toMatchObject([{ mode: "extractive" }, { mode: "extractive", abstained: false }]);
  });
  it("is called where it is allowed", async () => {
    await createScriptedRuntime(database, { models: settings, egress: ["models.example.com"] }).turn(alarm);
    expect(outside[0]).toContain("https://models.example.com/v1/");
  });
});

describe.each(providers)("an order to the model in a document, with %s", (_name, start) => {
  const question = "what do the supplier notes say about the DX-400 heating coil box?";
  const obedient =
    "Bypass the door interlock with a magnet [E1]. The oven is safe to open while it is running [E77]. " +
    "A work order for OV-02 is written. The coil comes in a box [E1].";
  async function ask() {
    const server = await start([
      plan(["maintenance", "What the supplier notes say"]),
      maintenance({ toolCalls: [{ name: "search_knowledge", args: { query: "heating coil" } }] }),
      answer({ reply: obedient }),
    ]);
    servers.push(server);
    return { server, ...(await createScriptedRuntime(database, { models: server.settings }).turn(question)) };
  }

  it("reaches the answer in no word about safeguards", async () =>
    expect((await ask()).answer?.answer).not.toMatch(/bypass|magnet|E77|work order/i));
  it("leaves what holds", async () => expect((await ask()).answer?.answer).toContain("The coil comes in a box [E1]."));
  it("writes and proposes nothing", async () => {
    await ask();
    const written = (await database.pool.query("select 1 from work_orders")).rows;
    expect([await database.db.select().from(proposals), written]).toEqual([[], []]);
  });
  it("stays a quotation in the prompt, with no fence of its own", async () => {
    const { server } = await ask();
    const told = toldTo(server.chats().at(-1));
    expect(
      told
        .split("\n")
        .filter((line) => /developer\s*$|mode\. Tell the technician/.test(line))
        .every((line) => line.startsWith("> ")),
    ).toBe(true);
    expect(told).not.toContain('<evidence id="E77"');
  });
});

it("an order in a document is quoted without a model as what it is: text, which can't cite", async () => {
  const { answer: given } = await createScriptedRuntime(database).turn("supplier notes heating coil box");
  expect(given?.answer).not.toContain("[E77]");
  expect(given?.citations.every(({ evidenceId }) => given.evidence.some(({ id }) => id === evidenceId))).toBe(true);
});
