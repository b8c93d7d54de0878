import { z } from "@hono/zod-openapi";
import type { IngestInput } from "../../knowledge/ingest/ingest-job.ts";
import { startIngest } from "../../knowledge/ingest/start-ingest.ts";
import { refuseInvalid } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { requireOwner } from "../middleware/authenticate.ts";
import { plainText } from "../schema.ts";
import { streamProgress } from "../stream-progress.ts";

// What the command line asks of a running server on the same machine. Not part of the public contract: the paths are
// the server's own, so only who can read its data folder may name them.

const path = plainText(4_000).min(1);
const short = plainText(300).min(1);
const ingestInput = z.object({
  paths: z.array(path).min(1).max(1_000),
  root: path.optional(),
  prune: z.boolean().optional(),
  metadata: z
    .strictObject({
      title: short.optional(),
      kind: z.enum(["manual", "procedure", "safety", "reference"]).optional(),
      models: z.array(short).optional(),
      equipmentIds: z.array(short).optional(),
      revision: short.optional(),
      date: z.iso.date().optional(),
      language: z.enum(["ko", "en"]).optional(),
      approved: z.boolean().optional(),
    })
    .optional(),
});
const importInput = z.object({ mappingPath: path, dataFolder: path.optional() });

export function addOwnerRoutes(app: HttpApp, { backend }: HttpOptions): void {
  app.use("/api/owner/*", requireOwner);

  app.post("/api/owner/ingest", async (c) => {
    const input = parse(ingestInput, await c.req.json());
    const { ingestion } = backend();
    const { jobId } = await startIngest(c.get("ctx")(), ingestion, { kind: "paths", ...input } as IngestInput);
    return c.json({ jobId }, 202);
  });

  app.post("/api/owner/import", async (c) => {
    const input = parse(importInput, await c.req.json());
    const { maintenance } = backend();
    const ctx = c.get("ctx")();
    return streamProgress(c, (tell, signal) => maintenance.importPlantData({ ...ctx, signal }, input, tell));
  });

  app.post("/api/owner/remove-sample", async (c) => {
    const ctx = c.get("ctx")();
    return c.json(await backend().maintenance.removeSample(ctx));
  });
}

function parse<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) refuseInvalid({ target: "body", ...parsed });
  return parsed.data as z.output<Schema>;
}
