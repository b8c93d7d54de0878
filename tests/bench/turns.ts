import { askByHttp } from "./ask-by-http.ts";
import type { Bench, BenchRun } from "./bench.ts";
import { percentile, type Measurement } from "./measurement.ts";
import { questions } from "./questions.ts";
import { readMetrics } from "./server-metrics.ts";
import { startServeProcess } from "./serve-process.ts";

// Turns without a model, one after the other, as an asker sees them over HTTP.

export const measureTurns: Bench = async (run) => {
  const folder = await run.folders.samplePlant();
  return await measureFolder(folder, "sample plant", run);
};

export const measureTurnsLarge: Bench = async (run) => {
  const folder = await run.folders.largeIndex();
  return await measureFolder(folder, `${run.folders.chunks.toLocaleString("en-US")} chunks`, run);
};

async function measureFolder(folder: string, title: string, { say, short }: BenchRun): Promise<Measurement[]> {
  const server = await startServeProcess(folder);
  try {
    const rounds = short ? 1 : 2;
    const cold = await askByHttp(server.url, questions[0] ?? "");
    const first: { question: string; ms: number }[] = [];
    const whole: { question: string; ms: number }[] = [];
    const greetings: number[] = [];
    const before = await readMetrics(server.url);
    for (let round = 0; round < rounds; round += 1)
      for (const [at, question] of questions.entries()) {
        const turn = await askByHttp(server.url, question);
        if (turn.end !== "run-finished" || !turn.whole)
          throw new Error(`“${question}” ended with ${turn.end}${turn.whole ? "" : ", not whole"}.`);
        whole.push({ question, ms: turn.totalMs });
        if (turn.firstEvidenceMs !== null) first.push({ question, ms: turn.firstEvidenceMs });
        if (at % 4 === 0) greetings.push((await askByHttp(server.url, "안녕하세요")).totalMs);
      }
    const cpuMs = ((await readMetrics(server.url)).cpuMs - before.cpuMs) / (whole.length + greetings.length);
    say(`  slowest first evidence: ${slowest(first)}`);
    say(`  slowest answers: ${slowest(whole)}`);
    const floor = {
      what: "a greeting by the same way, which asks nothing of the plant, the middle one",
      measured: percentile(greetings, 0.5),
    };
    const asked = `${questions.length} questions, ${rounds === 1 ? "once" : "twice"}, p50`;
    return [
      {
        what: `first evidence, ${title}, p95`,
        budget: 150,
        measured: p95(first),
        unit: "ms",
        floor,
        note: `${asked} ${Math.round(
          percentile(
            first.map((one) => one.ms),
            0.5,
          ),
        )} ms`,
      },
      {
        what: `whole extractive answer, ${title}, p95`,
        budget: 400,
        measured: p95(whole),
        unit: "ms",
        floor,
        note: `${asked} ${Math.round(
          percentile(
            whole.map((one) => one.ms),
            0.5,
          ),
        )} ms`,
      },
      {
        what: `processor time of a turn, ${title}, mean`,
        budget: null,
        measured: cpuMs,
        unit: "ms",
      },
      {
        what: `the first question after a start, ${title}`,
        budget: null,
        measured: cold.totalMs,
        unit: "ms",
      },
    ];
  } finally {
    await server.stop();
  }
}

const p95 = (list: { ms: number }[]): number =>
  percentile(
    list.map((one) => one.ms),
    0.95,
  );

function slowest(list: { question: string; ms: number }[]): string {
  const top = list.toSorted((a, b) => b.ms - a.ms).slice(0, 3);
  return top.map(({ question, ms }) => `${Math.round(ms)} ms “${question}”`).join(", ");
}
