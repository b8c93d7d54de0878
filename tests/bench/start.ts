import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { repository } from "./places.ts";
import { bundle, startServeProcess } from "./serve-process.ts";

/** From `sunbae serve` to its address on the screen: on an empty folder, and again on the same one. */
export const measureStart: Bench = async ({ folders, say }) => {
  say(`  bundle up to date after ${((await bundle()) / 1_000).toFixed(1)} s`);
  const floorFolder = folders.empty();
  const emptyDatabase = await openDatabaseInProcess(floorFolder);
  const sameDatabase = await openDatabaseInProcess(floorFolder);
  const folder = folders.empty();
  const first = await startServeProcess(folder);
  await first.stop();
  const later: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const again = await startServeProcess(folder);
    later.push(again.readyMs);
    await again.stop();
  }
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
      measured: later.toSorted((a, b) => a - b)[1]! / 1_000,
      unit: "s",
      floor: { what: `${what} that is there already`, measured: sameDatabase / 1_000 },
      note: "the middle one of three",
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
