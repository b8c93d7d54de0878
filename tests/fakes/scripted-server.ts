import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

// What the scripted model servers share: steps, recording, playing a stream with its faults. A call without a step
// answers 500 and fails the test at `close`; so do a malformed request and a step that nobody asked for.

export type ScriptedCall = { name: string; args: Record<string, unknown> | string };

export type Fault = {
  /** stall: silence. cut: the connection breaks. end: the stream ends politely without its end mark.
   *  malformed: a line that is not JSON. error: the server's own error line, with status 200. */
  kind: "stall" | "cut" | "end" | "malformed" | "error";
  /** How many pieces of the answer come first; 0 is before the headers for stall and cut. */
  after: number;
};

export type ModelStep = {
  /** The first unused step whose `when` holds answers; without `when`, in order. */
  when?: (request: RecordedRequest) => boolean;
  /** Looks at the request; what it throws fails the test at `close`. */
  check?: (request: RecordedRequest) => void;
  /** A text is sent in pieces of four characters, a list as it is. */
  reply?: string | string[];
  toolCalls?: ScriptedCall[];
  /** Some imitators of OpenAI give their tool calls no id. */
  withoutCallIds?: boolean;
  finish?: "stop" | "length";
  /** Between two pieces. */
  delayMs?: number;
  /** What the server says the prompt cost. */
  promptTokens?: number;
  status?: number;
  error?: string;
  fault?: Fault;
};

export type RecordedRequest = {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into it, its shape just validated
  body: any;
  text: string;
};

export type Route = (request: RecordedRequest, response: ServerResponse) => void | Promise<void>;

export type ScriptedServer = {
  url: string;
  requests: RecordedRequest[];
  /** Requests to one path. */
  to(path: string): RecordedRequest[];
  script(...steps: ModelStep[]): void;
  /** Streams whose client went away before they ended. */
  abandoned(): number;
  /** Stops, and throws what was wrong: unscripted calls, malformed requests, steps left over. */
  close(): Promise<void>;
};

export type ServerCore = ScriptedServer & {
  /** The step for a request; undefined after having answered 500. */
  take(request: RecordedRequest, response: ServerResponse): ModelStep | undefined;
  problem(text: string): void;
  play(response: ServerResponse, frames: Frames, step: ModelStep): Promise<void>;
};

export type Frames = { contentType: string; pieces: string[]; tail: string[]; malformed: string; error: string };

export async function startScriptedServer(routes: (core: ServerCore) => Record<string, Route>): Promise<ServerCore> {
  const requests: RecordedRequest[] = [];
  const steps: ModelStep[] = [];
  const problems: string[] = [];
  const sockets = new Set<Socket>();
  let abandoned = 0;

  const core: ServerCore = {
    url: "",
    requests,
    to: (path) => requests.filter((request) => request.path === path),
    script: (...more) => void steps.push(...more),
    abandoned: () => abandoned,
    problem: (text) => void problems.push(text),
    take(request, response) {
      const index = steps.findIndex((step) => step.when?.(request) ?? true);
      const step = index < 0 ? undefined : steps.splice(index, 1)[0];
      if (step === undefined) {
        problems.push(`unscripted call of ${request.path}: ${request.text.slice(0, 400)}`);
        sendJson(response, 500, { error: "unscripted call" });
        return undefined;
      }
      try {
        step.check?.(request);
      } catch (thrown) {
        problems.push(`check of ${request.path}: ${String(thrown)}`);
      }
      return step;
    },
    async play(response, frames, step) {
      response.on("close", () => {
        if (!response.writableFinished && step.fault?.kind !== "cut") abandoned += 1;
      });
      const { fault } = step;
      if (fault?.kind === "stall" && fault.after === 0) return;
      if (fault?.kind === "cut" && fault.after === 0) return void response.destroy();
      response.writeHead(200, { "content-type": frames.contentType });
      response.flushHeaders();
      for (const [index, piece] of [...frames.pieces, ...frames.tail].entries()) {
        if (fault && index === fault.after) {
          if (fault.kind === "stall") return;
          if (fault.kind === "cut") return void setTimeout(() => response.destroy(), 30);
          if (fault.kind === "end") return void response.end();
          response.write(fault.kind === "malformed" ? frames.malformed : frames.error);
          if (fault.kind === "error") return void response.end();
        }
        if (response.destroyed) return;
        response.write(piece);
        if (step.delayMs) await new Promise((resolve) => setTimeout(resolve, step.delayMs));
      }
      response.end();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      if (steps.length > 0) problems.push(`${steps.length} scripted steps were never asked for`);
      if (problems.length > 0) throw new Error(`Scripted server: ${problems.join("; ")}`);
    },
  };

  const table = routes(core);
  const server = createServer((incoming, response) => {
    void answer(incoming, response).catch((thrown) => {
      problems.push(String(thrown));
      if (!response.headersSent) sendJson(response, 500, { error: String(thrown) });
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString("utf8");
    const path = new URL(incoming.url ?? "/", "http://fake").pathname;
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const request = { method: incoming.method ?? "GET", path, headers: incoming.headers, body, text };
    requests.push(request);
    const route = table[`${request.method} ${path}`];
    if (route) return route(request, response);
    problems.push(`unknown route ${request.method} ${path}`);
    sendJson(response, 404, { error: "404 page not found" });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  core.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return core;
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}

export function piecesOf(step: ModelStep): string[] {
  if (Array.isArray(step.reply)) return step.reply;
  return step.reply === undefined ? [] : (step.reply.match(/[\s\S]{1,4}/gu) ?? []);
}

/** About what a tokenizer would say for Korean and English alike. */
export function countTokens(value: unknown): number {
  return Math.ceil(Buffer.byteLength(typeof value === "string" ? value : JSON.stringify(value)) / 3.6);
}

/** A vector that depends on the text only, of unit length. */
export function fakeVector(text: string, dimension: number): number[] {
  const vector = Array.from({ length: dimension }, () => 0.001);
  for (const [index, code] of [...text].map((char) => char.codePointAt(0) ?? 0).entries()) {
    const at = (code * 31 + index) % dimension;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
