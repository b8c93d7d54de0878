import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listAudit } from "../../src/audit/list-audit.ts";
import { recordAudit } from "../../src/audit/record-audit.ts";
import { verifyAuditChain } from "../../src/audit/verify-audit-chain.ts";
import { canonicalJson } from "../../src/audit/canonical-json.ts";
import type { Database } from "../../src/db/database.ts";
import { openTestDatabase } from "../support/database.ts";

const actor = { id: "P-08", door: "http" };
const now = new Date("2026-03-02T02:40:00.123Z");

describe("the audit chain", () => {
  let database: Database;
  beforeAll(async () => void (database = await openTestDatabase()));
  beforeEach(async () => void (await database.db.execute(sql`TRUNCATE audit_entries`)));
  afterAll(() => database.close());

  const record = (entityId: string, details: Record<string, unknown> = {}) =>
    database.db.transaction((tx) =>
      recordAudit(tx, { actor, action: "proposal.approve", entity: "proposal", entityId, details }, now),
    );

  it("holds what was recorded, and verifies", async () => {
    await record("A", { reason: "스핀들 진동", amount: 1.5, none: undefined, nested: { b: [1, null], a: "\u2028" } });
    const last = await record("B");
    expect(await verifyAuditChain(database.db)).toEqual({ entries: 2, head: last.hash, broken: null });
    const [newest, oldest] = await listAudit(database.db, { entity: "proposal" });
    expect(newest).toMatchObject({ entityId: "B", actor: "P-08", door: "http", previousHash: oldest?.hash });
    expect(oldest).toMatchObject({ at: now, details: { reason: "스핀들 진동", amount: 1.5 } });
    expect(await listAudit(database.db, { entityId: "A", limit: 1 })).toHaveLength(1);
  });

  it("keeps nothing of a transaction that was rolled back", async () => {
    await record("A");
    const failing = database.db.transaction(async (tx) => {
      await recordAudit(tx, { actor, action: "proposal.reject", entity: "proposal", entityId: "B" }, now);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await record("C");
    expect(await verifyAuditChain(database.db)).toMatchObject({ entries: 2, broken: null });
  });

  it("stays one chain when many append at once", async () => {
    await Promise.all(Array.from({ length: 25 }, (_, index) => record(`P${index}`)));
    expect(await verifyAuditChain(database.db)).toMatchObject({ entries: 25, broken: null });
  });

  it.each([
    ["a changed detail", sql`UPDATE audit_entries SET details = '{"n": 9}' WHERE entity_id = 'B'`, "content-changed"],
    [
      "a changed time",
      sql`UPDATE audit_entries SET at = at + interval '1 hour' WHERE entity_id = 'B'`,
      "content-changed",
    ],
    ["a removed entry", sql`DELETE FROM audit_entries WHERE entity_id = 'B'`, "link-broken"],
  ])("notices %s", async (_what, tampering, reason) => {
    for (const entityId of ["A", "B", "C"]) await record(entityId, { n: 1 });
    await database.db.execute(tampering);
    expect((await verifyAuditChain(database.db)).broken).toMatchObject({ reason });
  });

  it("is whole when empty", async () => {
    expect(await verifyAuditChain(database.db)).toEqual({ entries: 0, head: "0".repeat(64), broken: null });
  });
});

it("writes canonical JSON with sorted keys at every depth", () => {
  expect(canonicalJson({ b: 1, a: [{ d: undefined, c: new Date(0) }] })).toBe(
    '{"a":[{"c":"1970-01-01T00:00:00.000Z"}],"b":1}',
  );
  expect(canonicalJson(JSON.parse('{"__proto__": 1, "a": 2}'))).toBe('{"__proto__":1,"a":2}');
  expect(canonicalJson(undefined)).toBe("null");
});
