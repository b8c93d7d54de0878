import type { PlantWriter } from "../plant-writer.ts";
import type { RecordSetName } from "../records.ts";
import { createWorld } from "./create-world.ts";
import type { PlantDescription } from "./description/plant-description.ts";
import { happeningRows, masterRows } from "./plant-rows.ts";
import type { PlantRows } from "./plant-rows.ts";
import { readingsOf } from "./readings.ts";
import { sampleSource } from "./sample-source.ts";
import { dayMs } from "./world.ts";
import type { World } from "./world.ts";

export type SampleProgress = { step: RecordSetName | "readings"; done: number; total: number };

export type SamplePlantOptions = {
  writer: PlantWriter;
  description: PlantDescription;
  seed: number;
  /** The start of the sample: its history ends here. Keep it: the live sample needs the same. */
  now: Date;
  onProgress?: (progress: SampleProgress) => void;
  signal?: AbortSignal;
};

export type SamplePlantSummary = {
  startedAt: Date;
  /** Readings are written up to here. */
  readingsUntil: Date;
  rows: Partial<Record<RecordSetName, number>>;
  readings: number;
};

const rowsPerCall = 5000;
const readingsPerCall = 200_000;

/** Fills empty stores with the sample plant's history. Writing it again with the same options changes nothing. */
export async function writeSamplePlant(options: SamplePlantOptions): Promise<SamplePlantSummary> {
  const { writer, description, seed, now, signal } = options;
  const world = createWorld(description, seed, now, now);
  const { site } = description;
  await writer.declareSource({ name: sampleSource, title: site.title, timeZone: site.time_zone, sample: true });

  const sets: PlantRows = { ...masterRows(world), ...happeningRows(world, world.startedAt) };
  const rows: Partial<Record<RecordSetName, number>> = {};
  for (const [name, list] of Object.entries(sets) as [RecordSetName, PlantRows[RecordSetName] & object][]) {
    rows[name] = list.length;
    for (let at = 0; at < list.length; at += rowsPerCall) {
      signal?.throwIfAborted();
      await writer.upsert(name, sampleSource, list.slice(at, at + rowsPerCall));
      options.onProgress?.({ step: name, done: Math.min(at + rowsPerCall, list.length), total: list.length });
    }
  }
  const readings = await writeReadings(world, options);
  return { startedAt: new Date(world.startedAt), readingsUntil: new Date(world.startedAt), rows, readings };
}

async function writeReadings(world: World, options: SamplePlantOptions): Promise<number> {
  // Up to and with the start itself, so that the newest reading is as new as the sample.
  const span = {
    fromMs: world.startedAt - world.description.site.history.readings_days * dayMs,
    toMs: world.startedAt + 1,
  };
  const work = world.lines.flatMap((line) => line.model.tags.map((tag) => ({ line, tag })));
  let batch: ReturnType<typeof readingsOf>[] = [];
  let size = 0;
  let written = 0;
  for (const [at, { line, tag }] of work.entries()) {
    const readings = readingsOf(world, line, tag, { ...span, everySeconds: tag.every_seconds });
    batch.push(readings);
    size += readings.times.length;
    if (size < readingsPerCall && at < work.length - 1) continue;
    options.signal?.throwIfAborted();
    written += (await options.writer.appendReadings(batch)).written;
    options.onProgress?.({ step: "readings", done: at + 1, total: work.length });
    batch = [];
    size = 0;
  }
  return written;
}
