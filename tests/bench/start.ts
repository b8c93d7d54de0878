import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { percentile } from "./measurement.ts";
import { repository } from "./places.ts";
import { bundle, startServeProcess } from "./serve-process.ts";

/** From `sunbae serve` to its address on the screen: on an empty folder, and again on the same one. */
export const measureStart: Bench = async ({ short, folders, say }) => {
  say(`  bundle up to date after ${((await bundle()) / 1_000).toFixed(1)} s`);
  const floorFolder = folders.empty();
  const emptyDatabase = await openDatabaseInProcess(floorFolder);
  const sameDatabase = await openDatabaseInProcess(floorFolder);
  const folder = folders.empty();
  const first = await startServeProcess(folder);
  await first.stop();
  const rounds = short ? 1 : 3;
  const later: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const again = await startServeProcess(folder);
    later.push(again.readyMs);
    await again.stop();
  }
  folders.keepSamplePlant(folder);
  const what = "a process that opens an empty PGlite database";
  return [
    {
      what: "first start, sample plant and knowledge included",
      budget: 15,
      measured: first.readyMs / 1_000,
      unit: "s",
      floor: { what, measured: emptyDatabase / 1_000 },
    },
    {
      what: "later start",
      budget: 2,
      measured: percentile(later, 0.5) / 1_000,
      unit: "s",
      floor: { what: `${what} that is there already`, measured: sameDatabase / 1_000 },
      ...(rounds > 1 && { note: `the middle one of ${rounds}` }),
    },
  ];
};

/** Until a process of its own says that the folder's database is open. */
async function openDatabaseInProcess(folder: string): Promise<number> {
  const began = performance.now();
  const script = join(repository, "tests/support/embedded-child.ts");
  const child = spawn(process.execPath, [script, folder, "hold"], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), exited]);
  const ms = performance.now() - began;
  child.kill("SIGKILL");
  await exited;
  return ms;
}
