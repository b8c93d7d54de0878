import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { SunbaeError } from "../../../src/core/errors.ts";
import { MappingError } from "../../../src/plant/mapping-error.ts";
import { createSourceGuard, type GuardOptions } from "../../../src/plant/routing/source-guard.ts";

const guard = (more: Partial<GuardOptions> = {}) =>
  createSourceGuard({
    ...{ name: "mes", kind: "mes", timeoutMs: 500, firstContactMs: 60, retryMs: 30 },
    ping: async () => {},
    logger: { warn: () => {}, info: () => {} },
    now: () => new Date("2026-11-21T03:00:00Z"),
    ...more,
  });
const away = () => Promise.reject(new SunbaeError("unavailable", "Gone."));

/** An answer that has come, but is read only when the event loop gets to it. */
const unread = (turns: number): Promise<number> =>
  new Promise((resolve) => {
    const next = (left: number): void => void setImmediate(() => (left === 0 ? resolve(7) : next(left - 1)));
    next(turns);
  });

test("a process that was itself held up does not take a source for dead", async () => {
  const one = guard();
  const asked = one.ask(() => unread(3));
  const until = performance.now() + 250;
  while (performance.now() < until);
  expect(await asked).toBe(7);
  expect(one.state().ok).toBe(true);
  one.close();
});

test("a source that comes and goes is asked less and less often", async () => {
  let pings = 0;
  const one = guard({ ping: async () => void (pings += 1) });
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    await one.ask(away).catch(() => {});
    const began = performance.now();
    while (!one.state().ok) await pause(2);
    times.push(performance.now() - began);
  }
  expect(pings).toBe(3);
  // 30, 60 and 120 ms.
  expect(times[1]).toBeGreaterThan(50);
  expect(times[2]).toBeGreaterThan(110);
  one.close();
});

test("a question that a source can't take leaves it alive, and its failure is told", async () => {
  const one = guard();
  await expect(one.ask(() => Promise.reject(new TypeError("rows is undefined")))).rejects.toMatchObject({
    code: "unavailable",
    unseen: { source: "mes", reason: null },
  });
  await expect(one.ask(() => Promise.reject(new SunbaeError("invalid_input", "No such field.")))).rejects.toMatchObject(
    {
      code: "invalid_input",
    },
  );
  const wide = () => Promise.reject(new SunbaeError("too_large", "More than 50000 rows would have to be read."));
  await expect(one.ask(wide)).rejects.toMatchObject({
    unseen: { reason: { en: "More than 50000 rows would have to be read" } },
  });
  expect(one.state()).toMatchObject({ ok: true, problem: null });
  expect(await one.ask(async () => 1)).toBe(1);
  one.close();
});

const misfit = () =>
  Promise.reject(new MappingError('"WO" has no column "END".', { records: "work_orders", fix: "Correct it." }));

test("a mapping that doesn't fit refuses its own questions only, and says why and what helps", async () => {
  const logged: unknown[] = [];
  const one = guard({ ping: misfit, logger: { warn: (fields: unknown) => void logged.push(fields), info: () => {} } });
  for (let times = 0; times < 2; times++)
    await expect(one.ask(misfit)).rejects.toMatchObject({
      unseen: {
        reason: {
          en: `the mapping of work_orders doesn't fit the database: "WO" has no column "END", see sunbae doctor`,
        },
      },
    });
  expect(one.state()).toMatchObject({ ok: true, problem: null });
  expect(await one.ask(async () => 1)).toBe(1);
  expect(logged).toMatchObject([{ source: "mes", fix: "Correct it." }]);
  // The ping may be about the very record set.
  expect(await one.look()).toBe(true);
  expect(one.state().ok).toBe(true);
  one.close();
});

test("a sensor store without its table is as good as dead", async () => {
  const one = guard({ kind: "sensors" });
  await expect(one.ask(misfit)).rejects.toMatchObject({ code: "unavailable" });
  expect(one.state().ok).toBe(false);
  one.close();
});

test("after it was closed a guard asks nobody any more", async () => {
  let pings = 0;
  const one = guard({ ping: async () => void (pings += 1) });
  await one.ask(away).catch(() => {});
  one.close();
  await pause(90);
  expect(pings).toBe(0);
});
