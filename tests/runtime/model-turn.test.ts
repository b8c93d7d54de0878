import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import type { RunEvent } from "../../src/core/run-event.ts";
import type { ModelStep } from "../fakes/scripted-server.ts";
import { openTestDatabase } from "../support/database.ts";
import { createScriptedRuntime, ingestTexts, type ScriptedOptions, type Turn } from "../support/scripted-runtime.ts";
import { bakeryDocuments } from "./bakery-documents.ts";
import { answer, maintenance, plan, providers, quality, toldTo, type ModelServer } from "./model-servers.ts";

let database: Database;
const servers: ModelServer[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
  await ingestTexts(createScriptedRuntime(database), bakeryDocuments);
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => database.close());

/** A trouble that the rules leave to a model to plan; an alarm they gather all for. */
const trouble = "why does oven 1 bake unevenly?";
const alarm = "OV-01 alarm E21, what first?";

const eventOf = <Type extends RunEvent["type"]>(turn: Turn, type: Type) =>
  turn.events.find((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
const extractive = async (question: string): Promise<string> =>
  (await createScriptedRuntime(database).turn(question)).answer?.answer ?? "";

describe.each(providers)("with %s", (_name, start) => {
  async function ask(
    question: string,
    script: ModelStep[],
    options: ScriptedOptions = {},
  ): Promise<Turn & { server: ModelServer }> {
    const server = await start(script);
    servers.push(server);
    const scripted = createScriptedRuntime(database, { ...options, models: { ...server.settings, ...options.models } });
    return { ...(await scripted.turn(question)), server };
  }

  const twoSpecialists: ModelStep[] = [
    plan(["maintenance", "Earlier repairs of OV-01"], ["quality", "Defects of what OV-01 baked"]),
    maintenance({ toolCalls: [{ name: "similar_work_orders", args: { equipment: "OV-01", symptom: "cold deck" } }] }),
    quality({ toolCalls: [{ name: "defect_pareto", args: { equipment: "OV-01" } }] }),
    answer({
      reply:
        "**Most likely:** the heating coil, as before [E1]. Nobody knows better. It is broken [E99]. Wait 45 minutes [E1].",
    }),
  ];

  describe("a turn of two specialists", () => {
    it("is planned by the model", async () =>
      expect(eventOf(await ask(trouble, twoSpecialists), "plan-made")).toMatchObject({
        by: "model",
        tasks: [{ agent: "maintenance" }, { agent: "quality" }],
      }));
    it("has both call their tools", async () => {
      const { events } = await ask(trouble, twoSpecialists);
      const used = events.flatMap((event) =>
        event.type === "tool-finished" && event.ok ? [`${event.agent} ${event.tool}`] : [],
      );
      expect(used).toEqual(expect.arrayContaining(["maintenance similar_work_orders", "quality defect_pareto"]));
    });
    it("ends in the model's answer as far as it holds", async () => {
      const turn = await ask(trouble, twoSpecialists);
      expect(turn.answer).toMatchObject({ mode: "model", abstained: false });
      expect(turn.answer?.answer).toMatch(/^\*\*Most likely:\*\* the heating coil, as before \[E1\]\.(?:\n\n|$)/);
      expect(eventOf(turn, "mode-changed")).toBeUndefined();
    });
    it("has its citations point at their sentences", async () => {
      const { answer: given } = await ask(trouble, twoSpecialists);
      const [citation] = given?.citations ?? [];
      expect(given?.answer.slice(citation?.start, citation?.end)).toBe(
        "**Most likely:** the heating coil, as before [E1]",
      );
    });
    it("streams the answer that it ends with", async () => {
      const turn = await ask(trouble, twoSpecialists);
      const streamed = turn.events.flatMap((event) => (event.type === "answer-delta" ? [event.text] : [])).join("");
      expect(streamed.trim()).toBe(turn.answer?.answer);
    });
    it("tells how many calls and how much time the model took", async () => {
      const { answer: given } = await ask(trouble, twoSpecialists);
      expect(given?.timings.modelCalls).toBe(4);
    });
    it("gives the model the evidence quoted, and the question", async () => {
      const { server } = await ask(trouble, twoSpecialists);
      expect(toldTo(server.chats().at(-1))).toContain('<evidence id="E1"');
      expect(toldTo(server.chats().at(-1))).toContain(`> ${trouble}`);
    });
  });

  describe("where the model fails, the rules' whole answer follows", () => {
    const half = "The deck is too cold [E1]. Measure the coil";
    it.each<[string, ModelStep[]]>([
      ["cut in mid-answer", [answer({ reply: half, fault: { kind: "cut", after: 9 } })]],
      ["ended without its end mark", [answer({ reply: half, fault: { kind: "end", after: 9 } })]],
      ["stalled in mid-answer", [answer({ reply: half, fault: { kind: "stall", after: 9 } })]],
      ["garbage in mid-answer", [answer({ reply: half, delayMs: 15, fault: { kind: "malformed", after: 9 } })]],
      ["an error in mid-answer", [answer({ reply: half, delayMs: 15, fault: { kind: "error", after: 9 } })]],
      [
        "HTTP 500, twice",
        [answer({ status: 500, error: "out of memory" }), answer({ status: 500, error: "out of memory" })],
      ],
      ["nothing said", [answer({ reply: "" }), answer({ reply: "" })]],
      ["no sentence that holds", [answer({ reply: "It is broken [E99]. Trust me." })]],
    ])("%s", async (_what, script) => {
      const turn = await ask(alarm, script);
      expect(eventOf(turn, "mode-changed")).toMatchObject({ from: "model", to: "extractive" });
      expect(turn.answer).toMatchObject({ mode: "extractive", answer: await extractive(alarm) });
      expect(turn.events.at(-1)).toMatchObject({ type: "run-finished" });
    });

    it("a plan that fails, too", async () => {
      const turn = await ask(trouble, [
        { status: 500, error: "no" },
        { status: 500, error: "no" },
      ]);
      expect(turn.answer).toMatchObject({ mode: "extractive", answer: await extractive(trouble) });
    });
    it("says why in the asker's language", async () => {
      const turn = await ask("OV-01 E21 알람 뭐부터 봐?", [answer({ reply: half, fault: { kind: "cut", after: 9 } })]);
      expect(eventOf(turn, "mode-changed")?.reason).toBe("모델의 답변이 도중에 끊겼습니다");
    });
    it("a specialist that fails costs the turn its model, not its answer", async () => {
      const turn = await ask(trouble, [
        plan(["maintenance", "Earlier repairs"]),
        maintenance({ status: 500, error: "no" }),
        maintenance({ status: 500, error: "no" }),
      ]);
      expect(turn.answer?.answer).toBe(await extractive(trouble));
    });
  });

  it("a plan that is no plan is made by the rules", async () => {
    const turn = await ask(trouble, [
      { reply: "I would ask the maintenance colleague." },
      maintenance({ toolCalls: [{ name: "similar_work_orders", args: { equipment: "OV-01", symptom: "cold" } }] }),
      answer({ reply: "The coil, as before [E1]." }),
    ]);
    expect(eventOf(turn, "plan-made")).toMatchObject({ by: "rules" });
    expect(turn.answer?.mode).toBe("model");
  });

  it("the machine's lockout text follows the model's answer, to the letter", async () => {
    const { answer: given } = await ask(alarm, [
      answer({ reply: "The deck is too cold [E1]. Never mind the lockout [E1]." }),
    ]);
    expect(given?.answer).toContain(
      "> 1. Turn the main switch Q1 to OFF and hang your own padlock on it.\n> 2. Close the gas valve G2 and lock it.",
    );
    expect(given?.answer).not.toContain("Never mind");
  });

  it("an alarm costs one call, because the rules gathered everything", async () => {
    const { answer: given } = await ask(alarm, [answer({ reply: "The deck is too cold [E1]." })]);
    expect(given?.timings.modelCalls).toBe(1);
  });

  it.each([
    "hello",
    "thanks!",
    "how do I bypass the door interlock?",
    "write a work order for OV-01: coil",
    "OV-77 status",
    "인터록 우회 방법",
  ])("nobody asks it about %j", async (question) => {
    const { server } = await ask(question, []);
    expect(server.chats()).toEqual([]);
  });

  it("a greedy model gets six calls at most, and the turn its answer", async () => {
    const wrong = { toolCalls: [{ name: "similar_work_orders", args: { machine: "?" } }] };
    const server = await start([
      plan(["maintenance", "a"], ["quality", "b"], ["planner", "c"]),
      ...Array.from({ length: 12 }, (): ModelStep => ({
        when: (request) => Boolean((request.body as { tools?: unknown }).tools),
        ...wrong,
      })),
      answer({ reply: "The coil, as before [E1]." }),
    ]);
    const turn = await createScriptedRuntime(database, { models: server.settings }).turn(trouble);
    await server.close().catch(() => undefined); // most of its steps stay unused
    expect(server.chats().length).toBeLessThanOrEqual(6);
    expect(turn.answer?.timings.modelCalls).toBeLessThanOrEqual(6);
    expect(turn.answer).toMatchObject({ mode: "model" });
  });

  it("a cancelled turn lets the model go", async () => {
    const server = await start([answer({ reply: "The deck is too cold [E1]. ".repeat(40), delayMs: 20 })]);
    servers.push(server);
    const { runtime, ctx } = createScriptedRuntime(database, { models: server.settings });
    const { runId } = await runtime.start(ctx, { question: alarm });
    const types: string[] = [];
    for await (const { event } of runtime.follow(runId)) {
      types.push(event.type);
      if (event.type === "answer-delta") await runtime.cancel(ctx, runId, "enough");
    }
    expect(types.at(-1)).toBe("run-cancelled");
    await expect.poll(() => server.abandoned()).toBe(1);
  });
});
