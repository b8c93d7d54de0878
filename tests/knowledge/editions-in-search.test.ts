import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge, SearchInput } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";

let knowledge: Knowledge;

const edition = (revision: string, date: string, hours: number) =>
  `---\ntitle: QV-7 manual\nkind: manual\nmodels: [QV-7]\nrevision: "${revision}"\ndate: ${date}\n---\n# QV-7 manual\n\n## Filter change\n\nThe suction filter is changed every ${hours} hours.\n`;

beforeAll(async () => {
  knowledge = await openKnowledge();
  const folder = temporaryFolder();
  folder.write("qv-7-rev-b.md", edition("B", "2020-03-01", 500));
  folder.write("qv-7-rev-c.md", edition("C", "2024-03-01", 300));
  await ingestPaths(contextOf(["admin"]), knowledge, { paths: [folder.path], root: folder.path });
  folder.remove();
});
afterAll(async () => {
  await knowledge.database.close();
});

const found = async (query: string, rest: Partial<SearchInput> = {}) => {
  const answer = await search(contextOf(), knowledge, { query, ...rest });
  return { named: answer.revision, editions: answer.results.map((one) => [one.revision, one.inForce]) };
};

describe("a search over editions", () => {
  it("leaves out what a newer edition has replaced", async () => {
    expect(await found("suction filter change")).toEqual({ named: null, editions: [["C", true]] });
  });

  it.each(["suction filter change in Rev B", "개정 B suction filter change"])(
    "takes the edition that is named: %s",
    async (query) => {
      expect(await found(query)).toEqual({ named: "B", editions: [["B", false]] });
    },
  );

  it("gives all of them where asked for", async () => {
    const { editions } = await found("suction filter change", { revisions: "all" });
    expect(editions.toSorted()).toEqual([
      ["B", false],
      ["C", true],
    ]);
    expect((await found("구판 suction filter change")).editions).toHaveLength(2);
  });
});
