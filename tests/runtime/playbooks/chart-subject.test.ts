import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/db/database.ts";
import { fitOf } from "../../../src/runtime/playbooks/analysis/chart-subject.ts";
import { openTestDatabase } from "../../support/database.ts";
import { createScriptedRuntime, type ScriptedRuntime } from "../../support/scripted-runtime.ts";
import { bakery } from "../bakery.ts";

// Three products, two of which share a characteristic; one is counted, in two phases.
const measured = (product: string, characteristic: string, middle: number) =>
  Array.from({ length: 12 }, (_, at) => ({
    id: `${product}-${characteristic}-${at}`,
    product,
    characteristic,
    value: middle + (at % 3) / 10,
    inspected_at: new Date(Date.UTC(2025, 2, 1 + at)),
  }));
const counted = Array.from({ length: 12 }, (_, at) => ({
  id: `box-${at}`,
  product: "Raisin box",
  characteristic: "torn lids",
  defects: 1 + (at % 3),
  sample_size: 50,
  lot_id: at < 8 ? "phase I" : "phase II",
  inspected_at: new Date(Date.UTC(2025, 2, 1 + at)),
}));
const inspections = [
  ...measured("Piston loaf", "length", 30),
  ...measured("Raisin bun", "length", 9),
  ...measured("Raisin bun", "weight", 80),
  ...counted,
].map((row) => ({ equipment_id: "OV-01", unit: null, source: "test", ...row }));

let database: Database;
let plant: ScriptedRuntime;
beforeAll(async () => {
  database = await openTestDatabase();
  plant = createScriptedRuntime(database, { plant: { ...bakery, records: { ...bakery.records, inspections } } });
});
afterAll(() => database.close());

type Chart = { product?: string; characteristic?: string; chart?: string; total?: number; specification?: unknown };
async function charted(question: string): Promise<Chart[]> {
  const { answer } = await plant.turn(question);
  return (answer?.evidence ?? []).filter((one) => one.kind === "chart").map((one) => one.data as Chart);
}
const names = (charts: Chart[]): string[] => charts.map((one) => `${one.product} ${one.characteristic}`);

describe("what is charted", () => {
  it.each([
    ["Cpk of the piston loaf length, spec 29 to 31", ["Piston loaf length"]],
    ["Cpk of the length of the bun with USL 10 and LSL 8", ["Raisin bun length"]],
    ["피스톤 관리도 그려줘", ["Piston loaf length"]],
    ["raisin bun weight in control?", ["Raisin bun weight"]],
    ["p chart of the raisin products", ["Raisin box torn lids"]],
    ["Is the process of the raisin box stable?", ["Raisin box torn lids"]],
  ])("for %j is %j", async (question, expected) => expect(names(await charted(question))).toEqual(expected));

  it("is only the phase that is named", async () => {
    const [chart] = await charted("p chart of the raisin box, phase I");
    expect([chart?.chart, chart?.total]).toEqual(["p", 8]);
    const [both] = await charted("p chart of the raisin box, limits from phase I");
    expect(both?.total).toBe(12);
  });

  it("is nothing where what is named is not inspected: what there is stands instead", async () => {
    const { answer } = await plant.turn("control chart of the gearbox torque");
    expect(answer?.abstained).toBe(true);
    expect(answer?.answer).toContain("“gearbox torque”");
    expect(answer?.answer).toContain("Raisin bun · weight");
    expect(await charted("control chart of the gearbox torque")).toEqual([]);
  });

  it("is what has most records where nothing is named", async () => {
    expect((await charted("show me the control charts please")).length).toBeGreaterThan(1);
  });
});

describe("a name", () => {
  const related = (): string[] => [];
  it("fits by words in any order, best where all of it was said", () => {
    const whole = fitOf("orange juice can", ["juice", "orange"], related);
    const longer = fitOf("orange juice can after the change", ["juice", "orange"], related);
    expect([whole.said === longer.said, whole.share > longer.share]).toEqual([true, true]);
  });

  it("fits a Korean word that sounds like it", () => {
    expect(fitOf("piston ring", ["피스톤링"], related).share).toBe(1);
    expect(fitOf("silicon wafer", ["웨이퍼"], related).said).toBe(3);
    expect(fitOf("boiler", ["웨이퍼"], related).said).toBe(0);
  });
});
