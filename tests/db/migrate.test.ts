import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openTestDatabase, migrationsFolder } from "../support/database.ts";
import { temporaryFolder } from "../support/data-folder.ts";

type Journal = { entries: { tag: string; when: number }[] };
const { entries: known } = JSON.parse(readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8")) as Journal;

/** A later build's migrations: this build's list, then the given ones. Only the given ones have files of their own. */
function laterBuild(migrations: Record<string, string>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "meta"));
  const last = known.at(-1)!.when;
  const added = Object.keys(migrations).map((tag, index) => ({ tag, when: last + 1 + index }));
  const entries = [...known, ...added].map(({ tag, when }, idx) => ({
    idx,
    version: "7",
    breakpoints: true,
    tag,
    when,
  }));
  writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify({ version: "7", dialect: "postgresql", entries }));
  for (const { tag } of known) writeFileSync(join(folder, `${tag}.sql`), "SELECT 1;");
  for (const [tag, text] of Object.entries(migrations)) writeFileSync(join(folder, `${tag}.sql`), text);
  return folder;
}

describe("migrate", () => {
  let database: Database;
  beforeEach(async () => void (database = await openTestDatabase()));
  afterEach(() => database.close());

  const tables = async (...names: string[]) => {
    const found = await database.pool.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE tablename = ANY($1) ORDER BY 1",
      [names],
    );
    return found.rows.map((row) => row.name);
  };

  it("applies what is missing, once, also when several start it together", async () => {
    const folder = laterBuild({
      "93_first": "CREATE TABLE first (id int);\n--> statement-breakpoint\nCREATE TABLE second (id int);",
      "94_second": "ALTER TABLE second ADD COLUMN content text;",
    });
    const runs = await Promise.all([migrate(database, folder), migrate(database, folder), migrate(database, folder)]);
    expect(runs.map((run) => run.applied).filter((applied) => applied.length > 0)).toEqual([["93_first", "94_second"]]);
    expect(await tables("first", "second")).toEqual(["first", "second"]);
    expect(await migrate(database, folder)).toEqual({ applied: [] });
  });

  it("leaves nothing of a migration that fails half-way", async () => {
    const folder = laterBuild({
      "93_broken": "CREATE TABLE half (id int);\n--> statement-breakpoint\nCREATE TABLE half (id int);",
    });
    await expect(migrate(database, folder)).rejects.toThrow();
    expect(await tables("half")).toEqual([]);
    await database.pool.query("SELECT 1");
  });

  it("refuses a schema newer than this build and says the fix", async () => {
    await migrate(database, laterBuild({ "93_later": "CREATE TABLE later (id int);" }));
    await expect(migrate(database, migrationsFolder)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("newer than this build"),
      fix: expect.stringContaining("newer Sunbae"),
    });
  });

  it("refuses a folder without the list of migrations", async () => {
    await expect(migrate(database, temporaryFolder())).rejects.toMatchObject({ code: "internal" });
  });
});
