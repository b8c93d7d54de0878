import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openDatabase } from "../../src/db/open-database.ts";
import { startEmbeddedChild } from "../support/child-process.ts";
import { temporaryFolder } from "../support/data-folder.ts";

it("loses no acknowledged row over ten kills of the process that hosts the database", { timeout: 90_000 }, async () => {
  const folder = temporaryFolder();
  const acknowledged = new Set<string>();
  for (let round = 0; round < 10; round += 1) {
    const child = startEmbeddedChild(folder, "insert");
    await child.said(2);
    await sleep(40 + round * 25);
    await child.kill();
    expect(child.lines[0]).toBe("ready");
    for (const id of child.lines.slice(1)) acknowledged.add(id);
  }
  const database = await openDatabase({ dataDir: folder });
  const kept = await database.pool.query<{ id: string }>("SELECT id FROM kept");
  const ids = new Set(kept.rows.map((row) => row.id));
  expect(acknowledged.size).toBeGreaterThan(100);
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  await database.close();
});
