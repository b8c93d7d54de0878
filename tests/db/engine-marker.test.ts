import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  checkEngineMarker,
  compareVersions,
  thisEngine,
  writeEngineMarker,
} from "../../src/db/embedded/engine-marker.ts";
import { dataFolder } from "../../src/db/embedded/paths.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { temporaryFolder } from "../support/data-folder.ts";

function folderWrittenBy(marker: object, postgres?: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "engine.json"), JSON.stringify(marker));
  if (postgres) {
    mkdirSync(join(folder, "postgres"));
    writeFileSync(join(folder, "postgres/PG_VERSION"), postgres);
  }
  return folder;
}

describe("the engine marker of a data folder", () => {
  it("names the engine that is installed", () => {
    const installed = new URL("../../node_modules/@electric-sql/pglite/package.json", import.meta.url);
    expect(JSON.parse(readFileSync(installed, "utf8"))).toMatchObject({ version: thisEngine.version });
  });

  it("refuses to open a folder written by a newer engine, says the fix and leaves the folder free", async () => {
    const folder = folderWrittenBy({ ...thisEngine, version: "0.6.0" });
    const open = () => openDatabase({ dataDir: folder });
    const refusal = {
      code: "conflict",
      message: expect.stringContaining("written by a newer engine, pglite 0.6.0"),
      fix: expect.stringContaining("newer Sunbae"),
    };
    await expect(open()).rejects.toMatchObject(refusal);
    await expect(open()).rejects.toMatchObject(refusal);
  });

  it("refuses another engine, and a newer or an older Postgres", () => {
    const check = (folder: string) => () => checkEngineMarker(dataFolder(folder));
    expect(check(folderWrittenBy({ ...thisEngine, engine: "other" }))).toThrow(/another engine, other/);
    expect(check(folderWrittenBy(thisEngine, "19\n"))).toThrow(/written by Postgres 19/);
    expect(check(folderWrittenBy(thisEngine, "17\n"))).toThrow(/written by Postgres 17/);
  });

  it("takes a folder of an older engine of the same Postgres and marks it anew", () => {
    const folder = dataFolder(folderWrittenBy({ ...thisEngine, version: "0.5.2" }, `${thisEngine.postgres}\n`));
    checkEngineMarker(folder);
    writeEngineMarker(folder);
    expect(JSON.parse(readFileSync(folder.engineMarker, "utf8"))).toEqual(thisEngine);
  });

  it("orders versions by number, not by letter", () => {
    expect(compareVersions("0.5.14", "0.5.9")).toBeGreaterThan(0);
    expect(compareVersions("0.5.14", "0.5.14")).toBe(0);
    expect(compareVersions("0.5.14", "1.0.0")).toBeLessThan(0);
  });
});
