import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "../../src/core/context.ts";
import { indexVectors } from "../../src/knowledge/index/index-vectors.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { search } from "../../src/knowledge/search.ts";
import { fillIndex } from "./corpus.ts";
import { percentile, type Measurement } from "./measurement.ts";
import { questions } from "./questions.ts";

const askEveryMs = 250;

/** Fills an index and indexes its vectors, while somebody asks four times a second. */
export async function fillWhileAsked(
  ctx: Ctx,
  knowledge: Knowledge,
  chunks: number,
  title: string,
  say: (text: string) => void,
): Promise<Measurement[]> {
  let told = 0;
  const reading = await askedDuring(ctx, knowledge, () =>
    fillIndex(ctx, knowledge, chunks, (share) => {
      if (share < told + 0.25 && share < 1) return;
      told = share;
      say(`  ${Math.round(share * 100)} % of ${chunks} passages read`);
    }),
  );
  const indexing = await askedDuring(ctx, knowledge, () => indexVectors(knowledge.database));
  say(`  ${indexing.result} vectors indexed in ${Math.round(indexing.ms / 1_000)} s`);
  const line = (what: string, times: number[]): Measurement => ({
    what: `three legs ${what}, ${title}, p95`,
    budget: null,
    measured: percentile(times, 0.95),
    unit: "ms",
    note: `p50 ${percentile(times, 0.5).toFixed(1)} ms, most ${Math.max(...times).toFixed(0)} ms, ${times.length} questions`,
  });
  return [
    {
      what: `ingestion, ${title}`,
      budget: 120,
      measured: (reading.result.characters / 3_000 / reading.ms) * 1_000,
      unit: "pages/s",
      atLeast: true,
      note: `${chunks} passages in ${Math.round(reading.ms / 1_000)} s, while asked`,
    },
    line("while reading", reading.times),
    {
      what: `indexing of vectors, ${title}`,
      budget: null,
      measured: indexing.result / (indexing.ms / 1_000),
      unit: "vectors/s",
      note: `${indexing.result} vectors in ${Math.round(indexing.ms / 1_000)} s, while asked`,
    },
    line("while indexing", indexing.times),
  ];
}

/** Does the work while somebody asks again and again. Times in ms. */
export async function askedDuring<T>(
  ctx: Ctx,
  knowledge: Knowledge,
  work: () => Promise<T>,
  everyMs: number = askEveryMs,
): Promise<{ result: T; ms: number; times: number[] }> {
  const times: number[] = [];
  let at = 0;
  let over = false;
  const began = performance.now();
  const done = work().finally(() => (over = true));
  const asking = (async () => {
    while (!over) {
      await sleep(everyMs);
      const start = performance.now();
      await search(ctx, knowledge, { query: questions[(at += 1) % questions.length]! });
      times.push(performance.now() - start);
    }
  })();
  const result = await done;
  const ms = performance.now() - began;
  await asking;
  return { result, ms, times };
}
