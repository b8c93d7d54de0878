import { beforeAll, describe, expect, it } from "vitest";
import type { Row } from "../../src/plant/records.ts";
import { createWorld } from "../../src/plant/simulator/create-world.ts";
import { happeningRows, masterRows } from "../../src/plant/simulator/plant-rows.ts";
import type { PlantRows } from "../../src/plant/simulator/plant-rows.ts";
import { readingsOf } from "../../src/plant/simulator/readings.ts";
import { dayMs, hourMs } from "../../src/plant/simulator/world.ts";
import type { World } from "../../src/plant/simulator/world.ts";
import { now, sampleDescription, sampleWorld } from "./sample.ts";

let world: World;
let rows: PlantRows;
const ms = (value: unknown): number => (value as Date).getTime();

beforeAll(async () => {
  world = await sampleWorld();
  rows = { ...masterRows(world), ...happeningRows(world, now.getTime()) };
});

function series(machineId: string, tagName: string, fromMs = now.getTime() - 30 * dayMs, toMs = now.getTime()) {
  const line = world.lines.find((each) => each.machine.id === machineId)!;
  const tag = line.model.tags.find((each) => each.name === tagName)!;
  return { tag, ...readingsOf(world, line, tag, { fromMs, toMs, everySeconds: tag.every_seconds }) };
}

/** When a tag's hourly mean leaves its normal range for good. */
function leavesNormal(machineId: string, tagName: string, fromMs: number, toMs: number): number {
  const { tag, times, values } = series(machineId, tagName, fromMs, toMs);
  for (let at = 0; at < times.length; at += 30) {
    const part = values.slice(at, at + 60);
    const mean = part.reduce((sum, each) => sum + each, 0) / part.length;
    if (mean > tag.normal[1] || mean < tag.normal[0] - 1000) return times[at]!;
  }
  return Number.POSITIVE_INFINITY;
}

describe("a fault leaves its traces in order", () => {
  it("in every episode: onset, alarms, stop, repair, end", () => {
    for (const episode of world.lines.flatMap((line) => line.episodes)) {
      const alarms = episode.firings.filter((firing) => firing.alarm.group === "alarm");
      expect(alarms.length, episode.id).toBeGreaterThan(0);
      expect(episode.onsetMs).toBeLessThan(alarms[0]!.startMs);
      expect(alarms[0]!.startMs, episode.id).toBeLessThan(episode.stopMs);
      expect(episode.stopMs).toBeLessThanOrEqual(episode.repairMs);
      expect(episode.repairMs).toBeLessThan(episode.endMs);
      for (const firing of episode.firings) expect(firing.endMs, episode.id).toBeGreaterThan(firing.startMs);
    }
  });

  it("fires every alarm that the fault declares, in the declared order", () => {
    for (const episode of world.lines.flatMap((line) => line.episodes)) {
      const firsts = episode.fault.alarms.map(
        (alarm) => episode.firings.find((firing) => firing.alarm === alarm)?.startMs,
      );
      expect(firsts, episode.id).not.toContain(undefined);
      expect(firsts).toEqual([...firsts].sort((a, b) => a! - b!));
    }
  });

  it("bearing wear: vibration, temperature, alarm 2042, alarm 2041, bad bores, a closed work order", () => {
    const order = rows.work_orders!.filter(
      (row) => row.secondary_code === "VIB-1" && row.priority === 1 && row.equipment_id === "CNC-07",
    );
    const closed = order.findLast((row) => row.status === "closed")!;
    const from = ms(closed.opened_at) - 16 * dayMs;
    const until = ms(closed.finished_at);
    const vibration = leavesNormal("CNC-07", "spindle_vibration", from, until);
    const temperature = leavesNormal("CNC-07", "spindle_temperature", from, until);
    const alarm = (code: string): number =>
      ms(
        rows.events!.find((row) => row.equipment_id === "CNC-07" && row.code === code && ms(row.started_at) > from)!
          .started_at,
      );
    const badBore = rows.inspections!.find(
      (row) =>
        row.equipment_id === "CNC-07" &&
        row.characteristic === "내경" &&
        row.result === "fail" &&
        ms(row.inspected_at) > alarm("2041") &&
        ms(row.inspected_at) < until,
    );
    const steps = [vibration, temperature, alarm("2042"), alarm("2041"), ms(badBore!.inspected_at), until];
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps).size).toBe(steps.length);
  });

  it("brings each declared defect more often while the fault is there than otherwise", () => {
    for (const line of world.lines)
      for (const episode of line.episodes.filter((each) => now.getTime() - each.stopMs < 110 * dayMs && !each.ongoing))
        for (const effect of episode.fault.quality.filter((each) => each.defect !== undefined && each.from < 1)) {
          const from = episode.onsetMs + (episode.stopMs - episode.onsetMs) * 0.85;
          const share = (inside: boolean): number => {
            const lots = rows.job_orders!.filter(
              (row) =>
                row.equipment_id === line.machine.id &&
                row.status === "completed" &&
                (ms(row.ended_at) > from && ms(row.started_at) < episode.stopMs) === inside,
            );
            const ids = new Set(lots.map((row) => row.lot_id));
            const defects = rows.inspections!.filter(
              (row) => row.defect_code === effect.defect && ids.has(row.lot_id!),
            );
            const made = lots.reduce((sum, row) => sum + Number(row.quantity_planned), 0);
            return defects.reduce((sum, row) => sum + Number(row.defects), 0) / made;
          };
          expect(share(true), `${episode.id} ${effect.defect}`).toBeGreaterThan(share(false));
        }
  });
});

describe("who mends what", () => {
  it("leaves a fault with a single solver to that person alone", () => {
    for (const fault of world.description.faults.filter((each) => each.solvers.length === 1)) {
      const name = world.description.people.find((person) => person.id === fault.solvers[0]!.person)!.name;
      const repairs = rows.work_orders!.filter(
        (row) =>
          row.component === fault.component &&
          row.priority === fault.priority &&
          row.status === "closed" &&
          !row.preventive,
      );
      expect(repairs.length, fault.id).toBeGreaterThan(0);
      expect(new Set(repairs.map((row) => row.technician)), fault.id).toEqual(new Set([name]));
    }
  });

  it("lets a veteran be markedly faster at the veterans' faults", () => {
    const veterans = new Set(
      world.description.people.filter((person) => person.leaves !== undefined).map((person) => person.id),
    );
    const shared = world.description.faults.filter(
      (fault) => fault.solvers.length > 1 && fault.solvers.some((each) => veterans.has(each.person)),
    );
    expect(shared.length).toBeGreaterThan(3);
    for (const fault of shared) {
      const slowest = Math.max(
        ...fault.solvers.filter((each) => veterans.has(each.person)).map((each) => each.minutes[1]),
      );
      for (const other of fault.solvers.filter((each) => !veterans.has(each.person)))
        expect(other.minutes[0], fault.id).toBeGreaterThan(slowest * 1.3);
    }
  });
});

describe("the state at the start", () => {
  it("has a fault under way: its alarm a few hours ago, its readings out of normal, its work order open", () => {
    const episode = world.lines.flatMap((line) => line.episodes).find((each) => each.ongoing)!;
    const last = rows.events!.findLast((row) => row.equipment_id === episode.machine.id && row.group === "alarm")!;
    expect(now.getTime() - ms(last.started_at)).toBeLessThan(6 * hourMs);
    for (const drift of episode.fault.drifts) {
      const { tag, values } = series(episode.machine.id, drift.tag, now.getTime() - hourMs / 4);
      expect(Math.min(...values), drift.tag).toBeGreaterThan(tag.normal[1]);
    }
    expect(
      rows.work_orders!.some(
        (row) => row.equipment_id === episode.machine.id && row.status === "open" && row.priority === 1,
      ),
    ).toBe(true);
  });

  it("is quiet elsewhere: every other tag is in its normal range and no alarm is active", () => {
    for (const line of world.lines.filter((each) => each.episodes.every((episode) => !episode.ongoing)))
      for (const tag of line.model.tags) {
        const { values } = series(line.machine.id, tag.name, now.getTime() - hourMs / 2);
        expect(values.length, `${line.machine.id}.${tag.name}`).toBeGreaterThan(0);
        expect(Math.min(...values), `${line.machine.id}.${tag.name}`).toBeGreaterThanOrEqual(tag.normal[0]);
        expect(Math.max(...values), `${line.machine.id}.${tag.name}`).toBeLessThanOrEqual(tag.normal[1]);
      }
    expect(rows.events!.filter((row) => row.ended_at === null)).toEqual([]);
  });

  it("has orders ahead of which a breakdown of eight hours makes some late and others not", () => {
    const waiting = rows.job_orders!.filter((row) => row.equipment_id === "CNC-07" && row.status !== "completed");
    const late = waiting.filter((row) => ms(row.planned_end_at) + 8 * hourMs > ms(row.due_at));
    expect(late.length).toBeGreaterThan(1);
    expect(late.length).toBeLessThan(waiting.length);
    expect(waiting[0]!.status).toBe("running");
  });
});

describe("soundness", () => {
  it("is the same for the same seed and start, and another for another seed", async () => {
    const again = happeningRows(await sampleWorld(), now.getTime());
    expect(again.work_orders).toEqual(rows.work_orders);
    expect(again.inspections).toEqual(rows.inspections);
    expect(happeningRows(await sampleWorld(2), now.getTime()).work_orders).not.toEqual(rows.work_orders);
  });

  it("has no value that is not a number, no missing time and no id twice", () => {
    const wrong: string[] = [];
    for (const [name, list] of Object.entries(rows) as [string, Row[]][]) {
      expect(new Set(list.map((row) => row.id)).size, name).toBe(list.length);
      for (const row of list)
        for (const [field, value] of Object.entries(row)) {
          const unsound =
            (typeof value === "number" && !Number.isFinite(value)) ||
            (value instanceof Date && Number.isNaN(value.getTime())) ||
            (typeof value === "string" && /undefined|NaN|\{\w+\}/u.test(value));
          if (unsound) wrong.push(`${name} ${String(row.id)} ${field}: ${String(value)}`);
        }
    }
    expect(wrong).toEqual([]);
  });

  it("keeps healthy readings in the normal range and every reading a number, a million and a half at most", () => {
    let count = 0;
    for (const line of world.lines)
      for (const tag of line.model.tags) {
        const { times, values } = series(line.machine.id, tag.name);
        count += times.length;
        expect(values.every(Number.isFinite)).toBe(true);
        if (line.episodes.some((episode) => episode.endMs > now.getTime() - 30 * dayMs)) continue;
        const out = values.filter((value) => value < tag.normal[0] || value > tag.normal[1]).length;
        expect(out / values.length, `${line.machine.id}.${tag.name}`).toBeLessThan(0.02);
      }
    expect(count).toBeGreaterThan(1_000_000);
    expect(count).toBeLessThan(1_500_000);
  });

  it("tells later what it told before: only what was open has moved on", async () => {
    const later = now.getTime() + 40 * hourMs;
    const grown = happeningRows(createWorld(await sampleDescription(), 1, now, new Date(later)), later);
    const changed: string[] = [];
    for (const name of ["events", "work_orders", "downtimes", "lots", "inspections", "job_orders"] as const) {
      const after = new Map(grown[name]!.map((row) => [row.id, row]));
      for (const row of rows[name]!) {
        const open = row.ended_at === null || row.finished_at === null || row.status === "in process";
        const same = open ? after.has(row.id!) : JSON.stringify(after.get(row.id!)) === JSON.stringify(row);
        if (!same) changed.push(`${name} ${String(row.id)}`);
      }
    }
    expect(changed).toEqual([]);
  });

  it("tells a recent part with the same numbers as the whole", () => {
    const part = happeningRows(world, now.getTime(), now.getTime() - hourMs);
    for (const name of ["events", "work_orders", "downtimes", "lot_links", "inspections"] as const) {
      const whole = new Map(rows[name]!.map((row) => [row.id, row]));
      for (const row of part[name]!) expect(whole.get(row.id!), name).toEqual(row);
    }
  });
});
