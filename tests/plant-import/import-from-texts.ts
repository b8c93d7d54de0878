import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { importPlantData } from "../../src/plant/import/import-plant-data.ts";
import type { ImportOptions } from "../../src/plant/import/import-plant-data.ts";
import type { ImportReport } from "../../src/plant/import/report.ts";
import { SunbaeError } from "../../src/core/errors.ts";
import { createFakePlantWriter } from "../fakes/plant-writer.ts";

export type FakePlant = ReturnType<typeof createFakePlantWriter>;
type Files = Record<string, string | Uint8Array>;

export const head = "source: test\ntime_zone: Asia/Seoul\nfiles:\n";

/** Writes a mapping and its files to a folder of their own, imports them and removes the folder. */
export async function importFromTexts(
  mapping: string,
  files: Files,
  plant: FakePlant = createFakePlantWriter(),
  options: Partial<ImportOptions> = {},
): Promise<{ report: ImportReport; plant: FakePlant }> {
  const folder = await mkdtemp(path.join(tmpdir(), "sunbae-import-"));
  try {
    await writeFile(path.join(folder, "mapping.yaml"), mapping.startsWith("source:") ? mapping : head + mapping);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    const mappingPath = path.join(folder, "mapping.yaml");
    return {
      report: await importPlantData({ mappingPath, writer: plant.writer, store: plant.store, ...options }),
      plant,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The refusal's message with its details, as one text. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (!(thrown instanceof SunbaeError)) throw thrown;
    return [thrown.code, thrown.message, ...thrown.details.map((one) => `${one.line}: ${one.message}`)].join("\n");
  }
  throw new Error("the import went through");
}
