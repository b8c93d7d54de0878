import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SunbaeError } from "../../core/errors.ts";
import type { DataFolder } from "./paths.ts";

// What wrote a data folder. A newer engine's files can't be read by an older one, and the older one would not notice.

export type EngineMarker = { engine: string; version: string; postgres: number };

/** The engine of this build; a test holds it against the installed package. */
export const thisEngine: EngineMarker = { engine: "pglite", version: "0.5.14", postgres: 18 };

export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0));
  for (let index = 0; index < 3; index += 1) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function readMarker(folder: DataFolder): EngineMarker | null {
  if (!existsSync(folder.engineMarker)) return null;
  try {
    return JSON.parse(readFileSync(folder.engineMarker, "utf8")) as EngineMarker;
  } catch (cause) {
    throw new SunbaeError("conflict", `The file ${folder.engineMarker} can't be read.`, {
      fix: "Restore it from a backup of the data folder.",
      cause,
    });
  }
}

/** Throws `conflict` where the folder was written by a newer engine, another engine or another Postgres. */
export function checkEngineMarker(folder: DataFolder): void {
  const refuse = (writer: string, fix: string) => {
    throw new SunbaeError("conflict", `The data folder ${folder.root} was written by ${writer}.`, { fix });
  };
  const marker = readMarker(folder);
  const mine = `${thisEngine.engine} ${thisEngine.version}, Postgres ${thisEngine.postgres}`;
  if (marker && marker.engine !== thisEngine.engine)
    refuse(`another engine, ${marker.engine}; this build has ${mine}`, "Give this build another SUNBAE_DATA_DIR.");
  if (marker && compareVersions(marker.version, thisEngine.version) > 0)
    refuse(
      `a newer engine, ${marker.engine} ${marker.version}; this build has ${mine}`,
      "Start it with the newer Sunbae that wrote it, or restore a backup made before the update.",
    );
  const versionFile = join(folder.pgData, "PG_VERSION");
  if (!existsSync(versionFile)) return;
  const postgres = Number.parseInt(readFileSync(versionFile, "utf8"), 10);
  if (postgres > thisEngine.postgres)
    refuse(`Postgres ${postgres}; this build has ${mine}`, "Start it with the newer Sunbae that wrote it.");
  if (postgres < thisEngine.postgres)
    refuse(
      `Postgres ${postgres}; this build has ${mine}`,
      "Make a backup with the older Sunbae (`sunbae backup`) and restore it with this one.",
    );
}

/** Marks the folder as written by this engine. */
export function writeEngineMarker(folder: DataFolder): void {
  const content = `${JSON.stringify(thisEngine)}\n`;
  if (existsSync(folder.engineMarker) && readFileSync(folder.engineMarker, "utf8") === content) return;
  writeFileSync(`${folder.engineMarker}.new`, content);
  renameSync(`${folder.engineMarker}.new`, folder.engineMarker);
}
