import { z } from "zod";
import { updateDocument } from "../../knowledge/update-document.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { given, id, idParameter, plainText } from "../schema.ts";
import { language } from "../schemas/answer.ts";
import { documentSummary } from "../schemas/knowledge.ts";

const names = z.array(id).max(50);
const metadata = z.strictObject({
  title: plainText(300).min(1).optional(),
  kind: z.enum(["manual", "procedure", "safety", "reference"]).optional(),
  models: names.optional(),
  equipmentIds: names.optional(),
  revision: plainText(60).min(1).nullable().optional().describe("null: what the file says counts again"),
  date: z.iso.date().nullable().optional().describe("null: what the file says counts again"),
  approved: z.boolean().optional(),
  language: language.optional(),
});

export function addDocumentMetadataRoute(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "patch",
      path: "/api/documents/{id}",
      summary: "Say what a document is: title, kind, machines, edition, approval; it outlives new readings of the file",
      params: idParameter,
      body: metadata,
      answer: documentSummary,
    },
    async ({ ctx, params, body }) =>
      await updateDocument(ctx, backend().knowledge, { documentId: params.id, ...given(body) }),
  );
}
