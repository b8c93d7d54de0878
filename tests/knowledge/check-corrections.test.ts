import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkCorrections } from "../../src/knowledge/cards/check-corrections.ts";
import { locatePassage } from "../../src/knowledge/cards/locate-passage.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";
import type { Folder } from "./support.ts";

const card = (id: string, document: string, says: string) =>
  `---\nid: ${id}\ntitle: Clean more often\nmodels: [KX-9]\nsymptom: hot oil\nclaim: Clean the cooler every two weeks.\nexpert: P-02\nstatus: published\nrecorded: 2026-08-06\ncorrects:\n  document: ${document}\n  heading: Maintenance\n  says: "${says}"\n---\nTwo weeks, I say.\n`;
const manual = (revision: string, says: string) =>
  `---\ntitle: KX-9 manual\nkind: manual\nmodels: [KX-9]\nrevision: ${revision}\n---\n# KX-9\n\n## 8. Maintenance\n\nClean the **cooler** ${says}.\n`;

let knowledge: Knowledge;
let folder: Folder;
const ctx = contextOf();
const ingest = () => ingestPaths(ctx, knowledge, { paths: [folder.path], root: folder.path });
const noticesOf = async (path: string) => {
  await checkCorrections(knowledge);
  const { rows } = await knowledge.database.pool.query<{ notices: string[] }>(
    `SELECT notices FROM documents WHERE path = $1`,
    [path],
  );
  return rows[0]!.notices;
};

beforeAll(async () => {
  knowledge = await openKnowledge();
  folder = temporaryFolder();
  folder.write("a-card.md", card("C-1", "manual.md", "clean the cooler monthly"));
  await ingest();
});
afterAll(async () => {
  folder.remove();
  await knowledge.database.close();
});

describe("a card that corrects a manual", () => {
  it("says so where the manual is not there, and no longer when it is", async () => {
    expect(await noticesOf("a-card.md")).toEqual([
      'It says that it corrects "Maintenance" of manual.md, but there is no document "manual.md".',
    ]);
    folder.write("manual.md", manual("A", "monthly"));
    await ingest();
    expect(await noticesOf("a-card.md")).toEqual([]);
  });

  it("says so once no edition says it any more", async () => {
    folder.write("manual.md", manual("B", "every two weeks"));
    await ingest();
    expect(await noticesOf("a-card.md")).toEqual([expect.stringContaining("does not say “clean the cooler monthly”")]);
  });
});

describe("a card that corrects a manual which not all of its readers may see", () => {
  const write = (says: string) => {
    folder.write(
      "wages.md",
      manual("A", says).replace("kind: manual", "kind: manual\naudience: [supervisor, quality]"),
    );
    folder.write("b-card.md", card("C-2", "wages.md", "clean the cooler daily"));
  };
  const noSuchDocument = ['It says that it corrects "Maintenance" of wages.md, but there is no document "wages.md".'];

  it.each(["daily", "yearly"])("tells the same, whatever the manual says (%s)", async (says) => {
    write(says);
    await ingest();
    expect(await noticesOf("b-card.md")).toEqual(noSuchDocument);
  });

  it("is compared with it where all of its own readers may see it", async () => {
    write("daily");
    await ingest();
    const audience = `UPDATE documents SET audience = $1 WHERE path = 'b-card.md'`;
    await knowledge.database.pool.query(audience, [["supervisor"]]);
    expect(await noticesOf("b-card.md")).toEqual([]);
    await knowledge.database.pool.query(audience, [["supervisor", "technician"]]);
    expect(await noticesOf("b-card.md")).toEqual(noSuchDocument);
  });
});

describe("a passage", () => {
  it("is found however it is set", () => {
    expect(locatePassage("a | **Clean**  the “cooler” |", "clean the cooler")).toEqual([6, 26]);
    expect(locatePassage("nothing", "clean")).toBeNull();
  });
});
