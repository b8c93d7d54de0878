import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SunbaeError } from "../../src/core/errors.ts";
import { readPlantDescription } from "../../src/plant/simulator/description/read-description.ts";
import { temporaryFolder } from "../support/data-folder.ts";
import { descriptionFolder, sampleDescription } from "./sample.ts";

async function faultsAfter(
  file: string,
  from: string | RegExp,
  to: string,
): Promise<{ error: SunbaeError; line: number }> {
  const folder = temporaryFolder();
  cpSync(descriptionFolder, folder, { recursive: true });
  const path = join(folder, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  const line = after.slice(0, before.search(from)).split("\n").length;
  const error = await readPlantDescription(folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SunbaeError);
  return { error: error as SunbaeError, line };
}

describe("reading a plant's description", () => {
  it("reads the sample plant", async () => {
    const plant = await sampleDescription();
    expect(plant.machines).toHaveLength(15);
    expect(new Set(plant.machines.map((machine) => machine.model)).size).toBe(8);
    expect(plant.faults).toHaveLength(15);
  });

  it("names the file and the line of a wrong value", async () => {
    const { error, line } = await faultsAfter("products.yaml", "cycle_seconds: 380", "cycle_seconds: fast");
    expect(error.code).toBe("invalid_input");
    expect(error.details[0]).toMatchObject({ line });
    expect(error.message).toContain(`products.yaml products.1.cycle_seconds, line ${line}`);
  });

  it("names the line of a reference to something that is not there", async () => {
    const { error, line } = await faultsAfter("faults.yaml", "machine: CNC-05", "machine: CNC-55");
    expect(error.details.some((detail) => detail.line === line && detail.message.includes('no machine "CNC-55"'))).toBe(
      true,
    );
  });

  it("names the line of a YAML error", async () => {
    const { error, line } = await faultsAfter("codes.yaml", "  - {id: VIB,", "  - {id: [VIB,");
    expect(error.details[0]?.line).toBeGreaterThanOrEqual(line);
  });

  it("refuses an unknown key and an alarm that the model does not have", async () => {
    const unknown = await faultsAfter("plant.yaml", "criticality: A", "importance: A");
    expect(unknown.error.details.some((detail) => /importance/u.test(detail.message))).toBe(true);
    const alarm = await faultsAfter("faults.yaml", "code: AX-111", "code: AX-999");
    expect(alarm.error.details[0]).toMatchObject({ line: alarm.line, message: 'RA-620 has no alarm "AX-999"' });
  });

  it("says where there is no description", async () => {
    await expect(readPlantDescription(join(temporaryFolder(), "none"))).rejects.toMatchObject({ code: "not_found" });
  });

  it("has no name of the sample plant in the simulator's code", async () => {
    const plant = await sampleDescription();
    const folder = join(import.meta.dirname, "../../src/plant/simulator");
    const code = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    const names = [...plant.machines, ...plant.models, ...plant.products, ...plant.parts, ...plant.faults].map(
      (each) => each.id,
    );
    const words = [...names, ...plant.people.map((person) => person.name), plant.site.name];
    expect(words.filter((word) => code.includes(word))).toEqual([]);
  });
});
