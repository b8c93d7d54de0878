import { Readable } from "node:stream";
import { z } from "zod";
import { picturePage } from "../../knowledge/picture-page.ts";
import { readOriginal } from "../../knowledge/read-original.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { idParameter, plainText } from "../schema.ts";
import { pagePlace } from "./pages.ts";

const pictureQuery = z.object({
  width: z.coerce
    .number()
    .int()
    .min(100)
    .max(2_400)
    .default(1_200)
    .describe("Of the picture in pixels; made up to the next hundred"),
  version: plainText(200).optional().describe("`picture` of the page: with it the picture may be kept for good"),
});
const widthStep = 100;
const forGood = "private, max-age=31536000, immutable";

/** Documents as they came: pictures of their pages, and the file itself. */
export function addOriginalRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/documents/{id}/pages/{number}/image",
      summary: "A page as it came, as a PNG picture",
      params: pagePlace,
      query: pictureQuery,
      also: { 200: { description: "The picture", content: { "image/png": { schema: { type: "string" } } } } },
    },
    async ({ c, ctx, params, query }) => {
      const { knowledge, pictures } = backend();
      const widthPixels = Math.ceil(query.width / widthStep) * widthStep;
      const asked = { documentId: params.id, number: params.number, widthPixels };
      const { draw, version } = await picturePage({ ...ctx, signal: c.req.raw.signal }, { knowledge, pictures }, asked);
      const tag = `"${version}-${params.number}-${widthPixels}"`;
      const headers = { ETag: tag, "Cache-Control": query.version === version ? forGood : "private, no-cache" };
      if (c.req.header("if-none-match") === tag) return c.body(null, 304, headers);
      return c.body(new Uint8Array(await draw()), 200, { ...headers, "Content-Type": "image/png" });
    },
  );

  addRoute(
    app,
    {
      method: "get",
      path: "/api/documents/{id}/original",
      summary: "The file as it came, to be saved",
      params: idParameter,
      also: { 200: { description: "The file", content: { "application/octet-stream": {} } } },
    },
    async ({ c, ctx, params }) => {
      const { name, bytes, parts } = await readOriginal(ctx, backend().knowledge, { documentId: params.id });
      // Node's type of a web stream is not the browser's, though the stream is.
      const body = Readable.toWeb(Readable.from(parts, { objectMode: false })) as ReadableStream;
      return c.body(body, 200, {
        "Content-Length": String(bytes),
        // Never a type that a browser would show: a plant's file is saved, not run.
        "Content-Type": "application/octet-stream",
        "Content-Disposition": attachment(name),
        "Cache-Control": "private, no-cache",
      });
    },
  );
}

/** RFC 6266: a plain name for old clients, the real one in UTF-8 for the rest. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.() -]/g, "_");
  const real = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${real}`;
}
