import { describe, expect, it } from "vitest";
import { manualTables, numbersIn, sampleDescription } from "./sample.ts";
import type { ManualTable } from "./sample.ts";

const severities: Record<string, string> = { 위험: "critical", 중대: "major", 경미: "minor" };
const tables = manualTables();

function rowsOf(model: string, firstHeader: RegExp): string[][] {
  return tables
    .filter((table: ManualTable) => table.model === model && firstHeader.test(table.header[0] ?? ""))
    .flatMap((table) => table.rows);
}

describe("the description agrees with the manuals", () => {
  it("has the normal range, warning and alarm of every tag as an operating limit of its model", async () => {
    const { models } = await sampleDescription();
    for (const model of models)
      for (const tag of model.tags) {
        const limits = [tag.alarm.below, tag.alarm.above].filter((each) => each !== undefined);
        const warnings = [tag.warning?.below, tag.warning?.above].filter((each) => each !== undefined);
        const rows = rowsOf(model.id, /^(Item|항목)$/u).filter((cells) => cells.length === 5);
        const found = rows.filter(([, , normal = "", warning = "", alarm = ""]) => {
          const deviation = /off by/u.test(alarm);
          const middle = (tag.normal[0] + tag.normal[1]) / 2;
          const beyond = (cell: string, limit: number): boolean =>
            numbersIn(cell).includes(limit) || (deviation && numbersIn(cell).includes(Math.abs(limit - middle)));
          return (
            numbersIn(normal)[0] === tag.normal[0] &&
            numbersIn(normal)[1] === tag.normal[1] &&
            warnings.every((limit) => beyond(warning, limit)) &&
            limits.every((limit) => beyond(alarm, limit))
          );
        });
        expect(found.length, `${model.id} ${tag.name}`).toBeGreaterThan(0);
      }
  });

  it("names only alarms of the model's own alarm table, with its severity", async () => {
    const { models } = await sampleDescription();
    for (const model of models)
      for (const alarm of model.alarms) {
        const row = rowsOf(model.id, /^(Alarm|알람)$/u).find(([code]) => code === alarm.code);
        expect(row, `${model.id} ${alarm.code}`).toBeDefined();
        const grade = row?.at(-1) ?? "";
        expect(severities[grade] ?? grade, `${model.id} ${alarm.code}`).toBe(alarm.severity);
      }
  });

  it("stocks exactly the parts of the manuals' part tables", async () => {
    const { models, parts } = await sampleDescription();
    const listed = models.flatMap((model) =>
      rowsOf(model.id, /^(Part number|부품 번호)$/u).map(([id]) => `${model.id} ${id}`),
    );
    expect(new Set(parts.map((part) => `${part.models[0]} ${part.id}`))).toEqual(new Set(listed));
  });
});
