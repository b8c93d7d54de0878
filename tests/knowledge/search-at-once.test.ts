import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settleSegments } from "../../src/knowledge/index/settle-segments.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";

let knowledge: Knowledge;
const ctx = contextOf(["technician"]);
/** Names, or beginnings, of the statements since the last `asked`. */
let statements: string[] = [];

beforeAll(async () => {
  knowledge = await openKnowledge();
  const folder = temporaryFolder();
  folder.write("pump.md", "# Pump\n\nThe coolant pressure is low when the filter is clogged.\n");
  await ingestPaths(contextOf(["admin"]), knowledge, { paths: [folder.path], root: folder.path });
  folder.remove();
  await settleSegments(knowledge.database, { all: true });
  const { pool } = knowledge.database;
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  pool.query = ((...args: unknown[]) => {
    const [one] = args as [string | { name?: string; text: string }];
    statements.push(typeof one === "string" ? one : (one.name ?? one.text));
    return query(...args);
  }) as typeof pool.query;
});
afterAll(async () => {
  await knowledge.database.close();
});

async function asked(queries: string[], rest: Partial<Parameters<typeof search>[2]> = {}) {
  statements = [];
  const answers = await Promise.all(queries.map((query) => search(ctx, knowledge, { query, ...rest })));
  const count = (part: string) => statements.filter((one) => one.includes(part)).length;
  return { answers, count };
}

describe("searches of one turn", () => {
  it("read the index and a word's postings once, however many come at once", async () => {
    const { answers, count } = await asked(["coolant presure", "coolant presure", "coolant presure"]);
    expect(count("FROM bm25_segments")).toBe(1);
    expect(count("knowledge-postings")).toBe(1);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]!.corrections).toEqual([{ from: "presure", to: "pressure" }]);
    expect(answers[2]!.results[0]).toMatchObject({ path: "pump.md" });
  });

  it("read again what a filter lets through once the index has changed", async () => {
    const filters = { models: ["KX-9"] };
    const first = await asked(["coolant", "pressure"], { filters });
    expect(first.count("SELECT d.first_chunk")).toBe(1);
    expect((await asked(["filter"], { filters })).count("SELECT d.first_chunk")).toBe(0);
    const folder = temporaryFolder();
    folder.write("valve.md", "# Valve\n\nThe coolant valve is closed.\n");
    await ingestPaths(contextOf(["admin"]), knowledge, { paths: [folder.path], root: folder.path });
    folder.remove();
    const { answers, count } = await asked(["coolant valve"], { filters });
    expect(count("SELECT d.first_chunk")).toBe(1);
    expect(answers[0]!.results[0]).toMatchObject({ path: "valve.md" });
  });
});
