import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import { deleteDocument } from "../../knowledge/delete-document.ts";
import { listDocuments } from "../../knowledge/list-documents.ts";
import { readDocument } from "../../knowledge/read-document.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { filePart, idParameter, jsonContent, limit } from "../schema.ts";
import { documentKind, documentSummary, documentText, uploadState } from "../schemas/knowledge.ts";
import type { Uploads, UploadState } from "../backend.ts";

const listQuery = z.object({
  kind: documentKind.optional(),
  limit: limit(1_000),
  offset: z.coerce.number().int().min(0).optional(),
});
/** Most files are read before a person would look away. */
const waitMs = 10_000;

export function addDocumentRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/documents",
      summary: "The documents that were read in",
      query: listQuery,
      answer: z.object({ documents: z.array(documentSummary), total: z.number() }),
    },
    async ({ ctx, query }) => await listDocuments(ctx, backend().knowledge, query),
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/documents/{id}",
      summary: "A document's text with the places of its passages",
      params: idParameter,
      answer: documentText,
    },
    async ({ ctx, params }) => await readDocument(ctx, backend().knowledge, params.id),
  );

  addRoute(
    app,
    {
      method: "post",
      path: "/api/documents",
      summary: "Add a document, or a newer version under the same name",
      body: z.object({ file: filePart("the form has no file: send it as the part `file`") }),
      contentType: "multipart/form-data",
      answer: uploadState,
      status: 201,
      also: { 202: { description: "Taken; ask /api/uploads/{id} for its state", content: jsonContent(uploadState) } },
    },
    async ({ c, ctx, body: { file } }) => {
      const { uploads } = backend();
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { jobId } = await uploads.accept(ctx, { name: file.name, bytes });
      const state = await settled(uploads, jobId);
      return state.state === "done" || state.state === "failed" ? state : c.json(state, 202);
    },
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/uploads/{id}",
      summary: "How far an added document is",
      params: idParameter,
      answer: uploadState,
    },
    async ({ params }) => {
      const state = await backend().uploads.state(params.id);
      if (!state) throw new SunbaeError("not_found", `There is no upload "${params.id}", or it is long done.`);
      return state;
    },
  );

  addRoute(
    app,
    {
      method: "delete",
      path: "/api/documents/{id}",
      summary: "Remove a document and everything read from it",
      params: idParameter,
      status: 204,
    },
    async ({ c, ctx, params }) => {
      if (!(await deleteDocument(ctx, backend().knowledge, { documentId: params.id })))
        throw new SunbaeError("not_found", `There is no document "${params.id}".`);
      return c.body(null, 204);
    },
  );
}

async function settled(uploads: Uploads, jobId: string): Promise<UploadState> {
  const until = Date.now() + waitMs;
  for (;;) {
    const state = (await uploads.state(jobId)) ?? { jobId, state: "waiting", report: null, error: null };
    if (state.state === "done" || state.state === "failed" || Date.now() > until) return state;
    await pause(100);
  }
}
