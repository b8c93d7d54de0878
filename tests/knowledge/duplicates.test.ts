import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { contextOf, openKnowledge, temporaryFolder } from "./support.ts";

let knowledge: Knowledge;
const ctx = contextOf();

const front = (lines: string) => `---\n${lines}\n---\n`;
const torque = (newtonMetres: number) =>
  `# Flange\n\n## Tightening the pump flange\n\nTighten the eight screws of the pump flange crosswise to ${newtonMetres} Nm in two rounds ` +
  "and check the gap with a feeler gauge of 0.05 mm after the oil has become warm.\n";
const warning = "Lock the main switch before the guard of the turret is opened and wait 5 minutes for the capacitors.";

beforeAll(async () => {
  knowledge = await openKnowledge();
  const folder = temporaryFolder();
  folder.write("a/flange.md", torque(12));
  folder.write("b/copied.md", torque(12).replace("become warm", "become quite warm"));
  folder.write("c/other-torque.md", torque(21));
  folder.write(
    "d/model-x.md",
    front("models: [TX-1]") + "# TX\n\n## Belt\n\nThe toothed belt of the turret is changed every 4000 hours.\n",
  );
  folder.write(
    "d/model-y.md",
    front("models: [TY-1]") + "# TY\n\n## Belt\n\nThe toothed belt of the turret is changed every 4000 hours.\n",
  );
  folder.write(
    "e/guard-en.md",
    front("language: en") +
      "# Grease\n\n## Greasing\n\nGrease NLGI 2 at nipples G1, G2 and G3 every 500 h with 4 strokes.\n",
  );
  folder.write(
    "e/guard-ko.md",
    front("language: ko") + "# 그리스\n\n## 그리스 주입\n\n그리스 NLGI 2를 니플 G1, G2, G3에 500 h마다 4회 주입한다.\n",
  );
  folder.write(
    "f/two-jobs.md",
    `# Turret\n\n## Changing the disc\n\n${warning}\n\n## Changing the motor\n\n${warning}\n`,
  );
  folder.write(
    "f/denial.md",
    "# Valve\n\n## Valve\n\nOpen the bypass valve of the chiller when the pump runs and the level is full.\n",
  );
  folder.write(
    "g/denial.md",
    "# Valve\n\n## Valve\n\nNever open the bypass valve of the chiller when the pump runs and the level is full.\n",
  );
  folder.write("glossary.csv", "ko,en,ko_aliases,en_aliases,domain,note\n그리스,grease,,,general,\n");
  await ingestPaths(contextOf(["admin"]), knowledge, { paths: [folder.path], root: folder.path });
  folder.remove();
});
afterAll(async () => {
  await knowledge.database.close();
});

const find = async (query: string) => (await search(ctx, knowledge, { query, k: 6 })).results;
const paths = async (query: string, about: RegExp) =>
  (await find(query)).map((one) => one.path).filter((path) => about.test(path));

describe("near duplicates", () => {
  it("are one result that names the others", async () => {
    const results = await find("tighten pump flange screws");
    const first = results.find((one) => one.path === "a/flange.md" || one.path === "b/copied.md")!;
    expect(first.duplicates.map((one) => one.path)).toEqual([
      first.path === "a/flange.md" ? "b/copied.md" : "a/flange.md",
    ]);
  });

  it("are not those with another number", async () => {
    expect(await paths("tighten pump flange screws", /c\//)).toEqual(["c/other-torque.md"]);
  });

  it("are not those of another machine, nor of another job in one document", async () => {
    expect((await paths("toothed belt turret changed", /d\//)).toSorted()).toEqual(["d/model-x.md", "d/model-y.md"]);
    expect(await paths("lock main switch guard turret capacitors", /two-jobs/)).toHaveLength(2);
  });

  it("are not those that deny what the other says", async () => {
    expect(await paths("bypass valve chiller pump level", /denial/)).toHaveLength(2);
  });

  it("are translations, shown in the asker's language", async () => {
    for (const [query, language, other] of [
      ["grease nipples G1", "en", "e/guard-ko.md"],
      ["그리스 니플 G1", "ko", "e/guard-en.md"],
    ] as const) {
      const results = (await find(query)).filter((one) => one.path.startsWith("e/"));
      expect(results.map((one) => one.language)).toEqual([language]);
      expect(results[0]!.duplicates.map((one) => one.path)).toEqual([other]);
    }
  });

  it("stay where one result a document is asked for", async () => {
    const { results } = await search(ctx, knowledge, {
      query: "tighten pump flange screws",
      k: 6,
      documentsOnly: true,
    });
    expect(results.map((one) => one.path)).toEqual(expect.arrayContaining(["a/flange.md", "b/copied.md"]));
    expect(results.every((one) => one.duplicates.length === 0)).toBe(true);
  });
});

describe("context", () => {
  it("gives the neighbours in reading order, only when asked for", async () => {
    const { results } = await search(ctx, knowledge, { query: "Changing the motor turret", k: 3, context: 1 });
    const motor = results.find((one) => one.heading.includes("motor"))!;
    expect(motor.context!.before).toContain("Lock the main switch");
    expect(motor.context!.after).toBe("");
    expect((await find("Changing the motor turret"))[0]!.context).toBeNull();
  });
});
