import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/core/run-event.ts";
import type { Database } from "../../src/db/database.ts";
import { conversations, runs } from "../../src/db/schema/conversations.ts";
import { createMemoryMesStore } from "../../src/plant/mes/memory-mes-store.ts";
import { openTestDatabase } from "../support/database.ts";
import { createScriptedRuntime, follow, ingestTexts, type ScriptedOptions } from "../support/scripted-runtime.ts";
import { bakeryDocuments } from "./bakery-documents.ts";
import { bakery } from "./bakery.ts";
import { createGate } from "./gate.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await ingestTexts(createScriptedRuntime(database), bakeryDocuments);
});
beforeEach(async () => void (await database.db.delete(conversations)));
afterAll(() => database.close());

const start = (options: ScriptedOptions = {}) => createScriptedRuntime(database, options);
const typesOf = (events: RunEvent[]): string[] => events.map((event) => event.type);
const rowOf = async (runId: string) => (await database.db.select().from(runs).where(eq(runs.id, runId)))[0];
const question = "OV-01 alarm E21, what first?";

/** A runtime whose turns wait at the plant's lists until the gate opens. */
function gated(options: ScriptedOptions = {}) {
  const gate = createGate();
  const store = createMemoryMesStore(bakery);
  const list: typeof store.list = async (query) => {
    await gate.wait();
    return await store.list(query);
  };
  return { gate, ...start({ ...options, mes: { list } }) };
}

describe("a turn", () => {
  it("begins with run-started and ends with one terminal event", async () => {
    const types = typesOf((await start().turn(question)).events);
    expect([
      types[0],
      types.at(-1),
      types.filter((type) => /^run-(?:finished|failed|cancelled)$/.test(type)).length,
    ]).toEqual(["run-started", "run-finished", 1]);
  });
  it("is understood before anything is looked up, and answered after", async () => {
    const types = typesOf((await start().turn(question)).events);
    const order = [
      "run-started",
      "understood",
      "plan-made",
      "tool-started",
      "evidence-found",
      "answer-delta",
      "answer-finished",
      "run-finished",
    ];
    expect(order.map((type) => types.indexOf(type))).toEqual(
      order.map((type) => types.indexOf(type)).toSorted((a, b) => a - b),
    );
  });
  it("finishes every tool that it started", async () => {
    const { events } = await start().turn(question);
    const ids = (type: string) =>
      events.flatMap((event) => (event.type === type && "callId" in event ? [event.callId] : [])).sort();
    expect(ids("tool-finished")).toEqual(ids("tool-started"));
  });
  it("numbers its events without a gap", async () => {
    const { numbered } = await start().turn(question);
    expect(numbered.map(({ seq }) => seq)).toEqual(numbered.map((_, index) => index + 1));
  });
  it("streams the same answer that it ends with", async () => {
    const { events, answer } = await start().turn(question);
    expect(events.flatMap((event) => (event.type === "answer-delta" ? [event.text] : [])).join("")).toBe(
      answer?.answer,
    );
  });
  it("cites only evidence that it found, at its sentences", async () => {
    const { answer } = await start().turn(question);
    const ids = new Set(answer?.evidence.map(({ id }) => id));
    expect(answer?.citations.length).toBeGreaterThan(0);
    for (const { evidenceId, start: from, end } of answer?.citations ?? []) {
      expect(ids).toContain(evidenceId);
      expect(answer?.answer.slice(from, end)).toContain(`[${evidenceId}]`);
    }
  });
  it("leaves its answer with the run", async () => {
    const { runId, answer } = await start().turn(question);
    expect(await rowOf(runId)).toMatchObject({
      status: "finished",
      mode: "extractive",
      answer: JSON.parse(JSON.stringify(answer)) as object,
    });
  });
  it("can be read again after its end, from anywhere", async () => {
    const { turn, runtime } = start();
    const { runId, numbered } = await turn(question);
    expect((await follow(runtime, runId, 5)).numbered).toEqual(numbered.slice(5));
  });
  it("is a follow-up of the turn before in its conversation", async () => {
    const { runtime, turn, ctx } = start();
    const first = await runtime.start(ctx, { question: "OV-03 상태 어때" });
    const second = await turn("알람은?", { conversationId: first.conversationId });
    expect(second.events.find((event) => event.type === "understood")?.understood.equipment).toMatchObject([
      { id: "OV-03" },
    ]);
  });
  it("of another conversation knows nothing of it", async () => {
    const { turn } = start();
    await turn("OV-03 상태 어때");
    const other = await turn("알람은?");
    expect(other.events.find((event) => event.type === "understood")?.understood.equipment).toEqual([]);
  });
});

describe("a question that can't be taken", () => {
  it.each([
    ["  \u200b ", "invalid_input"],
    ["x".repeat(4_001), "too_large"],
  ])("is refused before anything is stored", async (text, code) => {
    const { runtime, ctx } = start();
    await expect(runtime.start(ctx, { question: text })).rejects.toMatchObject({ code });
    expect(await database.db.select().from(conversations)).toEqual([]);
  });
  it("for a conversation that doesn't exist is refused", async () => {
    const { runtime, ctx } = start();
    await expect(runtime.start(ctx, { question, conversationId: "nope" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the same question twice by its key", () => {
  it("is one run", async () => {
    const { runtime, ctx } = start();
    const first = await runtime.start(ctx, { question, dedupeKey: "k" });
    expect(await runtime.start(ctx, { question, dedupeKey: "k" })).toEqual({ ...first, duplicate: true });
    await follow(runtime, first.runId);
  });
  it("is one run also at the same moment, in two processes", async () => {
    const both = [start(), start()];
    const started = await Promise.all(
      Array.from({ length: 8 }, (_, index) => both[index % 2]!).map(({ runtime, ctx }) =>
        runtime.start(ctx, { question, dedupeKey: "k" }),
      ),
    );
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(started.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    await follow(both[0]!.runtime, started[0]!.runId);
  });
  it("opens one conversation", async () => {
    const { runtime, ctx } = start();
    const started = await Promise.all([1, 2, 3].map(() => runtime.start(ctx, { question, dedupeKey: "k" })));
    expect(await database.db.select().from(conversations)).toHaveLength(1);
    await follow(runtime, started[0]!.runId);
  });
});

describe("cancelling", () => {
  it("ends a turn in the middle, though a store never answers", async () => {
    const { gate, runtime, ctx } = gated();
    const { runId } = await runtime.start(ctx, { question });
    await gate.reached;
    await runtime.cancel(ctx, runId, "not needed any more");
    const { events } = await follow(runtime, runId);
    expect(events.at(-1)).toEqual({ type: "run-cancelled", reason: "not needed any more" });
    expect((await rowOf(runId))?.status).toBe("cancelled");
  });
  it("ends a run that still waits without beginning it", async () => {
    const { gate, runtime, ctx } = gated({ deps: { concurrency: 1 } });
    const first = await runtime.start(ctx, { question });
    await gate.reached;
    const waiting = await runtime.start(ctx, { question });
    await runtime.cancel(ctx, waiting.runId, "no");
    expect((await follow(runtime, waiting.runId)).events).toEqual([{ type: "run-cancelled", reason: "no" }]);
    gate.open();
    await follow(runtime, first.runId);
    expect((await rowOf(waiting.runId))?.status).toBe("cancelled");
  });
  it("changes nothing about a run that is over", async () => {
    const { runtime, turn, ctx } = start();
    const { runId } = await turn(question);
    await runtime.cancel(ctx, runId, "too late");
    expect((await rowOf(runId))?.status).toBe("finished");
  });
  it("of no run is told so", async () => {
    const { runtime, ctx } = start();
    await expect(runtime.cancel(ctx, "nope", "")).rejects.toMatchObject({ code: "not_found" });
  });
  it("follows when the caller of ask goes away", async () => {
    const { gate, runtime, ctx } = gated();
    const controller = new AbortController();
    const answer = runtime.ask({ ...ctx, signal: controller.signal }, { question });
    await gate.reached;
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("draining", () => {
  it("lets running turns end", async () => {
    const { gate, runtime, ctx } = gated();
    const { runId } = await runtime.start(ctx, { question });
    await gate.reached;
    const drained = runtime.drain(5_000);
    gate.open();
    await drained;
    expect((await rowOf(runId))?.status).toBe("finished");
  });
  it("cancels what doesn't end in time", async () => {
    const { gate, runtime, ctx } = gated();
    const { runId } = await runtime.start(ctx, { question });
    await gate.reached;
    await runtime.drain(50);
    expect((await rowOf(runId))?.status).toBe("cancelled");
  });
  it("takes no more questions", async () => {
    const { runtime, ctx } = start();
    await runtime.drain(10);
    await expect(runtime.start(ctx, { question })).rejects.toMatchObject({ code: "unavailable" });
  });
  it("leaves waiting runs to the next process", async () => {
    const { gate, runtime, ctx } = gated({ deps: { concurrency: 1 } });
    await runtime.start(ctx, { question });
    await gate.reached;
    const waiting = await runtime.start(ctx, { question });
    await runtime.drain(50);
    const next = start();
    expect(await next.runtime.recover()).toEqual({ interrupted: 0, requeued: 1 });
    expect(typesOf((await follow(next.runtime, waiting.runId)).events).at(-1)).toBe("run-finished");
  });
});

// On a server several processes share the database; the engine says so.
describe("two processes on one database", () => {
  const shared = (options: ScriptedOptions = {}) => ({
    ...options,
    deps: { ...options.deps, database: { ...database, engine: "postgres" as const } },
  });

  it("see each other's runs live", async () => {
    const [one, other] = [start(shared()), start(shared())];
    const { runId } = await one.runtime.start(one.ctx, { question });
    const [here, there] = await Promise.all([follow(one.runtime, runId), follow(other.runtime, runId)]);
    expect(there.numbered).toEqual(here.numbered);
  });
  it("leave each other's running runs alone", async () => {
    const one = gated(shared());
    const { runId } = await one.runtime.start(one.ctx, { question });
    await one.gate.reached;
    expect(await start(shared()).runtime.recover()).toEqual({ interrupted: 0, requeued: 0 });
    one.gate.open();
    expect(typesOf((await follow(one.runtime, runId)).events).at(-1)).toBe("run-finished");
  });
  it("end a run whose lease has run out", async () => {
    const one = gated(shared());
    const { runId } = await one.runtime.start(one.ctx, { question });
    await one.gate.reached;
    const later = start(shared({ deps: { now: () => new Date("2025-03-13T10:00:00Z") } }));
    expect(await later.runtime.recover()).toEqual({ interrupted: 1, requeued: 0 });
    one.gate.open();
    await one.runtime.drain(3_000);
    // The process that was only slow doesn't turn the ended run into a finished one.
    expect((await rowOf(runId))?.status).toBe("interrupted");
  });
  it("carry out a waiting run once", async () => {
    const one = gated(shared({ deps: { concurrency: 1 } }));
    await one.runtime.start(one.ctx, { question });
    await one.gate.reached;
    const { runId } = await one.runtime.start(one.ctx, { question });
    const other = start(shared());
    await other.runtime.recover();
    await follow(other.runtime, runId);
    one.gate.open();
    await one.runtime.drain(3_000);
    expect((await rowOf(runId))?.attempt).toBe(1);
  });
});

it("turns of one conversation wait for each other, others don't", async () => {
  const { gate, runtime, ctx } = gated();
  const first = await runtime.start(ctx, { question });
  await gate.reached;
  const second = await runtime.start(ctx, { question: "hello", conversationId: first.conversationId });
  const elsewhere = await runtime.start(ctx, { question: "thanks" });
  await follow(runtime, elsewhere.runId);
  expect((await rowOf(second.runId))?.status).toBe("queued");
  gate.open();
  expect(typesOf((await follow(runtime, second.runId)).events).at(-1)).toBe("run-finished");
});
