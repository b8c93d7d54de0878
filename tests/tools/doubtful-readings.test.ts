import { describe, expect, it } from "vitest";
import type { Unseen } from "../../src/plant/source.ts";
import type { SensorReading } from "../../src/tools/sensors/sensor-reading.ts";
import { createMemorySensorStore } from "../../src/plant/sensors/memory-sensor-store.ts";
import type { Tag } from "../../src/plant/sensor-store.ts";
import { hoursAgo, now, openPlant } from "./plant.ts";

const tag: Tag = {
  ...{ id: "MILL-01.temperature", equipmentId: "MILL-01", name: "temperature", nameKo: null, aliases: [], unit: "°C" },
  ...{ normalLow: null, normalHigh: 60, alarmLow: null, alarmHigh: 70, source: "historian" },
};
const minute = 60_000;
type Point = { at: number; value: number };
const every = (minutes: number, hours: number, value: (index: number) => number, endHoursAgo = 0): Point[] =>
  Array.from({ length: Math.round((hours * 60) / minutes) }, (_, index) => ({
    at: +hoursAgo(hours + endHoursAgo) + (index + 1) * minutes * minute,
    value: value(index),
  }));
const wobble = (index: number) => 40 + Math.sin(index * 1.7) + (index % 7) * 0.1;

async function read(points: Point[], language: "ko" | "en" = "en", input: object = {}, more: object = {}) {
  const sensors = createMemorySensorStore([tag]);
  sensors.append([{ tagId: tag.id, times: points.map((one) => one.at), values: points.map((one) => one.value) }]);
  const opened = openPlant({ language });
  Object.assign(opened.context, { sensors, ...more });
  const { output, evidence } = await opened.run("read_sensors", {
    equipment: "MILL-01",
    tags: "temperature",
    ...input,
  });
  const [reading] = (output as { readings: SensorReading[] }).readings;
  return { reading: reading!, text: evidence[0]?.text ?? "", label: evidence[0]?.source.label };
}

describe("a reading's age", () => {
  it("is judged by how often its tag is usually measured", async () => {
    const often = await read(every(1, 20, wobble, 0.5));
    expect(often.reading.latest).toMatchObject({ stale: true, ageMinutes: 30 });
    expect(often.text).toContain("The newest value is old");
    expect(often.text).toContain("Usually one arrives within 1 min.");
    const seldom = await read(every(60, 20, wobble, 2));
    expect(seldom.reading.latest).toMatchObject({ stale: false, ageMinutes: 120 });
    expect(seldom.reading.usualMinutes).toBe(60);
  });

  it("in the future is a wrong clock, not the present value", async () => {
    const points = [...every(1, 5, wobble), { at: +now + 40 * minute, value: 41 }];
    const { reading, text } = await read(points);
    expect(reading.latest).toMatchObject({ future: true });
    expect(text).toContain("it is dated in the future (2026-11-21 10:40): a clock is wrong");
    expect(text).not.toContain("Now 41");
    expect((await read(points, "ko")).text).toContain("시각이 미래(2026-11-21 10:40)입니다");
  });
});

describe("doubt", () => {
  it("of a jump in units is said in both languages", async () => {
    const jumped = every(5, 20, (index) => (index < 150 ? wobble(index) : wobble(index) * 1000));
    const { reading, text } = await read(jumped);
    expect(reading.doubts).toContainEqual(expect.objectContaining({ kind: "unit_jump", weight: "grave" }));
    expect(text).toMatch(/Doubt: .*×1000.*Don't rely on these values/);
    expect((await read(jumped, "ko")).text).toMatch(/의심: .*×1000.*그대로 믿지 마십시오/);
  });

  it("is not raised by healthy values", async () => {
    const { reading, text } = await read(every(5, 20, wobble));
    expect(reading.doubts).toEqual([]);
    expect(text).not.toContain("Doubt");
  });
});

describe("a source that can't be seen", () => {
  const unseen: Unseen = {
    ...{ source: "historian", kind: "sensors", since: hoursAgo(2), newest: null },
    reason: { ko: "2초 안에 응답이 없음", en: "no answer within 2 s" },
  };

  it("is why there are no values, in both languages", async () => {
    const more = { unseen: () => [unseen] };
    const { reading, text } = await read([], "en", {}, more);
    expect(reading).toMatchObject({ found: false, unseen: { source: "historian" } });
    expect(text).toContain(
      "can't be read now: its source historian has not been seen since 2026-11-21 08:00: no answer within 2 s",
    );
    expect(text).not.toContain("not one reading");
    expect((await read([], "ko", {}, more)).text).toContain("historian이 2026-11-21 08:00부터 보이지 않습니다");
  });

  it("is named as the source of its values while it can", async () => {
    const declared = await read(every(5, 20, wobble), "en", {}, { isDeclared: () => true });
    expect(declared.label).toBe("MILL-01.temperature · historian");
    expect((await read(every(5, 20, wobble))).label).toBe("MILL-01.temperature");
  });
});
