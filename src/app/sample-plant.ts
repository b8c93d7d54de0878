import { join } from "node:path";
import type { Db } from "../db/database.ts";
import type { PlantWriter } from "../plant/plant-writer.ts";
import type { SensorStore } from "../plant/sensor-store.ts";
import { readPlantDescription } from "../plant/simulator/description/read-description.ts";
import { createLiveSample, type LiveSample } from "../plant/simulator/live-sample.ts";
import { removeSamplePlant, sampleSource } from "../plant/simulator/sample-source.ts";
import { writeSamplePlant } from "../plant/simulator/write-sample-plant.ts";
import { keep, readKept } from "./keep-setting.ts";
import type { TellStep } from "./start-steps.ts";

// The sample plant's life: written at the first start, going on while the server runs, gone for good by one command.

type Kept = { state: "writing" | "written" | "removed"; startedAt: string; seed: number };
const key = "sample-plant";
const seed = 7;

export type SamplePlant = {
  /** Writes it where it never was; a start that was killed half-way goes on with the same history. */
  ensure(tell: TellStep): Promise<void>;
  isThere(): Promise<boolean>;
  /** Null where there is none to go on. */
  live(): Promise<LiveSample | null>;
  remove(): Promise<Record<string, number>>;
};

export type SamplePlantDeps = {
  db: Db;
  writer: PlantWriter;
  sensors: SensorStore;
  packageRoot: string;
  now: () => Date;
};

export function createSamplePlant({ db, writer, sensors, packageRoot, now }: SamplePlantDeps): SamplePlant {
  const description = () => readPlantDescription(join(packageRoot, "knowledge", "plant"));
  const kept = () => readKept<Kept>(db, key);

  return {
    async ensure(tell) {
      const before = await kept();
      if (before?.state === "written" || before?.state === "removed") return;
      const plan: Kept = before ?? { state: "writing", startedAt: now().toISOString(), seed };
      await keep(db, key, plan, now());
      await writeSamplePlant({
        writer,
        description: await description(),
        seed: plan.seed,
        now: new Date(plan.startedAt),
        onProgress: ({ step, done, total }) => tell({ text: `Writing the sample plant: ${step}`, done, total }),
      });
      await keep(db, key, { ...plan, state: "written" }, now());
    },
    isThere: async () => (await kept())?.state === "written",
    async live() {
      const plan = await kept();
      if (plan?.state !== "written") return null;
      const tags = (await sensors.tags()).filter((tag) => tag.source === sampleSource);
      const latest = await sensors.latest(tags.map((tag) => tag.id));
      const newest = Math.max(0, ...latest.map((reading) => reading.at.getTime()));
      return createLiveSample({
        writer,
        description: await description(),
        seed: plan.seed,
        startedAt: new Date(plan.startedAt),
        ...(newest > 0 && { resumeFrom: new Date(newest) }),
      });
    },
    async remove() {
      const plan = (await kept()) ?? { startedAt: now().toISOString(), seed };
      // First, so that a removal which is cut short is not undone by the next start.
      await keep(db, key, { ...plan, state: "removed" }, now());
      return await removeSamplePlant(writer);
    },
  };
}
