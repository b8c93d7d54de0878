import { describe, expect, it } from "vitest";
import type { MachineRule } from "../../src/plant/analysis/condition/explain-by-limits.ts";
import type { TagComparison } from "../../src/tools/sensors/compare-tag.ts";
import type { Together } from "../../src/tools/condition/together.ts";
import { createMemorySensorStore } from "../../src/plant/sensors/memory-sensor-store.ts";
import type { ToolContext } from "../../src/tools/tool.ts";
import { runTool, createToolRegistry } from "../../src/tools/registry.ts";
import { randomNumbers } from "../plant/analysis/random.ts";
import { now, openPlant, plantRecords, tags as plantTags } from "./plant.ts";

const { normal } = randomNumbers(41);
const extra = (name: string, unit: string) => ({
  ...plantTags[0]!,
  id: `MILL-01.${name}`,
  name,
  nameKo: null,
  aliases: [],
  unit,
  normalLow: null,
  normalHigh: null,
  alarmHigh: null,
});

type Hours = (hours: number, index: number) => number;

/** Thirty days every ten minutes of tags by name; `hours` is how long before now. No stops are on record. */
function run(
  signals: Record<string, { unit: string; value: Hours }>,
  input: object = {},
  more: Partial<ToolContext> = {},
) {
  const records = plantRecords();
  records.records.downtimes = [];
  const { context } = openPlant({ records, language: "en" });
  const count = 30 * 144;
  const times = Array.from({ length: count }, (_, index) => now.getTime() - (count - index) * 600_000);
  const sensors = createMemorySensorStore(Object.entries(signals).map(([name, { unit }]) => extra(name, unit)));
  sensors.append(
    Object.entries(signals).map(([name, { value }]) => ({
      tagId: `MILL-01.${name}`,
      times,
      values: times.map((at, index) => value((now.getTime() - at) / 3_600_000, index)),
    })),
  );
  return runTool(
    createToolRegistry(),
    "compare_with_normal",
    { equipment: "MILL-01", ...input },
    { ...context, ...more, sensors },
  );
}

const tagsOf = (output: unknown) => (output as { tags: TagComparison[] }).tags;

describe("compare_with_normal by operating state and with doubts", () => {
  const works = (index: number) => Math.floor(index / 48) % 2 === 0;
  const power = (_: number, index: number) => (works(index) ? 11 + 0.5 * normal() : 0.3 + 0.02 * normal());

  it("compares like with like: a value usual for the average of all states is off while the machine runs", async () => {
    const heat: Hours = (hours, index) => (works(index) ? 60 : 20) + normal() - (hours < 6 && works(index) ? 12 : 0);
    const always: Hours = (hours, index) => (hours < 6 ? 11 + 0.5 * normal() : power(hours, index));
    const { evidence, output } = await run(
      {
        power: { unit: "kW", value: always },
        heat: { unit: "°C", value: (hours, index) => heat(hours, hours < 6 ? 0 : index) },
      },
      { tags: "heat" },
    );
    expect(tagsOf(output)[0]).toMatchObject({
      verdict: "abnormal",
      direction: "low",
      state: { state: "running", mixed: false },
      confidence: { level: "high" },
    });
    expect(evidence[0]?.text).toMatch(/compared while running \(\d+ points of before\)/);
  });

  it("says where the sensor itself is in doubt, and trusts the verdict less", async () => {
    const { evidence, output } = await run(
      { heat: { unit: "°C", value: (hours) => (hours < 24 ? 60.25 : 60 + normal()) } },
      { tags: "heat" },
    );
    expect(tagsOf(output)[0]).toMatchObject({
      doubts: [{ kind: "stuck", weight: "grave" }],
      confidence: { level: "low", reasons: ["grave_doubt"] },
    });
    expect(evidence[0]?.text).toContain("Doubt about the sensor: it has stood at exactly 60.25 for 23 h 40 min");
  });

  it("sees sensors that left their relation to each other though each is as normal", async () => {
    const load = Array.from({ length: 30 * 144 }, () => normal());
    const at = (index: number) => load[index] ?? 0;
    const { evidence, output } = await run({
      flow: { unit: "l/min", value: (_, index) => 20 + 2 * at(index) + 0.1 * normal() },
      pressure: { unit: "bar", value: (_, index) => 5 + at(index) + 0.05 * normal() },
      heat: { unit: "°C", value: (hours, index) => 60 + (hours < 6 ? -3 : 3) * at(index) + 0.2 * normal() },
    });
    expect(tagsOf(output).every(({ verdict }) => verdict === "normal")).toBe(true);
    const { together } = output as { together: Together };
    expect(together).toMatchObject({ beyond: true, contributions: [{ tagId: "MILL-01.heat" }, {}, {}] });
    expect(evidence[0]?.text).toMatch(/together they left their usual relation \(Q [\d.]+ > [\d.]+\) — by heat \d+ %/);
  });

  it("says nothing of relations where they are as usual", async () => {
    const { output } = await run({
      a: { unit: "x", value: () => normal() },
      b: { unit: "x", value: () => normal() },
      c: { unit: "x", value: () => normal() },
    });
    expect((output as { together: Together }).together.beyond).toBe(false);
  });

  it("names the cause that the machine's documented limits tell, with the values and the limits", async () => {
    const rules: MachineRule[] = [
      {
        cause: "overload",
        when: [{ quantity: { power: { torque: "torque", speed: "speed" } }, above: 9000, unit: "W" }],
      },
      { cause: "strain", when: [{ quantity: "torque", above: { 하우징: 55, other: 200 }, unit: "Nm" }] },
      { cause: "cold", when: [{ quantity: "oil", below: 10 }] },
    ];
    const signals = {
      torque: { unit: "Nm", value: () => 60 },
      speed: { unit: "1/s", value: () => 1500 },
    };
    const { evidence, output } = await run(signals, {}, { machineRules: (id) => (id === "MILL-01" ? rules : []) });
    expect(evidence[0]?.text.split("\n")[0]).toBe(
      "MILL-01 Mill 1: by its documented limits the cause is overload (9,424.8 W > 9,000 W); strain (60 Nm > 55 Nm)",
    );
    expect(output).toMatchObject({
      causes: [{ holds: true }, { holds: true }, { cause: "cold", holds: "unknown", missing: ["oil"] }],
    });
    const without = await run(signals);
    expect(without.output).toMatchObject({ causes: [] });
  });
});
