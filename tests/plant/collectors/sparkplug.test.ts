import { describe, expect, it } from "vitest";
import { createCollectorCounts } from "../../../src/plant/collectors/collector-counts.ts";
import { toPayload, type SparkplugMetric } from "../../../src/plant/collectors/sparkplug/decode-payload.ts";
import { createEdgeListener } from "../../../src/plant/collectors/sparkplug/listen-to-edges.ts";
import { sparkplugCollectorSettings } from "../../../src/plant/collectors/sparkplug/sparkplug-settings.ts";
import { createZone } from "../../../src/plant/import/values/zoned-time.ts";

const now = Date.parse("2026-03-10T05:00:00Z");
const settings = sparkplugCollectorSettings.parse({ name: "edge", kind: "sparkplug", url: "mqtt://broker" });
const double = 10;
const metric = (given: Partial<SparkplugMetric>): SparkplugMetric => ({
  ...{ name: null, alias: null, datatype: null, value: null, timestampMs: now - 1_000, quality: null, unit: null },
  ...given,
});

function open() {
  const counts = createCollectorCounts("edge", () => new Date(now));
  const listener = createEdgeListener(settings, counts, createZone("Asia/Seoul"));
  const say = (kind: string, seq: number | null, metrics: SparkplugMetric[], device = "/CNC-07") => {
    const message = {
      ...{ topic: `spBv1.0/G/${kind}/E1${kind.startsWith("N") ? "" : device}`, payload: Buffer.alloc(0) },
      ...{ retained: false, repeated: false, id: null, receivedMs: now },
    };
    const heard = listener.hear(message, { timestampMs: now - 2_000, seq, metrics }, () => now);
    return heard.map(({ tag, atMs, value, quality }) => [tag.id, now - atMs, value, quality]);
  };
  const born = () => {
    say("NBIRTH", 0, [
      metric({ name: "bdSeq", value: 3 }),
      metric({ name: "Up", alias: "1", datatype: double, value: 1 }),
    ]);
    say("DBIRTH", 1, [metric({ name: "Spindle/Load", alias: "2", datatype: 2, value: 0xffff, unit: "%" })]);
  };
  return { listener, counts, say, born };
}

describe("a Sparkplug edge node", () => {
  it("names its metrics by births, and sends them by aliases", () => {
    const { say, counts } = open();
    expect(say("NBIRTH", 0, [metric({ name: "Up", alias: "1", datatype: double, value: 1 })])).toEqual([
      ["E1.Up", 1_000, 1, "good"],
    ]);
    expect(say("DBIRTH", 1, [metric({ name: "Load", alias: "2", datatype: 2, value: 0xffff })])).toEqual([
      ["CNC-07.Load", 1_000, -1, "good"],
    ]);
    expect(say("DDATA", 2, [metric({ alias: "2", value: 0xfffe, timestampMs: null })])).toEqual([
      ["CNC-07.Load", 2_000, -2, "good"],
    ]);
    expect(say("NDATA", 3, [metric({ name: "Up", value: true })])).toEqual([["E1.Up", 1_000, 1, "good"]]);
    expect(counts.status()).toMatchObject({ problem: null, leftOut: [] });
  });

  it("whose birth was not heard is left out and counted, never asked", () => {
    const { say, counts, born } = open();
    expect(say("DDATA", 7, [metric({ alias: "2", value: 1 })])).toEqual([]);
    expect(counts.status()).toMatchObject({
      problem: expect.stringMatching(/birth we have not heard/),
      leftOut: [{ count: 1 }],
    });
    born();
    expect(counts.status().problem).toBeNull();
  });

  it("another device's alias is not taken for its own", () => {
    const { say, born } = open();
    born();
    expect(say("DDATA", 2, [metric({ alias: "2", value: 1 })], "/CNC-08")).toEqual([]);
  });

  it("says which messages never came", () => {
    const { say, counts, born } = open();
    born();
    say("DDATA", 2, [metric({ alias: "2", value: 1 })]);
    expect(say("DDATA", 6, [metric({ alias: "2", value: 1 })])).toHaveLength(1);
    expect(counts.status()).toMatchObject({
      problem: expect.stringMatching(/3 messages are missing/),
      leftOut: [{ count: 3 }],
    });
    for (let seq = 7; seq < 256; seq += 1) say("DDATA", seq, []);
    say("DDATA", 0, []);
    expect(counts.status().leftOut).toMatchObject([{ count: 3 }]);
  });

  it("that died has old values until it is born anew; a late death of an earlier life says nothing", () => {
    const { say, counts, born } = open();
    born();
    say("NDEATH", null, [metric({ name: "bdSeq", value: 2 })]);
    expect(counts.status().problem).toBeNull();
    say("NDEATH", null, [metric({ name: "bdSeq", value: 3 })]);
    expect(counts.status().problem).toMatch(/G\/E1 is offline/);
    born();
    expect(counts.status().problem).toBeNull();
    say("DDEATH", 2, []);
    expect(counts.status().problem).toMatch(/G\/E1\/CNC-07 is offline/);
  });

  it("keeps the quality that it states, and leaves out null and data sets", () => {
    const { say, counts, born } = open();
    born();
    const of = (quality: number) => say("DDATA", null, [metric({ alias: "2", value: 5, quality })])[0]?.[3];
    expect([of(192), of(500), of(0)]).toEqual(["good", "uncertain", "bad"]);
    expect(say("DDATA", null, [metric({ alias: "2", value: null }), metric({ alias: "2", value: undefined })])).toEqual(
      [],
    );
    expect(counts.status().leftOut.map(({ reason }) => reason)).toEqual([
      "no value",
      "a data set, a template or bytes",
    ]);
  });

  it("known from before a restart is believed, but as uncertain, until its next birth", () => {
    const first = open();
    first.born();
    const saved = JSON.parse(JSON.stringify(first.listener.changed())) as ReturnType<typeof first.listener.changed>;
    const { listener, say, born } = open();
    listener.recall(new Map(Object.entries(saved)));
    expect(say("DDATA", 9, [metric({ alias: "2", value: 5 })])).toEqual([
      ["CNC-07.Spindle/Load", 1_000, 5, "uncertain"],
    ]);
    born();
    expect(say("DDATA", 2, [metric({ alias: "2", value: 5 })])[0]?.[3]).toBe("good");
  });
});

it("reads 32 bits without a sign from either field, and values of messages without types", () => {
  const { metrics, seq } = toPayload({
    seq: { low: 5, high: 0 },
    metrics: [
      { name: "a", datatype: 7, value: "intValue", intValue: 4_000_000_000 },
      { alias: { low: 2, high: 0 }, value: "longValue", longValue: { low: -1, high: 1 } },
      { name: "c", value: "floatValue", floatValue: Math.fround(0.1), timestamp: 12 },
      { name: "d", isNull: true, value: "intValue", intValue: 3 },
    ],
  });
  expect(seq).toBe(5);
  expect(metrics.map(({ value }) => value)).toEqual([4_000_000_000, 2 ** 33 - 1, 0.1, null]);
  expect(metrics[1]?.alias).toBe("2");
});
