import { describe, expect, it } from "vitest";
import { createLiveSample } from "../../src/plant/simulator/live-sample.ts";
import { dayMs, hourMs, minuteMs } from "../../src/plant/simulator/world.ts";
import { createFakePlantWriter } from "../fakes/plant-writer.ts";
import { now, sampleDescription } from "./sample.ts";

const later = (ms: number): Date => new Date(now.getTime() + ms);

async function startLive(resumeFrom?: Date) {
  const store = createFakePlantWriter();
  const description = await sampleDescription();
  const live = createLiveSample({
    writer: store.writer,
    description,
    seed: 1,
    startedAt: now,
    ...(resumeFrom ? { resumeFrom } : {}),
  });
  return { ...store, description, live };
}

describe("the sample goes on living", () => {
  it("writes a reading of every running tag every five seconds", async () => {
    const { live, readings, description } = await startLive();
    await live.tick(later(5000));
    await live.tick(later(10_000));
    const tags = description.machines.flatMap(
      (machine) => description.models.find((model) => model.id === machine.model)!.tags,
    );
    expect(readings.size).toBe(tags.length);
    for (const series of readings.values())
      expect([...series.keys()]).toEqual([now.getTime() + 5000, now.getTime() + 10_000]);
  });

  it("first writes machines and sensors that a newer Sunbae describes, so that their readings have a tag", async () => {
    const { live, rows, readings } = await startLive();
    await live.tick(later(5000));
    const tags = new Set(rows("tags").map((row) => row.id));
    expect([...readings.keys()].filter((id) => !tags.has(id))).toEqual([]);
    expect(tags.size).toBeGreaterThan(0);
  });

  it("does nothing when the clock stands or goes back", async () => {
    const { live } = await startLive();
    await live.tick(later(60_000));
    expect(await live.tick(later(60_000))).toEqual({ readings: 0, rows: 0 });
    expect(await live.tick(later(30_000))).toEqual({ readings: 0, rows: 0 });
  });

  it("begins a fault within half an hour; its alarm comes, and clears, and its work order is closed", async () => {
    const { live, rows } = await startLive();
    let seenActive = false;
    for (let at = minuteMs; at <= 3 * hourMs; at += minuteMs) {
      await live.tick(later(at));
      if (at <= 30 * minuteMs)
        seenActive ||= rows("events").some((row) => (row.started_at as Date) > now && row.ended_at === null);
    }
    expect(seenActive).toBe(true);
    const begun = rows("events").filter(
      (row) => (row.started_at as Date) > now && (row.started_at as Date) < later(hourMs),
    );
    expect(begun.length).toBeGreaterThan(0);
    expect(begun.every((row) => row.ended_at !== null)).toBe(true);
    expect(rows("work_orders").some((row) => (row.opened_at as Date) > now && row.status === "closed")).toBe(true);
  });

  it("fills the gap since the last stop, two days of it at most", async () => {
    const { live, readings } = await startLive(later(0));
    await live.tick(later(9 * dayMs));
    const times = [...readings.get("CNC-03.spindle_vibration")!.keys()];
    expect(Math.min(...times)).toBeGreaterThanOrEqual(now.getTime() + 7 * dayMs);
    expect(Math.max(...times)).toBe(now.getTime() + 9 * dayMs);
    expect(times.length).toBeGreaterThan(2500);
    expect(times.length).toBeLessThan(2900);
  });

  it("closes the work order of the fault that was under way at the start", async () => {
    const { live, rows } = await startLive();
    await live.tick(later(minuteMs));
    const open = rows("work_orders").find((row) => row.equipment_id === "CNC-07" && row.priority === 1)!;
    expect(open.status).toBe("open");
    for (let at = hourMs; at <= 72 * hourMs; at += hourMs) await live.tick(later(at));
    const closed = rows("work_orders").find((row) => row.id === open.id)!;
    expect(closed.status).toBe("closed");
    expect(closed.technician).not.toBeNull();
  });

  it("writes again only rows that have changed", async () => {
    const { live } = await startLive();
    const first = await live.tick(later(minuteMs));
    const second = await live.tick(later(2 * minuteMs + 1000));
    expect(first.rows).toBeGreaterThan(0);
    expect(second.rows).toBeLessThan(60);
  });
});
