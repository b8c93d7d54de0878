import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NumberedRunEvent } from "../../../src/core/run-event.ts";
import type { Database, Db } from "../../../src/db/database.ts";
import { conversations, runs, type RunStatus } from "../../../src/db/schema/conversations.ts";
import { createLiveRuns, followRun } from "../../../src/runtime/run-log/follow-run.ts";
import { createRunLog, readRunEvents } from "../../../src/runtime/run-log/run-log.ts";
import { openTestDatabase } from "../../support/database.ts";
import { bakeryNow, technician } from "../../support/scripted-runtime.ts";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function newRun(status: RunStatus = "running"): Promise<string> {
  const [id, at] = [randomUUID(), bakeryNow];
  await database.db
    .insert(conversations)
    .values({ id, title: "t", actorId: "u", door: "test", createdAt: at, updatedAt: at });
  await database.db
    .insert(runs)
    .values({ id, conversationId: id, question: "q", actor: technician, status, mode: "extractive", createdAt: at });
  return id;
}
const delta = (text: string) => ({ type: "answer-delta", text }) as const;
const ended = { type: "run-cancelled", reason: "over" } as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The database, failing its first inserts; and how many it was asked for. */
function flaky(failures: number): { db: Db; inserts: () => number } {
  let inserts = 0;
  const db = new Proxy(database.db, {
    get(target, name, receiver) {
      if (name !== "insert") return Reflect.get(target, name, receiver) as unknown;
      return (table: Parameters<Db["insert"]>[0]) => {
        inserts++;
        if (inserts <= failures) throw new Error("the database is away");
        return target.insert(table);
      };
    },
  });
  return { db, inserts: () => inserts };
}

describe("a run's log", () => {
  it("numbers events from one, in their order", async () => {
    const runId = await newRun();
    const log = createRunLog({ db: database.db, runId, now: () => bakeryNow, onEvent: () => {} });
    for (const text of ["a", "b", "c"]) log.emit(delta(text));
    await log.flush();
    expect((await readRunEvents(database.db, runId, 0)).map(({ seq, event }) => [seq, event])).toEqual([
      [1, delta("a")],
      [2, delta("b")],
      [3, delta("c")],
    ]);
  });

  it("takes nothing after its end", async () => {
    const runId = await newRun();
    const log = createRunLog({ db: database.db, runId, now: () => bakeryNow, onEvent: () => {} });
    for (const event of [delta("a"), ended, delta("late"), ended]) log.emit(event);
    await log.flush();
    expect((await readRunEvents(database.db, runId, 0)).map(({ event }) => event)).toEqual([delta("a"), ended]);
  });

  it("tells every event at once", async () => {
    const heard: number[] = [];
    const log = createRunLog({
      db: database.db,
      runId: await newRun(),
      now: () => bakeryNow,
      onEvent: ({ seq }) => heard.push(seq),
    });
    log.emit(delta("a"));
    log.emit(delta("b"));
    expect(heard).toEqual([1, 2]);
    await log.flush();
  });

  it("stores a stream in groups, not event by event", async () => {
    const { db, inserts } = flaky(0);
    const log = createRunLog({ db, runId: await newRun(), now: () => bakeryNow, onEvent: () => {} });
    for (let index = 0; index < 60; index++) {
      log.emit(delta(String(index)));
      await pause(5);
    }
    await log.flush();
    expect(inserts()).toBeLessThan(12);
  });

  it("stores without being flushed, soon", async () => {
    const runId = await newRun();
    const log = createRunLog({ db: database.db, runId, now: () => bakeryNow, onEvent: () => {} });
    log.emit(delta("a"));
    await pause(400);
    expect(await readRunEvents(database.db, runId, 0)).toHaveLength(1);
  });

  it("loses nothing to a database that was away for a moment", async () => {
    const runId = await newRun();
    const log = createRunLog({ db: flaky(1).db, runId, now: () => bakeryNow, onEvent: () => {} });
    log.emit(delta("a"));
    await pause(250);
    log.emit(delta("b"));
    await log.flush();
    expect((await readRunEvents(database.db, runId, 0)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("says at the end that it could not be stored", async () => {
    const log = createRunLog({ db: flaky(9).db, runId: await newRun(), now: () => bakeryNow, onEvent: () => {} });
    log.emit(delta("a"));
    await expect(log.flush()).rejects.toThrow("the database is away");
  });
});

describe("who follows a run", () => {
  async function collect(
    runId: string,
    afterSeq: number,
    live = createLiveRuns(),
    limit = Infinity,
  ): Promise<number[]> {
    const seen: number[] = [];
    for await (const { seq } of followRun(database.db, live, runId, { afterSeq })) {
      seen.push(seq);
      if (seen.length >= limit) break;
    }
    return seen;
  }
  async function storedRun(): Promise<string> {
    const runId = await newRun("finished");
    const log = createRunLog({ db: database.db, runId, now: () => bakeryNow, onEvent: () => {} });
    for (const text of ["a", "b", "c"]) log.emit(delta(text));
    log.emit(ended);
    await log.flush();
    return runId;
  }

  it.each([
    [0, [1, 2, 3, 4]],
    [2, [3, 4]],
    [4, []],
    [99, []],
    [-3, [1, 2, 3, 4]],
  ])("after its end, from number %i on, gets %j", async (afterSeq, expected) =>
    expect(await collect(await storedRun(), afterSeq)).toEqual(expected),
  );

  it("gets the same from any number while it runs", async () => {
    const [runId, live] = [await newRun(), createLiveRuns()];
    live.begin(runId);
    const log = createRunLog({ db: database.db, runId, now: () => bakeryNow, onEvent: (event) => live.publish(event) });
    const readers = [0, 1, 3, 5].map((afterSeq) => collect(runId, afterSeq, live));
    for (const text of ["a", "b", "c", "d"]) {
      log.emit(delta(text));
      await pause(20);
    }
    log.emit(ended);
    await log.flush();
    await database.db.update(runs).set({ status: "finished" });
    live.end(runId);
    expect(await Promise.all(readers)).toEqual([[1, 2, 3, 4, 5], [2, 3, 4, 5], [4, 5], []]);
  });

  it("goes on where another reader stopped", async () => {
    const runId = await storedRun();
    const first = await collect(runId, 0, createLiveRuns(), 2);
    expect([...first, ...(await collect(runId, first.at(-1) ?? 0))]).toEqual([1, 2, 3, 4]);
  });

  it("reads slower than it is written and misses nothing", async () => {
    const [runId, live] = [await newRun(), createLiveRuns()];
    live.begin(runId);
    const log = createRunLog({ db: database.db, runId, now: () => bakeryNow, onEvent: (event) => live.publish(event) });
    const seen: NumberedRunEvent[] = [];
    const reader = (async () => {
      for await (const event of followRun(database.db, live, runId)) {
        seen.push(event);
        await pause(15);
      }
    })();
    for (let index = 0; index < 20; index++) log.emit(delta(String(index)));
    log.emit(ended);
    await log.flush();
    live.end(runId);
    await reader;
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });

  it("from another process sees it too", async () => {
    const runId = await newRun();
    const reader = collect(runId, 0);
    const log = createRunLog({ db: database.db, runId, now: () => bakeryNow, onEvent: () => {} });
    await pause(100);
    log.emit(delta("a"));
    log.emit(ended);
    await log.flush();
    expect(await reader).toEqual([1, 2]);
  });

  it("is told that there is no such run", async () =>
    await expect(collect("nope", 0)).rejects.toMatchObject({ code: "not_found" }));

  it("may leave at any time", async () => {
    const [runId, live, controller] = [await newRun(), createLiveRuns(), new AbortController()];
    live.begin(runId);
    setTimeout(() => controller.abort(), 30);
    const seen: number[] = [];
    for await (const { seq } of followRun(database.db, live, runId, { signal: controller.signal })) seen.push(seq);
    expect(seen).toEqual([]);
  });
});
