import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createWorld } from "../../src/plant/simulator/create-world.ts";
import { readPlantDescription } from "../../src/plant/simulator/description/read-description.ts";
import type { PlantDescription } from "../../src/plant/simulator/description/plant-description.ts";
import type { World } from "../../src/plant/simulator/world.ts";

const knowledge = join(import.meta.dirname, "../../knowledge");
export const descriptionFolder = join(knowledge, "plant");
/** A Wednesday at 02:40 in Gumi. */
export const now = new Date("2026-11-18T02:40:00+09:00");

export function sampleDescription(): Promise<PlantDescription> {
  return readPlantDescription(descriptionFolder);
}

export async function sampleWorld(seed = 1, at = now): Promise<World> {
  return createWorld(await sampleDescription(), seed, at, at);
}

export type ManualTable = { model: string; heading: string; header: string[]; rows: string[][] };

/** Every table of the shipped manuals, by the model it is about. */
export function manualTables(): ManualTable[] {
  const folder = join(knowledge, "manuals");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => tablesOf(readFileSync(join(folder, name), "utf8")));
}

function tablesOf(text: string): ManualTable[] {
  const models = (/^models: \[(.*)\]/mu.exec(text)?.[1] ?? "").split(",").map((each) => each.trim());
  const tables: Omit<ManualTable, "model">[] = [];
  let heading = "";
  let open: Omit<ManualTable, "model"> | null = null;
  for (const line of text.split("\n")) {
    if (/^#+ /u.test(line)) heading = line.replace(/^#+ /u, "");
    if (!line.startsWith("|")) {
      open = null;
      continue;
    }
    const cells = line
      .slice(1, line.lastIndexOf("|"))
      .split("|")
      .map((cell) => cell.trim());
    if (cells.every((cell) => /^:?-+:?$/u.test(cell))) continue;
    if (open) open.rows.push(cells);
    else tables.push((open = { heading, header: cells, rows: [] }));
  }
  return models.filter(Boolean).flatMap((model) => tables.map((table) => ({ model, ...table })));
}

/** The numbers of a cell; a dash or tilde between two numbers is a range, "−65" and "-65" are negative. */
export function numbersIn(cell: string): number[] {
  const text = cell
    .replaceAll(/\([^)]*\)/gu, " ")
    .replaceAll("−", "-")
    .replaceAll(/(?<=\d),(?=\d{3})/gu, "")
    .replaceAll(/(?<=\d)\s*[–~-]\s*(?=\d)/gu, " ");
  return [...text.matchAll(/-?\d+(?:\.\d+)?/gu)].map((match) => Number(match[0]));
}
