import { courseAt } from "./course.ts";
import type { QualityEffect } from "./description/fault-schema.ts";
import type { Characteristic } from "./description/production-schema.ts";
import type { Order } from "./orders.ts";
import { chance, poisson } from "./random.ts";
import { minuteMs } from "./world.ts";
import type { Line, World } from "./world.ts";

// What the faults do to what the machine makes.

export type Measured = { characteristic: Characteristic; subgroup: number; atMs: number; values: number[] };
export type DefectCount = { code: string; name: string; count: number };

const subgroupSize = 5;

/** Subgroups of five of each characteristic, early and late in the order's work (a later stop doesn't move them), until `nowMs`. */
export function measurementsOf(world: World, order: Order, nowMs: number): Measured[] {
  return order.product.characteristics.flatMap((characteristic) =>
    [0.25, 0.85].flatMap((share, at) => {
      const workMs = order.quantity * order.product.cycle_seconds * 1000;
      const atMs = Math.round((order.startMs + workMs * share) / minuteMs) * minuteMs;
      if (atMs > nowMs) return [];
      const random = chance(world.seed, "measure", order.id, characteristic.name, at);
      const { shift, spread } = effectsAt(order.line, characteristic.name, atMs);
      const values = Array.from({ length: subgroupSize }, () => {
        const value = characteristic.target + shift + random.normal() * characteristic.sigma * spread;
        const oneSided = characteristic.lsl === undefined;
        return Number((oneSided ? Math.max(0, value) : value).toFixed(characteristic.decimals));
      });
      return [{ characteristic, subgroup: at + 1, atMs, values }];
    }),
  );
}

/** Defective pieces of an order by type, over the part of it that is done. */
export function defectsOf(world: World, order: Order, done: number): DefectCount[] {
  return order.product.defects.flatMap((defect) => {
    const random = chance(world.seed, "defect", order.id, defect.code);
    let rate = 0;
    const samples = 8;
    for (let at = 0; at < samples; at++) {
      const ms = order.startMs + ((at + 0.5) / samples) * (order.endMs - order.startMs) * done;
      rate += defect.rate + defectRateAt(order.line, defect.code, ms);
    }
    const count = poisson(random, (rate / samples) * order.quantity * done);
    return count > 0
      ? [{ code: defect.code, name: defect.name, count: Math.min(count, Math.round(order.quantity * done)) }]
      : [];
  });
}

function effectsAt(line: Line, characteristic: string, ms: number): { shift: number; spread: number } {
  let shift = 0;
  let spread = 1;
  for (const { effect, strength } of activeEffects(line, ms)) {
    if (effect.characteristic !== characteristic) continue;
    shift += effect.shift * strength;
    spread *= 1 + (effect.spread - 1) * strength;
  }
  return { shift, spread };
}

function defectRateAt(line: Line, code: string, ms: number): number {
  let rate = 0;
  for (const { effect, strength } of activeEffects(line, ms))
    if (effect.defect === code) rate += effect.rate * strength;
  return rate;
}

function activeEffects(line: Line, ms: number): { effect: QualityEffect; strength: number }[] {
  return line.episodes.flatMap((episode) => {
    const course = courseAt(episode, ms);
    if (!course) return [];
    return episode.fault.quality.flatMap((effect) => {
      if (effect.from >= 1) return course.limping ? [{ effect, strength: 1 }] : [];
      const strength = (course.progress - effect.from) / (1 - effect.from);
      return strength > 0 ? [{ effect, strength }] : [];
    });
  });
}
