import { setTimeout as pause } from "node:timers/promises";
import { askByHttp } from "./ask-by-http.ts";
import type { Bench } from "./bench.ts";
import { startModelServer } from "./model-server.ts";
import { readMetrics } from "./server-metrics.ts";
import { startServeProcess } from "./serve-process.ts";

const turns = 200;
const machines = ["CNC-03", "CNC-05", "CNC-07"];

/** 200 people ask at once and each reads an answer of 20 pieces a second from the real server. */
export const measureStreaming: Bench = async ({ short, folders, say }) => {
  const folder = await folders.samplePlant();
  // Long enough for the last question to begin while the first answer still streams.
  const pieces = short ? 160 : 400;
  const model = await startModelServer({ firstWordMs: 500, pieceMs: 50, pieces });
  const server = await startServeProcess(folder, { SUNBAE_LLM: "ollama:bench:8b", OLLAMA_HOST: model.address });
  try {
    await askByHttp(server.url, `${machines[0]} 알람 2041`);
    await readMetrics(server.url);
    await pause(2_000);
    const idle = (await readMetrics(server.url)).eventLoopP99Ms;
    const began = performance.now();
    const asked = await Promise.all(
      Array.from({ length: turns }, (_, at) =>
        askByHttp(server.url, `${machines[at % machines.length]} 알람 2041`).catch(() => null),
      ),
    );
    const seconds = (performance.now() - began) / 1_000;
    const busy = (await readMetrics(server.url)).eventLoopP99Ms;
    const kept = asked.filter((turn) => turn?.end === "run-finished" && turn.whole);
    const withModel = kept.filter((turn) => turn?.answer?.mode === "model").length;
    const note = `${model.mostAtOnce()} streamed at once, all ended after ${seconds.toFixed(1)} s; ${pieces / 20} s each by the model's pace`;
    say(`  ${note}; ${withModel} ended in model mode`);
    const memory = server.peakMemory();
    return [
      {
        what: `${turns} turns streaming, event loop p99`,
        budget: 50,
        measured: busy,
        unit: "ms",
        floor: { what: "the same server with nothing to do", measured: idle },
        note,
      },
      ...(memory === null
        ? []
        : [{ what: `${turns} turns streaming, most memory`, budget: 900, measured: memory, unit: "MB" }]),
      {
        what: `${turns} turns streaming, kept whole`,
        budget: turns,
        measured: kept.length,
        unit: "turns",
        atLeast: true,
        note: `${withModel} of them with the model's answer`,
      },
      {
        what: `${turns} turns, streaming at the same time`,
        budget: turns,
        measured: model.mostAtOnce(),
        unit: "turns",
        atLeast: true,
      },
    ];
  } finally {
    await server.stop();
    await model.close();
  }
};
