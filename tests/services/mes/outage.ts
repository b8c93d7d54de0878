import { afterAll, beforeAll, expect, it } from "vitest";
import { toSunbaeError } from "../../../src/core/errors.ts";
import type { MesSource } from "../../../src/plant/source.ts";

export type Outage = {
  source: MesSource;
  halt(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
};

/** A source whose `people` has three rows, and whose server is stopped and brought back while questions are asked. */
export function outageContract(name: string, open: () => Promise<Outage>): void {
  let outage: Outage;
  beforeAll(async () => {
    outage = await open();
  }, 60_000);
  afterAll(async () => await outage.close());

  it(`${name}: what a server that went away holds is unavailable until it is back, without a restart of ours`, async () => {
    const { store, probe } = outage.source;
    const rows = async () => (await store.coverage("people")).rows;
    expect(await rows()).toBe(3);
    const asked = Array.from({ length: 40 }, () => rows().catch((thrown: unknown) => toSunbaeError(thrown).code));
    await outage.halt();
    for (const answer of await Promise.all(asked)) expect([3, "unavailable"]).toContain(answer);
    const query = { records: "people", where: [], timeZone: "UTC" } as const;
    const calls = [
      () => rows(),
      () => store.list({ ...query, where: [], limit: 5 }),
      () => store.aggregate({ ...query, where: [], measure: { kind: "count" } }),
      () => store.vocabulary("people", "name", 5),
    ];
    for (const call of calls)
      await expect(call()).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("can't be reached"),
      });
    expect(await probe()).toMatchObject({ ok: false, problem: expect.stringContaining("can't be reached") });
    await outage.resume();
    expect(await rows()).toBe(3);
    const view = await probe();
    expect(view).toMatchObject({ ok: true, problem: null, rows: [{ records: "people", count: 3 }] });
    expect(view.notes).toContain("the session is read-only");
    expect(Math.abs(view.clockDifferenceMs ?? 1e9)).toBeLessThan(2_000);
  }, 90_000);
}
