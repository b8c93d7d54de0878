import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "./corpus.ts";

// An Ollama server whose answers take the time they are told to take, however many ask at once. Unlike the scripted
// one of tests/fakes it answers any call, because a measurement asks without knowing which calls will come.

export type ModelPace = {
  /** Until the first word: reading the prompt. */
  firstWordMs: number;
  /** Between two pieces. */
  pieceMs: number;
  /** Pieces of an answer; plans and tool calls come in one. */
  pieces: number;
  /** Nobody hears the first word before so many have asked, or nobody new has for some seconds. */
  together?: number;
};

export type ModelServer = {
  address: string;
  /** Milliseconds in which at least one call was under way, and their number, since the last call of this. */
  busy(): { ms: number; calls: number };
  /** The most answers that streamed at the same time. */
  mostAtOnce(): number;
  /** Resolves when those who wait for each other are let go. */
  released: Promise<void>;
  close(): Promise<void>;
};

type Request = { messages: { role: string }[]; tools?: { function: { name: string } }[]; format?: unknown };

const name = "bench:8b";

export async function startModelServer(pace: ModelPace): Promise<ModelServer> {
  let intervals: [from: number, to: number][] = [];
  let streaming = 0;
  let most = 0;
  const random = createRandom(3);
  const meeting = createMeeting(pace.together ?? 0);

  const chat = async (request: Request, response: ServerResponse): Promise<void> => {
    const from = performance.now();
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    await pause(pace.firstWordMs);
    await meeting.arrive();
    // Not all in step: nobody's models are.
    if (pace.together) await pause(random() * 1_000);
    const first = performance.now();
    streaming += 1;
    most = Math.max(most, streaming);
    const messages = answerTo(request, pace.pieces);
    for (const [at, message] of messages.entries()) {
      if (response.destroyed) break;
      response.write(
        `${JSON.stringify({ model: name, created_at: new Date().toISOString(), message, done: false })}\n`,
      );
      // By the clock, so that a late timer does not make a slower model.
      const due = first + (at + 1) * pace.pieceMs;
      await pause(Math.max(0, due - performance.now()));
    }
    streaming -= 1;
    response.end(`${JSON.stringify(lastLine(messages.length))}\n`);
    intervals.push([from, performance.now()]);
  };

  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const json = (body: unknown): void => void response.end(JSON.stringify(body));
      if (incoming.url === "/api/tags")
        return json({ models: [{ name, model: name, size: 5e9, details: { parameter_size: "8.2B" } }] });
      if (incoming.url === "/api/show")
        return json({ capabilities: ["completion", "tools"], model_info: { "bench.context_length": 40_960 } });
      if (incoming.url === "/api/version") return json({ version: "0.12.6" });
      if (incoming.url !== "/api/chat") return json({});
      void chat(JSON.parse(Buffer.concat(parts).toString("utf8")) as Request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    busy() {
      const sum = { ms: 0, calls: intervals.length };
      let until = 0;
      for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
        sum.ms += Math.max(0, to - Math.max(from, until));
        until = Math.max(until, to);
      }
      intervals = [];
      return sum;
    },
    mostAtOnce: () => most,
    released: meeting.over,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const patienceMs = 8_000;

/** Holds everybody until `wanted` are there, or until nobody new came for a while. */
function createMeeting(wanted: number): { arrive(): Promise<void>; over: Promise<void> } {
  const { promise: over, resolve: open } = Promise.withResolvers<void>();
  let here = 0;
  let timer: NodeJS.Timeout | undefined;
  if (wanted === 0) open();
  return {
    over,
    arrive() {
      clearTimeout(timer);
      here += 1;
      if (here >= wanted) open();
      else timer = setTimeout(open, patienceMs);
      return over;
    },
  };
}

/** A plan where a schema is given; of the tools one, once; else an answer that cites the first evidence. */
function answerTo({ messages, tools, format }: Request, pieces: number): object[] {
  const say = (content: string) => ({ role: "assistant", content });
  if (format !== undefined)
    return [say(JSON.stringify({ tasks: [{ agent: "maintenance", task: "Look at what the records say about it." }] }))];
  const tool = tools?.find((one) => one.function.name === "search_knowledge")?.function.name;
  if (tool !== undefined && messages.every((message) => message.role !== "tool"))
    return [
      {
        ...say(""),
        tool_calls: [{ id: "call_0", function: { index: 0, name: tool, arguments: { query: "bearing" } } }],
      },
    ];
  if (tools !== undefined) return [say("The records agree with what is known [E1].")];
  return Array.from({ length: pieces }, (_, at) => say(sentence[at % sentence.length] ?? ""));
}

/** Without figures, which would have to be in the evidence. */
const sentence = ["Compare ", "what you see ", "with what ", "the record ", "says [E1]", ". "];

const lastLine = (pieces: number) => ({
  model: name,
  created_at: new Date().toISOString(),
  message: { role: "assistant", content: "" },
  done: true,
  done_reason: "stop",
  prompt_eval_count: 2_000,
  eval_count: pieces,
});
