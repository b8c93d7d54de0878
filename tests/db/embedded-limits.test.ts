import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { sqlState } from "../../src/db/database-error.ts";
import { openTestDatabase } from "../support/database.ts";

describe("queries beyond the engine's limits", () => {
  let database: Database;
  beforeAll(async () => void (database = await openTestDatabase()));
  afterAll(() => database.close());

  const errorOf = async (query: string) => await database.pool.query(query).then(() => "none", sqlState);

  it("answers a too deep query with an error and goes on", async () => {
    expect(await errorOf(`SELECT ${"1+".repeat(100_000)}1`)).toBe("54001");
    expect(await errorOf(`SELECT '${"[".repeat(100_000)}${"]".repeat(100_000)}'::jsonb`)).toBe("54001");
    expect((await database.pool.query("SELECT 6 * 7 AS answer")).rows).toEqual([{ answer: 42 }]);
  });
});
