import { z } from "zod";
import { cancelIngest } from "../../knowledge/ingest/cancel-ingest.ts";
import { ingestJob as readJob, listIngestJobs } from "../../knowledge/ingest/read-ingest-job.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { flag, idParameter, jsonContent, limit } from "../schema.ts";
import { ingestJob, ingestJobWithFiles, ingestProgress } from "../schemas/ingestion.ts";
import { streamIngestion } from "../stream-ingestion.ts";

export function addIngestionRoutes(app: HttpApp, { backend, closing }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/ingestions",
      summary: "What was and is being read in, newest first",
      query: z.object({ limit: limit(500), active: flag.describe("Only those that have not ended") }),
      answer: z.object({ ingestions: z.array(ingestJob) }),
    },
    async ({ ctx, query }) => ({
      ingestions: await listIngestJobs(ctx, backend().ingestion, { limit: query.limit, unended: query.active }),
    }),
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/ingestions/{id}",
      summary: "How far an ingestion is, file by file",
      params: idParameter,
      answer: ingestJobWithFiles,
    },
    async ({ ctx, params }) => await readJob(ctx, backend().ingestion, params.id),
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/ingestions/{id}/events",
      summary: "How far an ingestion is, as it goes on",
      description:
        "Server-sent events `progress`: the ingestion with those of its files that changed since the event before, all of them in the first. The last one has a state that ends (done, failed, cancelled).",
      params: idParameter,
      also: { 200: { description: "Events", content: { "text/event-stream": { schema: ingestProgress } } } },
    },
    async ({ c, ctx, params }) => {
      const { ingestion } = backend();
      const first = await readJob(ctx, ingestion, params.id);
      return streamIngestion(c, { first, read: () => readJob(ctx, ingestion, params.id), closing });
    },
  );

  addRoute(
    app,
    {
      method: "post",
      path: "/api/ingestions/{id}/cancel",
      summary: "Stop an ingestion; what is written stays",
      params: idParameter,
      answer: ingestJobWithFiles,
      status: 202,
      also: { 202: { description: "It stops within two seconds", content: jsonContent(ingestJobWithFiles) } },
    },
    async ({ ctx, params }) => {
      const { ingestion } = backend();
      await cancelIngest(ctx, ingestion, params.id);
      return await readJob(ctx, ingestion, params.id);
    },
  );
}
