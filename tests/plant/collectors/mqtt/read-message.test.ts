import { describe, expect, it } from "vitest";
import { createMessageReader } from "../../../../src/plant/collectors/mqtt/read-message.ts";
import { mqttCollectorSettings } from "../../../../src/plant/collectors/mqtt/mqtt-settings.ts";
import { createZone } from "../../../../src/plant/import/values/zoned-time.ts";

const now = Date.parse("2026-03-10T05:00:00Z");
const at = "2026-03-10T04:59:00Z";

function read(topics: object[], topic: string, payload: unknown, message: object = {}, others: object = {}) {
  const settings = mqttCollectorSettings.parse({
    name: "floor",
    kind: "mqtt",
    url: "mqtt://broker",
    topics,
    ...others,
  });
  const reader = createMessageReader(settings, createZone("Asia/Seoul"));
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  const heard = {
    ...{ topic, payload: Buffer.from(text), retained: false, repeated: false, id: 1, receivedMs: now },
    ...message,
  };
  const { readings, leftOut } = reader.read(heard, () => now + 7);
  return {
    readings: readings.map(({ tag, atMs, value, quality }) => ({ id: tag.id, at: atMs, value, quality })),
    tags: readings.map(({ tag }) => tag),
    reasons: leftOut.map(({ reason }) => reason),
  };
}
const plain = [{ topic: "plant/{line}/{equipment}/{tag}" }];
const good = (id: string, value: number, time = Date.parse(at)) => ({ id, at: time, value, quality: "good" });

describe("a message", () => {
  it("is a number alone, at the time of receipt", () => {
    expect(read(plain, "plant/1/CNC-07/heat", "21.5").readings).toEqual([good("CNC-07.heat", 21.5, now + 7)]);
  });

  it("is JSON with value, time and unit under the usual names", () => {
    const { readings, tags } = read(plain, "plant/1/CNC-07/heat", { value: 21.5, ts: at, unit: "°C" });
    expect(readings).toEqual([good("CNC-07.heat", 21.5)]);
    expect(tags).toEqual([{ id: "CNC-07.heat", equipment: "CNC-07", name: "heat", unit: "°C" }]);
  });

  it("is read by the paths that the site file names, with its quality", () => {
    const rule = {
      ...{ topic: "plc/{equipment}/{tag}", value: "data.v", time: "data.at", id: "{tag}@{equipment}" },
      quality: { field: "q", good: [192], uncertain: [64] },
    };
    const of = (q: unknown) =>
      read([rule], "plc/P1/flow", { data: { v: "3.5", at: Date.parse(at) / 1000 }, q }).readings[0];
    expect(of(192)).toEqual(good("flow@P1", 3.5));
    expect(of("64")?.quality).toBe("uncertain");
    expect(of(0)?.quality).toBe("bad");
  });

  it("is an object of many tags, texts and the time aside", () => {
    const payload = { time: at, heat: 1, state: "RUN", door: true, load: { value: 2, unit: "%" } };
    const { readings } = read([{ topic: "m/{equipment}" }], "m/CNC-07", payload);
    expect(readings).toEqual([good("CNC-07.heat", 1), good("CNC-07.door", 1), good("CNC-07.load", 2)]);
  });

  it("is a list of readings that name machine and tag themselves", () => {
    const rule = { topic: "all", items: "rows", equipment_field: "m", tag_field: "n" };
    const rows = [
      { m: "A", n: "x", value: 1, time: at },
      { m: "B", n: "y", value: 2, time: at },
    ];
    expect(read([rule], "all", { rows }).readings).toEqual([good("A.x", 1), good("B.y", 2)]);
  });

  it("keeps its good values where one beside them is NaN", () => {
    const { readings, reasons } = read([{ topic: "m/{equipment}" }], "m/A", `{"x": 1, "y": NaN, "z": -Infinity}`);
    expect(readings.map(({ id }) => id)).toEqual(["A.x"]);
    expect(reasons).toEqual([]);
    expect(read(plain, "plant/1/A/x", `{"value": NaN}`).reasons).toEqual(["NaN or infinite"]);
  });

  it("that can't be understood is left out with its reason", () => {
    for (const payload of ["ERROR", { other: 1 }, { value: [1, 2] }, { value: null }]) {
      const { readings, reasons } = read(plain, "plant/1/A/x", payload);
      expect(readings).toEqual([]);
      expect(reasons).toHaveLength(1);
    }
  });
});

describe("the time of a message", () => {
  it("without an offset is that of the plant's zone", () => {
    expect(read(plain, "plant/1/A/x", { v: 1, t: "2026-03-10 13:59:00" }).readings[0]?.at).toBe(Date.parse(at));
  });

  it("from a clock that is ahead or was never set gives way to that of receipt, uncertain and counted", () => {
    for (const time of [now + 600_000, 12.5, "1970-01-01T00:00:12Z", "soon"]) {
      const { readings, reasons } = read(plain, "plant/1/A/x", { value: 1, time });
      expect(readings).toEqual([{ id: "A.x", at: now + 7, value: 1, quality: "uncertain" }]);
      expect(reasons[0]).toMatch(/clock|can't be read/);
    }
    expect(read(plain, "plant/1/A/x", { value: 1, time: now + 200_000 }).readings[0]?.at).toBe(now + 200_000);
  });

  it("is needed where the broker had kept the message: without it, it is no new reading", () => {
    const kept = { retained: true };
    expect(read(plain, "plant/1/A/x", { value: 1, time: at }, kept).readings).toEqual([good("A.x", 1)]);
    expect(read(plain, "plant/1/A/x", "1", kept)).toMatchObject({
      readings: [],
      reasons: [expect.stringMatching(/kept/)],
    });
  });
});
