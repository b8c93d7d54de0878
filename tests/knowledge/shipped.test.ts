import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCards } from "../../src/knowledge/find-cards.ts";
import { findSafetyText } from "../../src/knowledge/find-safety-text.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { IngestReport, Knowledge } from "../../src/knowledge/knowledge.ts";
import { lookUpCode } from "../../src/knowledge/look-up-code.ts";
import { search } from "../../src/knowledge/search.ts";
import { contextOf, openKnowledge } from "./support.ts";

// The folder knowledge/ as it ships: what its authors wrote must be what the reader finds.

const root = join(import.meta.dirname, "../..");
const folder = join(root, "knowledge");
const manuals = readdirSync(join(folder, "manuals")).filter((name) => name.endsWith(".md"));
const ctx = contextOf();
let knowledge: Knowledge;
let report: IngestReport;

beforeAll(async () => {
  knowledge = await openKnowledge();
  report = await ingestPaths(ctx, knowledge, { paths: [folder], root });
});
afterAll(async () => {
  await knowledge.database.close();
});

type Written = { name: string; model: string; language: "ko" | "en"; codes: string[] };

/** Codes of the alarm table, read without the code under test. */
function written(name: string): Written | null {
  const text = readFileSync(join(folder, "manuals", name), "utf8");
  const model = /^models: \[([\w-]+)\]/m.exec(text)?.[1];
  const rows = text.split("\n").filter((line) => line.startsWith("|"));
  const head = rows.findIndex((line) => /^\| (?:알람|Alarm) \|/.test(line));
  if (!model || head === -1) return null;
  const lines = text.split("\n");
  const start = lines.indexOf(rows[head]!) + 2;
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  const codes = lines.slice(start, end).map((line) => line.split("|")[1]!.trim());
  return { name, model, language: name.endsWith("-ko.md") ? "ko" : "en", codes };
}

const tables = manuals.map(written).filter((one) => one !== null);

describe("the shipped knowledge", () => {
  it("is read without a failure", () => {
    expect(report.files.filter((file) => file.verdict === "failed")).toEqual([]);
    expect(tables.length).toBeGreaterThanOrEqual(10);
  });

  it.each(tables)("has every alarm of $name as an entry with meaning, cause, remedy and severity", async (table) => {
    expect(table.codes.length).toBeGreaterThanOrEqual(8);
    for (const code of table.codes) {
      const path = `knowledge/manuals/${table.name}`;
      const entries = await lookUpCode(ctx, knowledge, { code, models: [table.model], language: table.language });
      expect(entries[0], `${table.name} ${code}`).toMatchObject({ path, code, models: [table.model], match: "exact" });
      expect(entries[0]!.message && entries[0]!.cause && entries[0]!.remedy && entries[0]!.severity).toBeTruthy();
    }
  });

  it.each(tables)(
    "puts every alarm of $name first in four spellings and both languages",
    async (table) => {
      for (const code of table.codes) {
        const loose = code.replace("-", " ").toLowerCase();
        for (const query of [
          `${code} 알람`,
          `alarm ${code}`,
          `${loose.replace(" ", "")} 떴어요`,
          `what does ${code} mean`,
        ]) {
          const { results } = await search(ctx, knowledge, { query, k: 1, filters: { models: [table.model] } });
          expect(results[0]?.entries[0]?.code, `${table.model}: ${query}`).toBe(code);
        }
      }
    },
    60_000,
  );

  it("has lockout text for each model, verbatim, and the plant's in both languages", async () => {
    for (const { model } of tables) {
      for (const language of ["ko", "en"] as const) {
        const found = await findSafetyText(ctx, knowledge, { topic: "lockout", models: [model], language });
        const own = found.filter((text) => text.models.includes(model));
        expect(own.some((text) => text.shape === "warning") && own.some((text) => text.shape === "steps"), model).toBe(
          true,
        );
        expect(new Set(own.map((text) => text.path)).size).toBe(1);
        if (tables.some((table) => table.model === model && table.language === language))
          expect(own[0]!.language).toBe(language);
        for (const text of own) expect(readFileSync(join(root, text.path), "utf8")).toContain(text.text);
        expect(found.find((text) => text.models.length === 0)!.language).toBe(language);
      }
    }
  });

  it("has the rule on safeguards in both languages", async () => {
    for (const language of ["ko", "en"] as const) {
      const found = await findSafetyText(ctx, knowledge, { topic: "safeguard", language });
      expect(found[0]).toMatchObject({ language, shape: "warning" });
    }
  });

  it("has every card, found by its own words in both languages", async () => {
    const names = readdirSync(join(folder, "tribal")).filter((name) => name.endsWith(".md"));
    const { rows } = await knowledge.database.pool.query<{
      id: string;
      path: string;
      claim: { ko: string; en: string };
    }>(`SELECT k.id, d.path, k.claim FROM cards k JOIN documents d ON d.id = k.document_id`);
    expect(rows).toHaveLength(names.length);
    for (const card of rows) {
      for (const language of ["ko", "en"] as const) {
        const { results } = await search(ctx, knowledge, {
          query: card.claim[language],
          k: 1,
          filters: { kinds: ["card"] },
        });
        expect(
          results.map((result) => result.path),
          card.claim[language],
        ).toContain(card.path);
      }
    }
  }, 60_000);

  it("finds cards by alarm, machine and symptom", async () => {
    const { rows } = await knowledge.database.pool.query<{ id: string; models: string[]; alarms: string[] }>(
      `SELECT id, models, alarms FROM cards WHERE alarms <> '{}' AND models <> '{}'`,
    );
    for (const card of rows) {
      const found = await findCards(ctx, knowledge, { alarmCode: card.alarms[0]!, models: card.models, limit: 20 });
      expect(found.map((one) => one.id)).toContain(card.id);
      expect(found[0]!.why[0]).toBe("alarm");
      for (const one of found)
        expect(one.models.length === 0 || one.models.some((model) => card.models.includes(model))).toBe(true);
    }
  });

  it("loads the glossary whole", async () => {
    const lines = readFileSync(join(folder, "glossary.csv"), "utf8").trim().split("\n").length - 1;
    const { rows } = await knowledge.database.pool.query<{ n: string }>("SELECT count(*) AS n FROM glossary_terms");
    expect(Number(rows[0]!.n)).toBe(lines);
  });
});
