import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "hono";
import { z } from "zod";
import type { Ctx } from "../../core/context.ts";
import { SunbaeError } from "../../core/errors.ts";
import { isEnded } from "../../knowledge/ingest/ingest-job.ts";
import type { IngestJobWithFiles, MetadataByHand } from "../../knowledge/ingest/ingest-job.ts";
import { ingestJob } from "../../knowledge/ingest/read-ingest-job.ts";
import { checkMayAdd, startIngest } from "../../knowledge/ingest/start-ingest.ts";
import { dropUnusedFile, storeFile } from "../../knowledge/ingest/stored-files.ts";
import { isReadable, readableExtensions, whyNotReadable } from "../../knowledge/load/choose-reader.ts";
import { refuseInvalid } from "../define-route.ts";
import type { Backend } from "../backend.ts";
import type { HttpApp, HttpEnv, HttpOptions } from "../http-env.ts";
import { problemSchema } from "../problem.ts";
import { receiveForm } from "../receive-form.ts";
import { jsonContent, plainText } from "../schema.ts";
import { ingestJobWithFiles } from "../schemas/ingestion.ts";
import { safeFileName } from "../upload-name.ts";

const mostUploadBytes = 500 * 1024 * 1024;
const mostFiles = 200;
/** Most files are read before a person would look away. */
const longestWaitSeconds = 10;

const list = z.array(plainText(200)).transform((given) =>
  given
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== ""),
);
const one = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((given) => (Array.isArray(given) ? given.at(-1) : given), schema.optional());

/** What the sender says of the files; each may be left out. */
const metadataFields = z.object({
  title: one(plainText(300).min(1)),
  kind: one(z.enum(["manual", "procedure", "safety", "reference"])),
  models: list.optional(),
  equipmentIds: list.optional(),
  revision: one(plainText(60).min(1)),
  date: one(z.iso.date()),
  language: one(z.enum(["ko", "en"])),
  approved: one(z.enum(["true", "false"]).transform((value) => value === "true")),
});

const text = { type: "string" };
const formSchema = {
  type: "object",
  required: ["file"],
  properties: {
    file: { type: "array", items: { type: "string", format: "binary" } },
    title: text,
    kind: { type: "string", enum: ["manual", "procedure", "safety", "reference"] },
    models: { ...text, description: "Separated by commas, or the part several times" },
    equipmentIds: { ...text, description: "Separated by commas, or the part several times" },
    revision: text,
    date: { type: "string", format: "date" },
    language: { type: "string", enum: ["ko", "en"] },
    approved: { type: "string", enum: ["true", "false"], description: "Of a supervisor only" },
  },
};

export function addUploadRoute(app: HttpApp, options: HttpOptions): void {
  // Declared, but not read by the library: it would hold the whole form in memory.
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/api/documents",
    summary: "Add documents, or newer versions under the same names",
    description: `Up to ${mostFiles} files and ${mostUploadBytes / 1_048_576} MB in one form. What the fields say holds for all of its files.`,
    request: {
      query: z.object({ wait: z.string().optional() }) as never,
      body: { required: true, content: { "multipart/form-data": { schema: formSchema as never } } },
    },
    responses: {
      201: { description: "Read; each file has its verdict", content: jsonContent(ingestJobWithFiles) as never },
      202: {
        description: "Being read: GET /api/ingestions/{id} tells how far it is",
        content: jsonContent(ingestJobWithFiles) as never,
      },
      default: {
        description: "Anything that went wrong, as an RFC 9457 problem document",
        content: { "application/problem+json": { schema: problemSchema as never } },
      },
    },
  });
  app.post("/api/documents", async (c) => await addDocuments(c, options));
}

async function addDocuments(c: Context<HttpEnv>, { backend }: HttpOptions): Promise<Response> {
  const ctx = c.get("ctx")();
  checkMayAdd(ctx);
  const { database, ingestion } = backend();
  const kept: string[] = [];
  const jobId = await receiveDocuments(ctx, backend(), c.req.raw, kept).catch(async (thrown: unknown) => {
    for (const id of kept) await dropUnusedFile(database.pool, id);
    throw thrown;
  });
  const waited = Number(c.req.query("wait") ?? longestWaitSeconds);
  const job = await settled(() => ingestJob(ctx, ingestion, jobId), Math.min(waited || 0, longestWaitSeconds));
  return c.json({ ...job }, isEnded(job.state) ? 201 : 202);
}

type Receiver = Pick<Backend, "database" | "ingestion">;

/** Keeps a form's files and starts their ingestion. `kept` gets the ids of files as they are stored. */
async function receiveDocuments(
  ctx: Ctx,
  { database, ingestion }: Receiver,
  request: Request,
  kept: string[],
): Promise<string> {
  const { files, fields } = await receiveForm(request, {
    mostBytes: mostUploadBytes,
    mostFiles,
    async keep(given, bytes, before) {
      // Fields that come first can refuse a file before it is stored.
      checkMayAdd(ctx, metadataOf(before));
      const name = safeFileName(given);
      if (name === "" || !isReadable(name)) {
        for await (const _ of bytes);
        return { name: name === "" ? given : name, reason: whyNotReadable(name) };
      }
      const { id, bytes: length } = await storeFile(database, bytes);
      kept.push(id);
      return length === 0 ? { name, reason: "The file is empty." } : { name, id, bytes: length };
    },
  });
  const stored = files.flatMap((file) => ("id" in file ? [{ name: file.name, id: file.id!, bytes: file.bytes! }] : []));
  const refused = files.flatMap((file) => ("reason" in file ? [{ name: file.name, reason: file.reason! }] : []));
  if (files.length === 0)
    throw new SunbaeError("invalid_input", "The form has no file.", { fix: "Send it as the part `file`." });
  if (stored.length === 0)
    throw new SunbaeError("invalid_input", `"${refused[0]!.name}" can't be read: ${refused[0]!.reason}`, {
      fix: `These can: ${readableExtensions.join(" ")}.`,
    });
  const { jobId } = await startIngest(ctx, ingestion, {
    kind: "upload",
    paths: [],
    stored,
    refused,
    metadata: metadataOf(fields),
  });
  return jobId;
}

function metadataOf(fields: Record<string, string[]>): MetadataByHand {
  const parsed = metadataFields.safeParse(fields);
  if (!parsed.success) refuseInvalid({ target: "form", ...parsed });
  const given = Object.entries(parsed.data ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as MetadataByHand;
}

async function settled(read: () => Promise<IngestJobWithFiles>, seconds: number): Promise<IngestJobWithFiles> {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const job = await read();
    if (isEnded(job.state) || Date.now() > until) return job;
    await pause(100);
  }
}
