import { setTimeout as pause } from "node:timers/promises";
import { askByHttp } from "./ask-by-http.ts";
import type { Bench } from "./bench.ts";
import { startModelServer } from "./model-server.ts";
import { readMetrics } from "./server-metrics.ts";
import { startServeProcess } from "./serve-process.ts";

const machines = ["CNC-03", "CNC-05", "CNC-07"];

/**
 * People who ask all at once and each read an answer of 20 pieces a second from the real server. The model speaks to
 * nobody before all have asked, so that all streams are open together however busy the machine is.
 */
export const measureStreaming: Bench = async ({ short, folders, say }) => {
  const turns = short ? 80 : 200;
  const seconds = short ? 6 : 15;
  const folder = await folders.samplePlant();
  const model = await startModelServer({ firstWordMs: 300, pieceMs: 50, pieces: seconds * 20, together: turns });
  const server = await startServeProcess(folder, { SUNBAE_LLM: "ollama:bench:8b", OLLAMA_HOST: model.address });
  try {
    const lag = async (): Promise<number> => (await readMetrics(server.url)).eventLoopP99Ms;
    await lag();
    await pause(2_000);
    const idle = await lag();
    const began = performance.now();
    const asking = Array.from({ length: turns }, async (_, at) => {
      return await askByHttp(server.url, `${machines[at % machines.length]} 알람 2041`).catch(() => null);
    });
    await model.released;
    const gatherSeconds = (performance.now() - began) / 1_000;
    const whileGathering = await lag();
    const asked = await Promise.all(asking);
    const whileStreaming = await lag();
    const kept = asked.filter((turn) => turn?.end === "run-finished" && turn.whole);
    const withModel = kept.filter((turn) => turn?.answer?.mode === "model").length;
    const memory = server.peakMemory();
    say(`  ${turns} had asked the model after ${gatherSeconds.toFixed(1)} s; ${withModel} ended with its answer`);
    const title = `${turns} turns at once`;
    return [
      {
        what: `${title}, event loop p99 while streaming`,
        budget: 50,
        measured: whileStreaming,
        unit: "ms",
        floor: { what: "the same server with nothing to do", measured: idle },
        note: `${model.mostAtOnce()} streams open together for ${seconds} s`,
      },
      {
        what: `${title}, event loop p99 while gathering`,
        budget: null,
        measured: whileGathering,
        unit: "ms",
        note: `from the first question to the last call of the model, ${gatherSeconds.toFixed(1)} s`,
      },
      ...(memory === null ? [] : [{ what: `${title}, most memory`, budget: 900, measured: memory, unit: "MB" }]),
      {
        what: `${title}, streams open together`,
        budget: turns,
        measured: model.mostAtOnce(),
        unit: "turns",
        atLeast: true,
      },
      {
        what: `${title}, none lost`,
        budget: turns,
        measured: kept.length,
        unit: "turns",
        atLeast: true,
        note: `${withModel} of them with the model's answer`,
      },
    ];
  } finally {
    await server.stop();
    await model.close();
  }
};
