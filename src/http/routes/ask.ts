import { z } from "zod";
import { exportAnswer } from "../../conversations/export-answer.ts";
import { getTurn } from "../../conversations/get-conversation.ts";
import { answerOf } from "../../runtime/runtime.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { id, idParameter, named, plainText } from "../schema.ts";
import { askedAnswer } from "../schemas/answer.ts";
import { turn } from "../schemas/conversation.ts";
import { attachment } from "./originals.ts";
import { streamRun } from "../stream-run.ts";

const question = named(
  "Question",
  z.object({
    question: plainText(20_000),
    equipmentId: id.optional().describe("The machine that is meant where the question names none"),
    conversationId: id.optional().describe("The conversation that the question goes on with"),
  }),
);
const askHeaders = z.object({
  "idempotency-key": plainText(200).optional().describe("The same key is the same question, run once"),
  accept: z.string().optional().describe("text/event-stream for run events instead of the answer"),
});
const followHeaders = z.object({ "last-event-id": z.coerce.number().int().min(0).optional() });
const events = {
  description: "Server-sent events: `id` is the number to resume from, `event` the type, `data` the run event",
  content: { "text/event-stream": { schema: z.string() } },
};

export function addAskRoutes(app: HttpApp, { backend, closing }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "post",
      path: "/api/ask",
      summary: "Ask a question",
      headers: askHeaders,
      body: question,
      answer: askedAnswer,
    },
    async ({ c, ctx, headers, body }) => {
      const { runtime } = backend();
      // The run outlives the request: whoever asked may come back for it.
      const { runId, conversationId } = await runtime.start(ctx, { ...body, dedupeKey: headers["idempotency-key"] });
      c.header("Location", `/api/runs/${runId}`);
      if (headers.accept?.includes("text/event-stream"))
        return streamRun(c, { follow: (signal) => runtime.follow(runId, { signal }), closing });
      return { ...(await answerOf(runtime.follow(runId, { signal: closing }))), conversationId };
    },
  );

  addRoute(
    app,
    { method: "get", path: "/api/runs/{id}", summary: "One run with its answer", params: idParameter, answer: turn },
    async ({ ctx, params }) => await getTurn(ctx, backend().database.db, params.id),
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/runs/{id}/document",
      summary: "An answer with its sources as a file: Markdown, or DOCX for Word",
      params: idParameter,
      query: z.object({ format: z.enum(["md", "docx"]).default("docx") }),
      also: { 200: { description: "The file", content: { "application/octet-stream": {} } } },
    },
    async ({ c, ctx, params, query }) => {
      const asked = { runId: params.id, format: query.format };
      const { name, mediaType, bytes } = await exportAnswer(ctx, backend().database.db, asked);
      return c.body(new Uint8Array(bytes), 200, {
        "Content-Type": mediaType,
        "Content-Disposition": attachment(name),
        "Cache-Control": "private, no-cache",
      });
    },
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/runs/{id}/events",
      summary: "Follow a run, from its beginning or from Last-Event-ID",
      params: idParameter,
      headers: followHeaders,
      also: { 200: events, 204: { description: "The run is over and nothing comes after Last-Event-ID" } },
    },
    async ({ c, ctx, params, headers }) => {
      const { runtime, database } = backend();
      const afterSeq = headers["last-event-id"] ?? 0;
      const { status } = await getTurn(ctx, database.db, params.id);
      const isOver = status !== "queued" && status !== "running";
      // Without this answer a browser's EventSource would ask again for ever.
      if (isOver && afterSeq > 0 && (await isEmpty(runtime.follow(params.id, { afterSeq })))) return c.body(null, 204);
      return streamRun(c, { follow: (signal) => runtime.follow(params.id, { afterSeq, signal }), closing });
    },
  );

  addRoute(
    app,
    {
      method: "post",
      path: "/api/runs/{id}/cancel",
      summary: "Stop a run; it ends with run-cancelled",
      params: idParameter,
      body: z.object({ reason: plainText(500).optional() }),
      bodyOptional: true,
      answer: z.object({ runId: z.string() }),
      status: 202,
    },
    async ({ ctx, params, body }) => {
      await backend().runtime.cancel(ctx, params.id, body.reason ?? "Stopped by the asker.");
      return { runId: params.id };
    },
  );
}

async function isEmpty(events: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _event of events) return false;
  return true;
}
