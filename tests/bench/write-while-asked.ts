import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "../../src/core/context.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { writeCorpus } from "./corpus.ts";
import { askedDuring } from "./fill-while-asked.ts";
import type { Measurement } from "./measurement.ts";

const sections = 5_000;

/** One long document is written while somebody asks: the longest wait, beside that of the same questions in quiet. */
export async function writeWhileAsked(ctx: Ctx, knowledge: Knowledge): Promise<Measurement> {
  const corpus = writeCorpus(sections);
  try {
    const folder = join(corpus.folder, "..", "long");
    mkdirSync(folder);
    const texts = readdirSync(corpus.folder).map((name) => readFileSync(join(corpus.folder, name), "utf8"));
    writeFileSync(join(folder, "long.md"), texts.join("\n\n"));
    const quiet = await askedDuring(ctx, knowledge, () => sleep(5_000), 50);
    const write = () => ingestPaths(ctx, knowledge, { paths: [folder] });
    const { result, times, ms } = await askedDuring(ctx, knowledge, write, 50);
    return {
      what: "longest wait of a question while a document of 5,000 passages is written",
      budget: null,
      measured: Math.max(...times),
      unit: "ms",
      floor: { what: "the longest while nothing is written", measured: Math.max(...quiet.times) },
      note: `${result.chunks} passages in ${(ms / 1_000).toFixed(1)} s, ${times.length} questions`,
    };
  } finally {
    corpus.remove();
  }
}
