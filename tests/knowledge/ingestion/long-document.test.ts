import { rmSync } from "node:fs";
import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteDocument } from "../../../src/knowledge/delete-document.ts";
import { settleSegments } from "../../../src/knowledge/index/settle-segments.ts";
import { documentIdOf } from "../../../src/knowledge/ingest/file-task.ts";
import { giveUpBodies } from "../../../src/knowledge/ingest/bodies.ts";
import { sweepIngestion } from "../../../src/knowledge/ingest/sweep-ingestion.ts";
import { ingestPaths } from "../../../src/knowledge/ingest-paths.ts";
import type { Knowledge, SearchLeg } from "../../../src/knowledge/knowledge.ts";
import { lookUpCode } from "../../../src/knowledge/look-up-code.ts";
import { search } from "../../../src/knowledge/search.ts";
import { contextOf, openKnowledge, temporaryFolder, type Folder } from "../support.ts";

// A long document is written and removed in slices; here somebody looks after every single one of them.

let knowledge: Knowledge;
let folder: Folder;
const ctx = contextOf(["admin"]);

beforeAll(async () => {
  knowledge = await openKnowledge();
  folder = temporaryFolder();
  folder.write("small.md", "# Small pump\n\nThe impeller of the small pump wobbles when its shaft is bent.");
});
afterAll(async () => {
  folder.remove();
  await knowledge.database.close();
});

/** Four hundred sections about the impeller, with a code and a warning of its edition. */
function manual(edition: string): string {
  const sections = Array.from(
    { length: 400 },
    (_, n) => `## Pump ${n}\n\nThe impeller of pump ${n} wobbles when its shaft is bent: see ${edition} sheet ${n}.`,
  );
  const codes = `| Alarm | Meaning | Remedy |\n|---|---|---|\n| ZQ-41 | Shaft of the ${edition} | straighten it |`;
  return [`# Pumps`, `## Alarms`, codes, `## Lockout/tagout`, `1. Lock the ${edition} switch.`, ...sections].join(
    "\n\n",
  );
}

const ingest = (own: Knowledge = knowledge) => ingestPaths(ctx, own, { paths: [folder.path], root: folder.path });

/** The same knowledge, with `look` called after each statement that is no question of `look` itself. */
function watched(look: (text: string) => Promise<void>): Knowledge {
  const { database } = knowledge;
  const query = async (...args: [string, unknown[]?]) => {
    const result = await database.pool.query(...args);
    await look(args[0]);
    return result;
  };
  const get = (pool: pg.Pool, name: keyof pg.Pool) => {
    if (name === "query") return query;
    const value = pool[name];
    return typeof value === "function" ? (value as () => unknown).bind(pool) : value;
  };
  const pool = new Proxy(database.pool, { get: get as ProxyHandler<pg.Pool>["get"] & {} });
  return { ...knowledge, database: { ...database, pool } };
}

const found = async (legs: SearchLeg[], query = "impeller wobbles shaft bent sheet") =>
  (await search(ctx, knowledge, { query, legs, k: 50 })).results;

/** All that anybody can see, as numbers and words that differ between editions. */
async function seen() {
  const { rows } = await knowledge.database.pool.query<{
    chunks: number;
    pages: number;
    safety: number;
    terms: number;
  }>(
    `SELECT (SELECT count(*)::int FROM chunks) AS chunks, (SELECT count(*)::int FROM document_pages) AS pages,
            (SELECT count(*)::int FROM alarm_entries) AS entries, (SELECT count(*)::int FROM safety_spans) AS safety, (SELECT count(*)::int FROM bm25_postings) AS terms`,
  );
  const codes = await lookUpCode(ctx, knowledge, { code: "ZQ-41" });
  const hits = await Promise.all([found(["bm25"]), found(["identifier"], "ZQ-41"), found(["vector"])]);
  const editions = (text: string) => [...new Set(text.match(/first|second/g))];
  return {
    rows: rows[0],
    codes: codes.map((entry) => entry.message),
    legs: hits.map((leg) => leg.length > 0),
    said: hits.map((leg) => editions(leg.map((hit) => hit.text).join())),
  };
}

const left = async () => {
  const tables = ["all_chunks", "all_document_pages", "all_alarm_entries", "all_safety_spans", "staged_embeddings"];
  const counts = tables.map((table) => `(SELECT count(*)::int FROM ${table})`);
  const { rows } = await knowledge.database.pool.query<{ counts: number[] }>(
    `SELECT ARRAY[${counts.join(", ")}, (SELECT count(*)::int FROM unseen_bodies)] AS counts`,
  );
  return rows[0]!.counts;
};

it("is seen whole or not at all while it is written, packed, replaced and removed", { timeout: 90_000 }, async () => {
  await ingest();
  const small = { after: await seen(), left: await left() };
  const looked = { writing: 0, packing: 0, replacing: 0, removing: 0 };

  folder.write("pumps.md", manual("first"));
  await ingest(
    watched(async (text) => {
      if (!/all_chunks|all_alarm_entries|staged_embeddings|INTO all_bm25_segments \(body/.test(text)) return;
      looked.writing += 1;
      // Its four hundred vectors are nearer; they take no place from what can be seen.
      expect(await seen()).toEqual(small.after);
    }),
  );
  const first = await seen();
  expect(first).toMatchObject({ codes: ["Shaft of the first"], said: [["first"], ["first"], ["first"]] });
  const sizes = await left();

  const other = folder.write("other.md", manual("third").split("\n\n").slice(6, 250).join("\n\n"));
  await ingest();
  const before = await found(["bm25"]);
  const packing = watched(async (text) => {
    if (!/^(INSERT INTO|DELETE FROM) all_bm25_postings/.test(text)) return;
    looked.packing += 1;
    expect(await found(["bm25"])).toEqual(before);
  });
  await settleSegments(packing.database, { all: true });
  await deleteDocument(ctx, knowledge, { documentId: documentIdOf("other.md") });
  rmSync(other);

  folder.write("pumps.md", manual("second"));
  await ingest(
    watched(async (text) => {
      if (!/all_chunks|all_alarm_entries|staged_embeddings|INTO all_bm25_segments \(body/.test(text)) return;
      looked.replacing += 1;
      const { said, codes, rows } = await seen();
      const edition = codes[0] === "Shaft of the first" ? "first" : "second";
      expect(codes).toHaveLength(1);
      expect(said).toEqual([[edition], [edition], [edition]]);
      expect({ ...rows, terms: 0 }).toEqual({ ...first.rows, terms: 0 });
    }),
  );
  expect(await left()).toEqual(sizes);

  const removing = watched(async (text) => {
    if (!text.startsWith("DELETE FROM all_chunks")) return;
    looked.removing += 1;
    expect(await seen()).toMatchObject({ codes: [], said: [[], [], []], rows: { chunks: small.after.rows!.chunks } });
  });
  await deleteDocument(ctx, removing, { documentId: documentIdOf("pumps.md") });
  expect(await left()).toEqual(small.left);
  expect(await seen()).toMatchObject({ legs: small.after.legs, codes: [] });
  for (const times of Object.values(looked)) expect(times).toBeGreaterThan(0);
});

it("leaves nothing behind where its process dies between two slices", { timeout: 60_000 }, async () => {
  folder.write("pumps.md", manual("third"));
  const before = await left();
  let slices = 0;
  let isDead = false;
  const dying = watched(async (text) => {
    if (/staged_embeddings/.test(text) && ++slices === 2) isDead = true;
    if (isDead) throw new Error("killed");
  });
  await expect(ingest(dying)).rejects.toThrow();
  expect((await left()).at(-1)).toBe(1);
  expect((await seen()).codes).toEqual([]);
  await giveUpBodies(knowledge.database.pool);
  await sweepIngestion(knowledge.database);
  expect(await left()).toEqual(before);
});

it("is taken away again where it can't become a document, and its writer lives", { timeout: 60_000 }, async () => {
  const before = await left();
  let slices = 0;
  const failing = watched(async (text) => {
    if (/INTO staged_embeddings/.test(text) && ++slices === 2) throw new Error("refused");
  });
  await expect(ingest(failing)).rejects.toThrow();
  expect(await left()).toEqual(before);
});
