import { askByHttp } from "./ask-by-http.ts";
import type { Bench } from "./bench.ts";
import { percentile } from "./measurement.ts";
import { startModelServer } from "./model-server.ts";
import { startServeProcess } from "./serve-process.ts";

/** One call of the model, then plan, a specialist with a tool, and the answer. */
const asked = [
  "CNC-07 알람 2041 떴는데 뭐부터 봐야 돼?",
  "spindle of CNC-07 is noisy",
  "What does AL-05 mean on CMP-01?",
  "영감님 프레스 압력이 안 올라가",
  "is the oil separator in stock",
  "how do I replace the oil separator on CMP-01",
];

/** Everything of a turn in which no model was at work, beside a model as fast as an 8B one on a small graphics card. */
export const measureModelTurn: Bench = async ({ short, folders, say }) => {
  const folder = await folders.samplePlant();
  const model = await startModelServer({ firstWordMs: 700, pieceMs: 25, pieces: 120 });
  const server = await startServeProcess(folder, { SUNBAE_LLM: "ollama:bench:8b", OLLAMA_HOST: model.address });
  try {
    // The first turn loads LangChain: told apart, because it comes once.
    const ownOf = async (question: string): Promise<{ own: number; busy: number; calls: number }> => {
      model.busy();
      const turn = await askByHttp(server.url, question);
      const { ms, calls } = model.busy();
      if (turn.answer?.mode !== "model" || calls === 0)
        throw new Error(`“${question}” was answered without the model (${turn.end}, ${calls} calls).`);
      return { own: turn.totalMs - ms, busy: ms, calls };
    };
    const cold = await ownOf(asked[1] ?? "");
    const turns = [];
    for (let round = 0; round < (short ? 1 : 3); round += 1)
      for (const question of asked.slice(0, short ? 3 : undefined))
        turns.push({ question, ...(await ownOf(question)) });
    for (const { question, own, busy, calls } of turns.slice(-asked.length))
      say(`  ${Math.round(own)} ms of ours, ${Math.round(busy)} ms of the model's in ${calls} calls: “${question}”`);
    const own = turns.map((turn) => turn.own);
    const slowest = turns.toSorted((a, b) => b.own - a.own)[0];
    const note = `“${slowest?.question}”; ${turns.length} turns, ${turns.reduce((sum, turn) => sum + turn.calls, 0)} calls; the first one ${Math.round(cold.own)} ms`;
    return [
      { what: "our own time in a model turn, most", budget: 300, measured: Math.max(...own), unit: "ms", note },
      {
        what: "our own time in a model turn, of the model's",
        budget: 5,
        measured: percentile(
          turns.map((turn) => (turn.own * 100) / turn.busy),
          0.5,
        ),
        unit: "%",
        note: "the middle turn",
      },
    ];
  } finally {
    await server.stop();
    await model.close();
  }
};
