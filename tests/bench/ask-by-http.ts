import { Agent, request } from "node:http";
import type { Answer, NumberedRunEvent } from "../../src/core/run-event.ts";

/** One turn as its asker lives through it, over HTTP and server-sent events. */
export type AskedTurn = {
  runId: string;
  /** From sending the question; null where nothing was found. */
  firstEvidenceMs: number | null;
  totalMs: number;
  answer: Answer | null;
  /** How the run ended; "cut" where the stream broke off. */
  end: "run-finished" | "run-failed" | "run-cancelled" | "cut";
  /** No number left out, and what was streamed is the answer. */
  whole: boolean;
};

const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });

export function askByHttp(url: string, question: string): Promise<AskedTurn> {
  const body = JSON.stringify({ question });
  const headers = { "content-type": "application/json", accept: "text/event-stream" };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = request(`${url}/api/ask`, { method: "POST", headers, agent }, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        return reject(new Error(`/api/ask answered ${response.statusCode}.`));
      }
      const turn = readTurn(began);
      response.setEncoding("utf8");
      response.on("data", (text: string) => turn.read(text));
      response.on("end", () => resolve(turn.result()));
      response.on("error", () => resolve(turn.result()));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function readTurn(began: number) {
  const result: AskedTurn = { runId: "", firstEvidenceMs: null, totalMs: 0, answer: null, end: "cut", whole: false };
  let rest = "";
  let last = 0;
  let gapless = true;
  let streamed = "";
  const take = ({ runId, seq, event }: NumberedRunEvent): void => {
    result.runId = runId;
    if (seq !== last + 1) gapless = false;
    last = seq;
    if (event.type === "evidence-found") result.firstEvidenceMs ??= performance.now() - began;
    if (event.type === "answer-delta") streamed += event.text;
    if (event.type === "answer-finished") result.answer = event.answer;
    if (event.type === "run-finished" || event.type === "run-failed" || event.type === "run-cancelled") {
      result.end = event.type;
      result.totalMs = performance.now() - began;
    }
  };
  return {
    read(text: string): void {
      const blocks = (rest + text).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data?.includes('"seq"')) take(JSON.parse(data) as NumberedRunEvent);
      }
    },
    result(): AskedTurn {
      result.whole = gapless && result.answer !== null && plain(streamed) === plain(result.answer.answer);
      return result;
    },
  };
}

const plain = (text: string): string => text.replaceAll(/\s+/g, "");
