import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkCorrections, correctionsOf } from "../../src/knowledge/cards/corrections.ts";
import { isHeading, locatePassage } from "../../src/knowledge/cards/locate-passage.ts";
import { documentIdOf, ingestPaths } from "../../src/knowledge/ingest-paths.ts";
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

  it("is given with the very place of the sentence, by heading and by span", async () => {
    const documentId = documentIdOf("manual.md");
    const [found] = await correctionsOf(ctx, knowledge, { documentId });
    expect(found).toMatchObject({ cardId: "C-1", by: "named", says: "clean the cooler monthly" });
    const { rows } = await knowledge.database.pool.query<{ text: string }>(
      `SELECT text FROM document_pages WHERE document_id = $1`,
      [documentId],
    );
    expect(rows[0]!.text.slice(...found!.span!)).toBe("Clean the **cooler** monthly");
    expect(await correctionsOf(ctx, knowledge, { documentId, heading: "KX-9 › 8. Maintenance" })).toHaveLength(1);
    expect(await correctionsOf(ctx, knowledge, { documentId, heading: "Lockout" })).toEqual([]);
    expect(await correctionsOf(ctx, knowledge, { documentId, span: found!.span! })).toHaveLength(1);
    expect(await correctionsOf(ctx, knowledge, { documentId, span: [0, 3] })).toEqual([]);
  });

  it("holds for a newer edition only while the sentence still stands there", async () => {
    folder.write("manual-b.md", manual("B", "monthly"));
    folder.write("manual-c.md", manual("C", "every two weeks"));
    await ingest();
    const of = (path: string) => correctionsOf(ctx, knowledge, { documentId: documentIdOf(path) });
    expect(await of("manual-b.md")).toMatchObject([{ cardId: "C-1", by: "edition" }]);
    expect(await of("manual-c.md")).toEqual([]);
  });
});

describe("a passage", () => {
  it("is found however it is set", () => {
    expect(locatePassage("a | **Clean**  the “cooler” |", "clean the cooler")).toEqual([6, 26]);
    expect(locatePassage("nothing", "clean")).toBeNull();
    expect(isHeading("A › 8.2 Periodic maintenance", "Periodic maintenance")).toBe(true);
    expect(isHeading("A › Periodic", "Periodic maintenance")).toBe(false);
  });
});
