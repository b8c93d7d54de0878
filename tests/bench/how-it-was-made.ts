import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Measurement } from "./measurement.ts";

// What making the large index measured, kept beside it: it is made once a week and measured often.

const name = "how-it-was-made.json";

export const keepMaking = (folder: string, measurements: Measurement[]): void =>
  writeFileSync(join(folder, name), JSON.stringify(measurements));

export function readMaking(folder: string): Measurement[] {
  const file = join(folder, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Measurement[]) : [];
}
