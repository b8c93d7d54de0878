import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import { deleteDocument } from "../../knowledge/delete-document.ts";
import { listDocuments } from "../../knowledge/list-documents.ts";
import { readDocument } from "../../knowledge/read-document.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { idParameter, limit } from "../schema.ts";
import { documentKind, documentSummary, documentText } from "../schemas/knowledge.ts";
import { addUploadRoute } from "./uploads.ts";

const listQuery = z.object({
  kind: documentKind.optional(),
  limit: limit(1_000),
  offset: z.coerce.number().int().min(0).optional(),
});

export function addDocumentRoutes(app: HttpApp, options: HttpOptions): void {
  const { backend } = options;
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

  addUploadRoute(app, options);

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
