import type { Tag } from "../../src/plant/sensor-store.ts";

export const start = Date.parse("2026-03-01T00:00:00Z");
export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;

function tag(id: string, equipmentId: string, more: Partial<Tag> = {}): Tag {
  const limits = { normalLow: null, normalHigh: null, alarmLow: null, alarmHigh: null };
  return { id, equipmentId, name: id, nameKo: null, aliases: [], unit: null, ...limits, source: "plant", ...more };
}

export const tags = [
  tag("A.heat", "A", { nameKo: "온도", aliases: ["열"], unit: "°C", normalLow: 30, normalHigh: 55.5, alarmHigh: 70 }),
  tag("A.shake", "A"),
  tag("B.flow", "B"),
];

/** n readings from `start` on, each `stepMs` apart; the value is the index unless told. */
export function series(tagId: string, n: number, stepMs: number, valueOf = (index: number) => index) {
  const indexes = Array.from({ length: n }, (_, index) => index);
  return { tagId, times: indexes.map((index) => start + index * stepMs), values: indexes.map(valueOf) };
}
