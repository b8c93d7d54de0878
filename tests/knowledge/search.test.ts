import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { contextOf, manual, openKnowledge, temporaryFolder } from "./support.ts";

let knowledge: Knowledge;
const ctx = contextOf(["technician"]);
const admin = contextOf(["admin"]);

beforeAll(async () => {
  knowledge = await openKnowledge();
  const folder = temporaryFolder();
  folder.write("kx-9.md", manual);
  folder.write("lz-2.md", manual.replaceAll("KX", "LZ").replace("[LZ-9]", "[LZ-2]").replaceAll("LZ-05", "KX-05"));
  folder.write(
    "spindle.md",
    "---\ntitle: 주축\nlanguage: ko\n---\n# 주축\n\n## 주축 베어링\n\n주축 베어링이 뜨거우면 그리스를 본다.\n",
  );
  folder.write("english.md", "# Coolant\n\nThe coolant concentration is kept between 6 and 8 percent.\n");
  folder.write(
    "glossary.csv",
    "ko,en,ko_aliases,en_aliases,domain,note\n절삭유,coolant,쿨란트,cutting fluid,machining,\n주축,spindle,스핀들,,machining,\n주축 베어링,spindle bearing,,,machining,\n",
  );
  const plant = { paths: [folder.path], root: folder.path };
  await ingestPaths(admin, knowledge, plant);
  const secret = temporaryFolder();
  secret.write("wages.txt", "The zebra plan is for supervisors. The voucher is paid. 상여금을 지급한다.");
  await ingestPaths(admin, knowledge, { paths: [secret.path], root: secret.path, audience: ["supervisor"] });
  folder.remove();
  secret.remove();
});
afterAll(async () => {
  await knowledge.database.close();
});

const find = (query: string, rest: Partial<Parameters<typeof search>[2]> = {}) =>
  search(ctx, knowledge, { query, ...rest });

describe("search", () => {
  it.each(["KX-05", "kx 5", "kx05", "KX-05 알람이 떴어요"])("puts the entry's table first for %s", async (query) => {
    const { results } = await find(query, { filters: { models: ["KX-9"] } });
    expect(results[0]).toMatchObject({ path: "kx-9.md", confidence: 1 });
    expect(results[0]!.entries[0]).toMatchObject({ code: "KX-05", message: "Oil temperature high" });
    expect(results[0]!.legs).toContain("identifier");
  });

  it("tells two makers' machines with one code apart by the filter", async () => {
    const { results } = await find("KX-05", { filters: { models: ["LZ-2"] } });
    expect(new Set(results.flatMap((result) => result.entries.map((entry) => entry.models.join())))).toEqual(
      new Set(["LZ-2"]),
    );
    expect(results.every((result) => !result.models.includes("KX-9"))).toBe(true);
  });

  it("finds a part number as it is written", async () => {
    const { results } = await find("KX-FL-0042", { documentsOnly: true });
    expect(results[0]).toMatchObject({ path: "kx-9.md" });
  });

  it("finds Korean text by slang and without blanks", async () => {
    expect((await find("스핀들 베어링이 뜨거워요")).results[0]).toMatchObject({ path: "spindle.md", language: "ko" });
    expect((await find("주축베어링")).results[0]!.path).toBe("spindle.md");
  });

  it("crosses languages by the glossary, both ways", async () => {
    expect((await find("쿨란트 농도")).results[0]).toMatchObject({ path: "english.md" });
    expect((await find("spindle bearing hot")).results[0]).toMatchObject({ path: "spindle.md" });
  });

  it("shows what is not known by its confidence", async () => {
    const { results } = await find("weather tomorrow in Paris");
    expect(Math.max(0, ...results.map((result) => result.confidence))).toBeLessThan(0.35);
    expect((await find("coolant concentration")).results[0]!.confidence).toBeGreaterThan(0.8);
  });

  it("gives every result its place: text.slice(span) is the passage", async () => {
    const { results } = await find("drain valve gauge");
    const first = results[0]!;
    const page = await knowledge.database.pool.query<{ text: string }>(
      "SELECT text FROM document_pages WHERE document_id = $1",
      [first.documentId],
    );
    expect(page.rows[0]!.text.slice(...first.span)).toBe(first.text);
    expect(first).toMatchObject({
      safety: true,
      trust: "approved",
      heading: expect.stringContaining("Lockout/tagout"),
    });
  });

  it("keeps documents from roles they are not meant for, in every leg", async () => {
    expect((await find("zebra plan")).results.map((result) => result.path)).not.toContain("wages.txt");
    const supervisor = contextOf(["supervisor"]);
    expect((await search(supervisor, knowledge, { query: "zebra plan" })).results[0]!.path).toBe("wages.txt");
    for (const leg of ["bm25", "vector"] as const)
      expect((await find("zebra", { legs: [leg] })).results.map((result) => result.path)).not.toContain("wages.txt");
  });

  it("filters by language, path, kind and document", async () => {
    expect(
      (await find("bearing 베어링 filter", { filters: { language: "ko" } })).results.every(
        (one) => one.language === "ko",
      ),
    ).toBe(true);
    expect(
      (await find("coolant filter", { filters: { paths: ["kx-9.md"] } })).results.every(
        (one) => one.path === "kx-9.md",
      ),
    ).toBe(true);
    expect(
      (await find("coolant filter", { filters: { kinds: ["manual"] } })).results.every((one) => one.kind === "manual"),
    ).toBe(true);
  });

  it("gives one result a document where documents are asked for", async () => {
    const { results } = await find("filter pump oil", { documentsOnly: true });
    const ids = results.map((result) => result.documentId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("survives hostile queries", async () => {
    for (const query of [
      "'; DROP TABLE chunks; --",
      "%_\\",
      "\u0000\u202E",
      "?!",
      "그리고 뭐야",
      "a".repeat(100_000),
      "(((",
      "$$$",
    ])
      await expect(find(query)).resolves.toHaveProperty("results");
    await expect(find("  ")).rejects.toMatchObject({ code: "invalid_input" });
    expect((await find("pump", { k: 100_000 })).results.length).toBeLessThanOrEqual(200);
  });
});

describe("spelling", () => {
  const words = async (query: string, reader = ctx) => (await search(reader, knowledge, { query })).corrections;

  it("is not corrected to a word that only documents have which are not for the actor", async () => {
    expect((await words("vouchex coolent", admin)).map((one) => one.to)).toEqual(["voucher", "coolant"]);
    expect(await words("vouchex coolent")).toEqual([{ from: "coolent", to: "coolant" }]);
    expect((await words("vouchex", contextOf(["supervisor"]))).map((one) => one.to)).toEqual(["voucher"]);
    expect((await words("상여긍", admin)).map((one) => one.to)).toEqual(["상여금"]);
    expect(await words("상여긍")).toEqual([]);
    // 주축, typed on Latin keys.
    expect((await words("wncnr")).map((one) => one.to)).toEqual(["주축"]);
  });
});
