import { afterEach, describe, expect, it } from "vitest";
import { maintenance } from "../../../agents/maintenance.ts";
import { createCallBudget } from "../../../src/llm/call-budget.ts";
import { runSpecialist, type SpecialistRequest } from "../../../src/runtime/specialists/run-specialist.ts";
import { startOllamaServer } from "../../fakes/ollama-server.ts";
import { startOpenAiServer } from "../../fakes/openai-server.ts";
import type { ModelStep, ScriptedServer } from "../../fakes/scripted-server.ts";
import { createTurn } from "./support.ts";

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const providers = {
  async ollama(script: ModelStep[]) {
    const server = await startOllamaServer({ script });
    servers.push(server);
    return { server, turn: await createTurn({ ollamaHost: server.url }) };
  },
  async openai(script: ModelStep[]) {
    const server = await startOpenAiServer({ apiKey: "k", script });
    servers.push(server);
    return {
      server,
      turn: await createTurn({ llm: "openai:gpt-4o-mini", openaiBaseUrl: server.baseUrl, openaiApiKey: "k" }),
    };
  },
};

const task = { agent: maintenance, task: "Find out what the sensors say about CNC-07.", question: "CNC-07 2041?" };
const reporting = { ...task, agent: { ...maintenance, afterTools: "report" as const } };
const lastTool = (text: string) =>
  (JSON.parse(text) as { messages: { role: string; content: string }[] }).messages.findLast(
    ({ role }) => role === "tool",
  )?.content;

describe.each(Object.keys(providers) as (keyof typeof providers)[])("a specialist on %s", (provider) => {
  const start = providers[provider];
  const run = (turn: Awaited<ReturnType<typeof createTurn>>, request: Partial<SpecialistRequest> = {}) =>
    runSpecialist({ ...turn, ...task, ...request });

  it("hands over after one call when its tools have delivered", async () => {
    const { turn } = await start([
      {
        toolCalls: [
          { name: "read_sensors", args: { equipment: "CNC-07" } },
          { name: "look_up_alarm", args: { code: "2041" } },
        ],
      },
    ]);
    const report = await run(turn);
    expect(report).toMatchObject({ findings: "", stopped: null });
    expect(report.evidence.map(({ id, text }) => [id, text]).sort()).toEqual([
      ["E2", "CNC-07 vibration 5.1 mm/s"],
      ["E3", "2041 spindle bearing temperature high"],
    ]);
    expect(turn.events.map(({ type }) => type).sort()).toEqual([
      "agent-started",
      "tool-finished",
      "tool-finished",
      "tool-started",
      "tool-started",
    ]);
    expect(turn.budget.spent().calls).toBe(1);
  });

  it("reports with citations when it is to see its results", async () => {
    const { server, turn } = await start([
      { toolCalls: [{ name: "read_sensors", args: { equipment: "CNC-07" } }] },
      { reply: "Vibration is 5.1 mm/s [E2]." },
    ]);
    const report = await run(turn, reporting);
    expect(report.findings).toBe("Vibration is 5.1 mm/s [E2].");
    expect(lastTool(server.requests.at(-1)!.text)).toContain('<evidence id="E2"');
    expect(lastTool(server.requests.at(-1)!.text)).toContain("> CNC-07 vibration 5.1 mm/s");
  });

  it("tells the model about an unknown tool and an input that does not fit, and goes on", async () => {
    const { server, turn } = await start([
      { toolCalls: [{ name: "reboot_machine", args: { now: true } }] },
      {
        toolCalls: [{ name: "look_up_alarm", args: { code: "2O41" } }],
        check: ({ text }) => expect(lastTool(text)).toMatch(/no tool reboot_machine.*look_up_alarm/),
      },
      {
        toolCalls: [{ name: "look_up_alarm", args: { code: "2041" } }],
        check: ({ text }) => expect(lastTool(text)).toMatch(/No alarm 2O41.*Known near it: 2041/),
      },
    ]);
    const report = await run(turn);
    expect(report.evidence).toHaveLength(1);
    expect(server.requests.filter(({ path }) => /chat/.test(path))).toHaveLength(3);
    expect(turn.events.filter((event) => event.type === "tool-finished").map(({ ok }) => ok)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("stops at its limit when the model never mends its calls", async () => {
    const wrong = {
      toolCalls: [
        { name: "read_sensors", args: { machine: "x" } },
        { name: "nothing", args: {} },
      ],
    };
    const { turn } = await start([wrong, wrong]);
    const report = await run(turn);
    expect(report).toMatchObject({ findings: "", evidence: [], stopped: "limits" });
  });

  it("stops when the turn's calls are spent, and keeps one for the answer", async () => {
    const { turn } = await start([{ toolCalls: [{ name: "read_sensors", args: { equipment: "CNC-07" } }] }]);
    const budget = createCallBudget({ limit: 2 });
    const report = await run(turn, { ...reporting, budget });
    expect(report).toMatchObject({ findings: "", stopped: "budget" });
    expect(report.evidence).toHaveLength(1);
    expect(budget.left("answer")).toBe(1);
  });

  it("retries a stream that was cut", async () => {
    const { turn } = await start([
      { reply: "half an answ", fault: { kind: "cut", after: 2 } },
      { reply: "Whole answer [E1]." },
    ]);
    expect((await run(turn)).findings).toBe("Whole answer [E1].");
  });

  it("rejects with the reason when the model stays silent", async () => {
    const { turn } = await start([{ reply: "x", fault: { kind: "stall", after: 0 } }]);
    await expect(run(turn)).rejects.toMatchObject({ name: "ModelError", reason: "stalled" });
  });

  it("stops at once when the turn is cancelled", async () => {
    const cancel = new AbortController();
    const check = () => void setTimeout(() => cancel.abort(), 50);
    const { turn } = await start([{ reply: "x", fault: { kind: "stall", after: 0 }, check }]);
    await expect(run(turn, { signal: cancel.signal })).rejects.toMatchObject({ code: "cancelled" });
  });
});

it("answers arguments that are not JSON with that mistake", async () => {
  const { turn } = await providers.openai([
    { toolCalls: [{ name: "look_up_alarm", args: "code is 2041" }] },
    {
      toolCalls: [{ name: "look_up_alarm", args: { code: "2041" } }],
      check: ({ text }) => expect(lastTool(text)).toMatch(/not valid JSON/),
    },
  ]);
  expect((await runSpecialist({ ...turn, ...task })).evidence).toHaveLength(1);
});

it("takes tool calls that a server gave no id", async () => {
  const { turn } = await providers.openai([
    { toolCalls: [{ name: "look_up_alarm", args: { code: "2041" } }], withoutCallIds: true },
    { reply: "High [E2]." },
  ]);
  const report = await runSpecialist({ ...turn, ...reporting });
  expect(report).toMatchObject({ findings: "High [E2].", evidence: [{ id: "E2" }] });
});

it("offers as many tools as leave room for evidence, the agent's first ones first", async () => {
  const { server, turn } = await providers.ollama([{ reply: "Seen [E1]." }]);
  const fat = Array.from({ length: 30 }, (_, index) => ({
    ...turn.tools[0]!,
    name: `tool_${index}`,
    description: "A long description of what it does and when. ".repeat(20),
  }));
  const agent = { ...maintenance, tools: fat.map(({ name }) => name) };
  await runSpecialist({ ...turn, ...task, agent, tools: fat });
  const offered = (server.requests.at(-1)!.body.tools as { function: { name: string } }[]).map(
    (tool) => tool.function.name,
  );
  expect(offered.slice(0, 3)).toEqual(["tool_0", "tool_1", "tool_2"]);
  expect(offered.length).toBeLessThan(20);
});

it("falls back from the hosted to the local model", async () => {
  const local = await startOllamaServer({ script: [{ reply: "From the local model [E1]." }] });
  const hosted = await startOpenAiServer({
    apiKey: "k",
    script: [
      { status: 429, error: "quota" },
      { status: 429, error: "quota" },
    ],
  });
  servers.push(local, hosted);
  const turn = await createTurn({
    llm: "openai:gpt-4o-mini",
    openaiBaseUrl: hosted.baseUrl,
    openaiApiKey: "k",
    ollamaHost: local.url,
  });
  expect(turn.models.map(({ id }) => id)).toEqual(["openai:gpt-4o-mini", "ollama:qwen3:8b"]);
  expect((await runSpecialist({ ...turn, ...task })).findings).toBe("From the local model [E1].");
});
