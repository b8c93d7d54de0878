import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "csv-parse/sync";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { knownCodes } from "../../src/knowledge/known-codes.ts";
import { lookUpCode } from "../../src/knowledge/look-up-code.ts";
import { search } from "../../src/knowledge/search.ts";
import { createCommands } from "./command.ts";
import { contextOf, openKnowledge } from "../knowledge/support.ts";
import { hit, mean, ndcg, recall } from "./retrieval-measures.ts";
import { cranfield, korquad, sharedData } from "./retrieval-sets.ts";
import type { JudgedSet } from "./retrieval-sets.ts";

// Retrieval on collections that nobody in this project wrote, with the built-in embedder, by the commands of users. `node tests/bench/retrieval.ts
// [set…]`; BENCH_EVERY=5 takes every fifth question of the large set. Prints: set, measure, ours, anchor.

const ctx = contextOf(["admin"]);
const every = Math.max(1, Number(process.env["BENCH_EVERY"] ?? 1));

type Line = [set: string, measure: string, ours: string, anchor: string];
const lines: Line[] = [];
function report(...line: Line): void {
  lines.push(line);
  console.log(line.map((cell, index) => cell.padEnd([12, 34, 22, 0][index]!)).join(" "));
}
const figure = (value: number) => value.toFixed(4);
const skip = (set: string) => console.log(`${set.padEnd(12)} skipped: there is no ${sharedData} on this machine`);

type Found = { id: string; results: { path: string }[] };

async function judged(make: () => JudgedSet | null, name: string, anchors: Record<string, string>): Promise<void> {
  const set = make();
  if (!set) return skip(name);
  const commands = createCommands();
  try {
    const began = performance.now();
    const { files } = await commands.json<{ files: { verdict: string }[] }>("ingest", set.folder, "--json");
    const added = files.filter((file) => file.verdict === "added").length;
    report(name, `${added} files ingested`, `${((performance.now() - began) / 1000).toFixed(1)} s, with the start`, "");
    const queries = set.queries.filter((_, index) => set.queries.length < 1000 || index % every === 0);
    const batch = join(set.folder, "..", `${name}.jsonl`);
    writeFileSync(batch, queries.map(({ id, text }) => JSON.stringify({ id, query: text })).join("\n"));
    const relevant = new Map(queries.map((query) => [query.id, query.relevant]));
    const ndcgs: Record<string, number> = {};
    for (const leg of [null, "bm25", "vector"]) {
      const label = leg ?? "fused";
      const scores = { ndcg: [] as number[], recall: [] as number[], hit: [] as number[] };
      const judge = ({ id, results }: Found) => {
        const wanted = relevant.get(id)!;
        const ranking = results.map((result) => basename(result.path, ".txt"));
        scores.ndcg.push(ndcg(ranking, wanted, 10));
        scores.recall.push(recall(ranking, wanted, 100));
        scores.hit.push(hit(ranking, wanted, 1));
      };
      const only = leg === null ? [] : ["--legs", leg];
      const seconds = await commands.lines<Found>(
        judge,
        "search",
        "--batch",
        batch,
        "--documents",
        "-k",
        "100",
        ...only,
      );
      ndcgs[label] = mean(scores.ndcg);
      report(name, `${label} nDCG@10`, figure(ndcgs[label]), anchors["ndcg"] ?? "");
      report(name, `${label} recall@100`, figure(mean(scores.recall)), anchors["recall"] ?? "");
      report(name, `${label} hit@1`, figure(mean(scores.hit)), anchors["hit"] ?? "");
      report(name, `${label} a query of the batch, k 100`, `${((seconds * 1_000) / queries.length).toFixed(1)} ms`, "");
    }
    const margin = ndcgs["fused"]! - Math.max(ndcgs["bm25"]!, ndcgs["vector"]!);
    report(name, "fused against its best leg", figure(margin), "at least -.003");
  } finally {
    commands.remove();
    rmSync(join(set.folder, ".."), { recursive: true, force: true });
  }
}

/** Every code of grbl's tables in four spellings and two languages; then codes that do not exist. */
async function grbl(): Promise<void> {
  const folder = join(sharedData, "manuals/grbl");
  if (!existsSync(folder)) return skip("grbl");
  const knowledge = await openKnowledge();
  try {
    await ingestPaths(ctx, knowledge, { paths: [folder, join(import.meta.dirname, "../../knowledge")] });
    const spellings = {
      alarm: (code: string) => [`ALARM:${code}`, `alarm ${code}`, `알람 ${code}`, `알람${code}번 떴어요`],
      error: (code: string) => [`error:${code}`, `what is error ${code}`, `에러 ${code}`, `${code}번 에러가 나요`],
      setting: (code: string) => [`$${code}`, `setting $${code}`, `$${code} 설정이 뭐야`, `설정 ${code}`],
    };
    for (const kind of ["alarm", "error", "setting"] as const) {
      const rows = parse(readFileSync(join(folder, `csv/${kind}_codes_en_US.csv`)), { from_line: 2, trim: true });
      let [found, first, asked] = [0, 0, 0];
      for (const [code, message] of rows as string[][]) {
        for (const query of spellings[kind](code!)) {
          asked += 1;
          const entries = await lookUpCode(ctx, knowledge, {
            code: query.replace(/ 떴어요|가 나요| 설정이 뭐야|what is /g, ""),
          });
          if (entries[0]?.kind === kind && entries[0].message.startsWith(message!)) found += 1;
          const { results } = await search(ctx, knowledge, { query, k: 1 });
          const top = results[0]?.entries[0];
          if (top?.kind === kind && top.message.startsWith(message!)) first += 1;
          else console.log(`  not first: ${query} → ${results[0]?.path} ${top?.kind} ${top?.code}`);
        }
      }
      report("grbl", `${kind} codes looked up`, `${found} of ${asked}`, "all");
      report("grbl", `${kind} codes first in search`, `${first} of ${asked}`, "all");
    }
    report("grbl", "unknown codes with no entry", await unknownCodes(knowledge), "all");
  } finally {
    await knowledge.database.close();
  }
}

async function unknownCodes(knowledge: Knowledge): Promise<string> {
  const unknown = [
    "알람 77",
    "ALARM:99",
    "alarm 38",
    "error 99",
    "에러 40번",
    "error 18",
    "$999",
    "설정 77",
    "$33",
    "AL-99",
    "E-999",
    "9999",
  ];
  let right = 0;
  for (const code of unknown) {
    const entries = await lookUpCode(ctx, knowledge, { code });
    const near = await knownCodes(ctx, knowledge, { near: code });
    if (entries.every((entry) => entry.match === "other-kind") && near.length > 0) right += 1;
    else console.log(`  ${code} → ${entries.map((entry) => `${entry.path} ${entry.kind} ${entry.code}`).join("; ")}`);
  }
  return `${right} of ${unknown.length}`;
}

async function linuxcnc(): Promise<void> {
  const folder = join(sharedData, "manuals/linuxcnc");
  if (!existsSync(folder)) return skip("linuxcnc");
  const knowledge = await openKnowledge();
  try {
    const first = await ingestPaths(ctx, knowledge, { paths: [folder] });
    report(
      "linuxcnc",
      `${first.added} files, ${first.chunks} passages`,
      `${(first.ms / 1000).toFixed(1)} s`,
      "at most 15 s",
    );
    const again = await ingestPaths(ctx, knowledge, { paths: [folder] });
    report("linuxcnc", `again, ${again.unchanged} unchanged`, `${(again.ms / 1000).toFixed(2)} s`, "");
  } finally {
    await knowledge.database.close();
  }
}

const sets: Record<string, () => Promise<void>> = {
  cranfield: () => judged(cranfield, "cranfield", { ndcg: ".356 plain BM25, wanted .37", recall: ".718, wanted .72" }),
  korquad1: () => judged(korquad, "korquad1", { ndcg: ".946 bigrams, wanted .95", hit: ".890, wanted .90" }),
  grbl,
  linuxcnc,
};
const chosen = process.argv.slice(2);
for (const name of chosen.length > 0 ? chosen : Object.keys(sets)) await sets[name]?.();
