import { describe, expect, test } from "vitest";
import { createReach, probeSources } from "../../src/app/open-sources.ts";
import { createEgressGate, parseEgress } from "../../src/llm/egress.ts";
import type { SourceView } from "../../src/plant/source.ts";

const reach = (egress: string) => createReach(createEgressGate({ allow: parseEgress(egress) }));

describe("the way to a source", () => {
  test.each([
    "127.0.0.1",
    "::1",
    "localhost",
    "10.0.0.5",
    "192.168.1.20",
    "172.20.3.4",
    "fd00::5",
    "historian",
    "mes.local",
  ])("is open in the plant: %s", (host) => expect(() => reach("none")(host)).not.toThrow());

  test.each([
    "8.8.8.8",
    "172.32.0.1",
    "mes.example.com",
    "2001:4860::8888",
    "localhost.example.com",
    "10.0.0.5.example.com",
    "",
  ])("is closed outside of it: %j", (host) => {
    expect(() => reach("none")(host)).toThrow(
      expect.objectContaining({ code: "forbidden", fix: expect.stringContaining(`SUNBAE_EGRESS=${host}`) }),
    );
  });

  test("is opened host by host", () => {
    expect(() => reach("mes.example.com")("mes.example.com")).not.toThrow();
    expect(() => reach("mes.example.com")("other.example.com")).toThrow(/outside the plant/);
  });
});

const view = (name: string): SourceView => ({
  ...{ name, kind: "influxdb", place: "", ok: true, problem: null, fix: null, tags: 1, rows: [], newest: null },
  ...{ clockDifferenceMs: null, ms: 1, notes: [] },
});

test("sources are looked at all at once; one that hangs or breaks is told and holds up no other", async () => {
  const began = performance.now();
  const views = await probeSources(
    [
      { name: "slow", kind: "mqtt", probe: () => new Promise(() => {}) },
      { name: "well", kind: "influxdb", probe: async () => view("well") },
      { name: "broken", kind: "rest", probe: () => Promise.reject(new TypeError("no such thing")) },
    ],
    100,
  );
  expect(views).toMatchObject([
    { name: "slow", ok: false, problem: "no answer within 0.1 s" },
    { name: "well", ok: true },
    { name: "broken", ok: false, problem: "no such thing" },
  ]);
  expect(performance.now() - began).toBeLessThan(1_000);
});
