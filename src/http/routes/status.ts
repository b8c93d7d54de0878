import { z } from "zod";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { named } from "../schema.ts";
import { language, mode } from "../schemas/answer.ts";
import { readingStatus } from "../schemas/reading.ts";
import type { Status } from "../backend.ts";

const status: z.ZodType<Status> = named(
  "Status",
  z.object({
    version: z.string(),
    mode,
    model: z.string().nullable(),
    reason: z.object({ ko: z.string(), en: z.string() }),
    problems: z.array(
      z.object({ message: z.string(), fix: z.string().optional(), about: z.literal("source").optional() }),
    ),
    sample: z.boolean(),
    sites: z.array(z.object({ name: z.string(), title: z.string(), timeZone: z.string(), sample: z.boolean() })),
    timeZone: z.string(),
    database: z.object({
      engine: z.enum(["embedded", "postgres"]),
      version: z.string(),
      pgvector: z.string().nullable(),
    }),
    dataDir: z.string(),
    egress: z.string(),
    embeddings: z.string(),
    counts: z.object({
      equipment: z.number(),
      tags: z.number(),
      events: z.number(),
      workOrders: z.number(),
      documents: z.number(),
      chunks: z.number(),
      codes: z.number(),
      cards: z.number(),
      conversations: z.number(),
      pendingProposals: z.number(),
    }),
    reading: readingStatus,
    folders: z.array(
      z.object({
        path: z.string(),
        shipped: z.boolean(),
        files: z.number(),
        waiting: z.number(),
        problem: z.string().nullable(),
        failed: z.array(z.object({ path: z.string(), reason: z.string() })),
      }),
    ),
    sources: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(["sensors", "mes"]),
        ok: z.boolean(),
        since: z.string().nullable(),
        problem: z.string().nullable(),
        newest: z.string().nullable(),
      }),
    ),
    collectors: z.array(
      z.object({
        name: z.string(),
        state: z.enum(["starting", "connected", "disconnected", "stopped"]),
        since: z.string(),
        problem: z.string().nullable(),
        readings: z.number(),
        newest: z.string().nullable(),
        leftOut: z.array(z.object({ reason: z.string(), count: z.number(), example: z.string() })),
      }),
    ),
    newestReadingAt: z.string().nullable(),
    agents: z.array(z.enum(["planner", "maintenance", "quality"])),
    examples: z.array(z.object({ language, question: z.string() })),
  }),
);

export function addStatusRoutes(app: HttpApp, { backend, start, metrics }: HttpOptions): void {
  addRoute(
    app,
    { method: "get", path: "/api/status", summary: "Mode, model, counts, and questions to try", answer: status },
    async () => await backend().status(),
  );
  app.get("/livez", (c) => c.json({ alive: true }));
  app.get("/readyz", (c) => {
    const state = start();
    return c.json(state, state.ready ? 200 : 503);
  });
  app.get("/metrics", async (c) => {
    c.header("content-type", metrics.registry.contentType);
    return c.body(await metrics.registry.metrics());
  });
}
