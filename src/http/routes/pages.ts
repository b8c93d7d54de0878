import { z } from "zod";
import { readPage } from "../../knowledge/read-page.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { id } from "../schema.ts";
import { documentPage } from "../schemas/pages.ts";

export const pagePlace = z.object({ id, number: z.coerce.number().int().min(1).max(1_000_000) });

export function addPageRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/documents/{id}/pages/{number}",
      summary: "One page of a document: its text, where its lines stand, and its passages",
      params: pagePlace,
      answer: documentPage,
    },
    async ({ ctx, params }) =>
      await readPage(ctx, backend().knowledge, { documentId: params.id, number: params.number }),
  );
}
