import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Language } from "../../../src/core/context.ts";
import { ingestPaths } from "../../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../../src/knowledge/knowledge.ts";
import { search } from "../../../src/knowledge/search.ts";
import { contextOf, openKnowledge } from "../../knowledge/support.ts";
import { dataFolder, readRetrievalSet, type RetrievalCase } from "./retrieval-set.ts";

// Asks every question of a retrieval set twice: on the files of its own language and on those of the other one. The
// shipped glossary is in the index, as it is for users; no question was used to write it.

const ctx = contextOf(["admin"]);
const glossary = join(import.meta.dirname, "../../../knowledge/glossary.csv");

export type RetrievalTally = {
  way: string;
  kind: "same language" | "cross-language";
  half: RetrievalCase["half"];
  asked: number;
  hit1: number;
  hit5: number;
};
export type RetrievalMiss = { case: RetrievalCase; folder: Language; rank: number | null; first: string[] };
export type RetrievalReport = { set: string; tallies: RetrievalTally[]; misses: RetrievalMiss[] };

/** Null where the data is not on this machine. */
export async function runRetrieval(name: string): Promise<RetrievalReport | null> {
  const set = readRetrievalSet(name);
  const data = dataFolder(set);
  if (data === null) return null;
  const tallies: RetrievalTally[] = [];
  const misses: RetrievalMiss[] = [];
  for (const folder of ["en", "ko"] as const) {
    const knowledge = await openFolder(data, folder);
    try {
      for (const language of ["ko", "en"] as const) {
        for (const half of ["dev", "held-out"] as const) {
          const cases = set.cases.filter((one) => one.language === language && one.half === half);
          const ranks: RetrievalMiss[] = [];
          for (const one of cases) ranks.push(await rankOf(knowledge, one, folder));
          const kind = language === folder ? "same language" : "cross-language";
          const within = (most: number) => ranks.filter(({ rank }) => rank !== null && rank <= most).length;
          tallies.push({
            way: `${language} question, ${folder} files`,
            kind,
            half,
            asked: cases.length,
            hit1: within(1),
            hit5: within(5),
          });
          misses.push(...ranks.filter(({ rank }) => rank !== 1));
        }
      }
    } finally {
      await knowledge.database.close();
    }
  }
  return { set: set.set, tallies, misses };
}

async function openFolder(data: string, folder: Language): Promise<Knowledge> {
  const root = mkdtempSync(join(tmpdir(), "sunbae-eval-"));
  const source = folder === "en" ? data : join(data, "locales", folder);
  const names = readdirSync(source).filter((name) => name.endsWith(".md"));
  for (const name of names) cpSync(join(source, name), join(root, name));
  cpSync(glossary, join(root, "glossary.csv"));
  const knowledge = await openKnowledge();
  await ingestPaths(ctx, knowledge, { paths: [root], root });
  rmSync(root, { recursive: true, force: true });
  return knowledge;
}

const depth = 20;

async function rankOf(knowledge: Knowledge, one: RetrievalCase, folder: Language): Promise<RetrievalMiss> {
  const { results } = await search(ctx, knowledge, { query: one.question, k: depth });
  const wanted = one.headings[folder].map(plain);
  const at = results.findIndex(
    (result) =>
      basename(result.path) === one.file &&
      result.heading.split(" › ").some((heading) => wanted.includes(plain(heading))),
  );
  const first = results.slice(0, 3).map((result) => `${result.path} › ${result.heading.split(" › ").at(-1)}`);
  return { case: one, folder, rank: at === -1 ? null : at + 1, first };
}

const plain = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
