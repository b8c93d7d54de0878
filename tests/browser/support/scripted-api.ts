import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { NumberedRunEvent, Proposal, RunEvent } from "../../../src/core/run-event.ts";

// The HTTP API as DESIGN.md promises it, with scripted turns: real sockets, real event streams, no model, no database.

export type Step = RunEvent | { pauseMs: number } | { cut: true };
/** `cut` ends the connection that follows there; the run itself goes on. */
export type Script = (asked: { question: string; runId: string; conversationId: string }) => Step[];

export type ScriptedApi = {
  url: string;
  /** Every request but those for files: "POST /api/ask". */
  requests: { line: string; headers: IncomingMessage["headers"]; body: unknown }[];
  /** Records that approvals have written. */
  records: string[];
  close(): Promise<void>;
};

type Run = {
  id: string;
  conversationId: string;
  question: string;
  events: NumberedRunEvent[];
  cuts: Set<number>;
  over: boolean;
  wake: Set<() => void>;
};

export async function startScriptedApi(options: {
  page: string;
  script: Script;
  fixed: Record<string, unknown>;
  /** PNG pictures by path. */
  pictures?: Record<string, Uint8Array>;
  decideMs?: number;
}): Promise<ScriptedApi> {
  const { page, script, fixed, pictures = {}, decideMs = 0 } = options;
  const runs = new Map<string, Run>();
  const keys = new Map<string, string>();
  const proposals = new Map<string, Proposal>();
  const requests: ScriptedApi["requests"] = [];
  const records: string[] = [];

  function start(question: string, conversationId = `conv-${randomUUID().slice(0, 8)}`): Run {
    const id = `run-${randomUUID().slice(0, 8)}`;
    const run: Run = { id, conversationId, question, events: [], cuts: new Set(), over: false, wake: new Set() };
    runs.set(id, run);
    void play(run, script({ question, runId: id, conversationId }));
    return run;
  }

  async function play(run: Run, steps: Step[]): Promise<void> {
    for (const step of steps) {
      if (run.over) return;
      if ("pauseMs" in step) await new Promise((resolve) => setTimeout(resolve, step.pauseMs));
      else if ("cut" in step) run.cuts.add(run.events.length);
      else emit(run, step);
    }
    run.over = true;
    for (const wake of run.wake) wake();
  }

  function emit(run: Run, event: RunEvent): void {
    if (event.type === "proposal-made") proposals.set(event.proposal.id, event.proposal);
    run.events.push({ runId: run.id, seq: run.events.length + 1, at: new Date().toISOString(), event });
    for (const wake of run.wake) wake();
  }

  async function stream(run: Run, response: ServerResponse, afterSeq: number): Promise<void> {
    response.writeHead(200, { "Content-Type": "text/event-stream", Location: `/api/runs/${run.id}` });
    let seq = afterSeq;
    let gone = false;
    response.on("close", () => (gone = true));
    for (;;) {
      for (const event of run.events.slice(seq)) {
        if (run.cuts.delete(seq)) {
          response.destroy();
          return;
        }
        response.write(`id: ${event.seq}\nevent: ${event.event.type}\ndata: ${JSON.stringify(event)}\n\n`);
        seq = event.seq;
      }
      if (gone || (run.over && seq === run.events.length)) break;
      if (seq < run.events.length) continue;
      await new Promise<void>((resolve) => run.wake.add(resolve));
    }
    response.end();
  }

  const views = () =>
    [...proposals.values()].map((proposal) => ({
      ...proposal,
      textHash: `hash of ${proposal.id}`,
      createdBy: "local",
      createdAt: new Date().toISOString(),
      decidedBy: null,
      decidedAt: null,
      reason: null,
    }));

  async function decide(id: string, verb: string, response: ServerResponse): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, decideMs));
    const proposal = proposals.get(id);
    if (!proposal) return problem(response, 404, "not_found", `There is no proposal "${id}".`);
    if (verb === "approve" && proposal.status === "pending") records.push(`WO-${9000 + records.length}`);
    const recordId = verb === "approve" ? (records.at(-1) ?? null) : null;
    proposals.set(id, { ...proposal, status: verb === "approve" ? "approved" : "rejected", recordId });
    json(response, { proposal: proposals.get(id), written: true });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://scripted");
    if (!url.pathname.startsWith("/api/")) return file(page, url.pathname, response);
    const text = await new Response(request as never).text();
    const body = text === "" ? null : (JSON.parse(text) as Record<string, string>);
    requests.push({ line: `${request.method ?? ""} ${url.pathname}`, headers: request.headers, body });
    const [, , kind = "", id = "", verb = ""] = url.pathname.split("/");
    if (kind === "ask") {
      const key = String(request.headers["idempotency-key"]);
      const known = runs.get(keys.get(key) ?? "");
      const run = known ?? start(body?.["question"] ?? "", body?.["conversationId"]);
      keys.set(key, run.id);
      return stream(run, response, 0);
    }
    const run = runs.get(id);
    if (kind === "runs" && run && verb === "events") {
      return stream(run, response, Number(request.headers["last-event-id"] ?? 0));
    }
    if (kind === "runs" && run && verb === "cancel") {
      emit(run, { type: "run-cancelled", reason: body?.["reason"] ?? "" });
      run.over = true;
      return json(response, { runId: id });
    }
    if (kind === "proposals" && verb !== "") return decide(id, verb, response);
    if (kind === "proposals") return json(response, { proposals: views() });
    if (kind === "feedback") return json(response, body);
    if (kind === "conversations" && id !== "") {
      const own = [...runs.values()].filter(({ conversationId }) => conversationId === id);
      if (own.length === 0) return problem(response, 404, "not_found", "There is no such conversation.");
      return json(response, { id, title: own[0]?.question, turns: own.map(pastTurn) });
    }
    if (kind === "conversations") {
      const heads = new Map([...runs.values()].map((one) => [one.conversationId, one]));
      const updatedAt = new Date().toISOString();
      return json(response, {
        conversations: [...heads].map(([id, { question }]) => ({ id, title: question, updatedAt, turns: 1 })),
      });
    }
    const picture = pictures[url.pathname];
    if (picture) return void response.writeHead(200, { "Content-Type": "image/png" }).end(picture);
    if (url.pathname in fixed) return json(response, fixed[url.pathname]);
    problem(response, 404, "not_found", `There is nothing at ${url.pathname}.`);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => problem(response, 500, "internal", String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    records,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pastTurn(run: Run): object {
  const finished = run.events.find(({ event }) => event.type === "answer-finished")?.event;
  const answer = finished?.type === "answer-finished" ? finished.answer : null;
  return { runId: run.id, question: run.question, status: run.over ? "finished" : "running", answer, feedback: [] };
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, code: string, detail: string): void {
  if (response.headersSent) return void response.destroy();
  const body = { type: `urn:sunbae:problem:${code}`, title: detail, status, code, detail, fix: "Look at the log." };
  response.writeHead(status, { "Content-Type": "application/problem+json" }).end(JSON.stringify(body));
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
/** As the real server sends it: a page that needs anything inline or foreign fails here too. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'";

async function file(folder: string, path: string, response: ServerResponse): Promise<void> {
  const name = path === "/" ? "/index.html" : path;
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (!bytes) return void response.writeHead(404).end();
  const headers = { "Content-Type": types[extname(name)] ?? "text/plain", "Content-Security-Policy": policy };
  response.writeHead(200, headers).end(bytes);
}
