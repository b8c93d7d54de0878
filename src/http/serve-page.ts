import { existsSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { HttpApp } from "./http-env.ts";

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sunbae</title>
<h1>Sunbae 선배</h1><p>The server runs, but its page is not built. Start it with <code>npm start</code>; the API is at <a href="/openapi.json">/openapi.json</a>.</p></html>`;

/** The built page; files with a hash in their name never change, everything else is asked for again. */
export function addPage(app: HttpApp, webFolder: string): void {
  app.get(
    "/*",
    serveStatic({
      root: webFolder,
      onFound: (path, c) => {
        const fixed = /-[A-Za-z0-9_]{8,}\.\w+$/.test(path);
        c.header("Cache-Control", fixed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
  );
  app.get("/", (c) => c.html(notBuilt, existsSync(join(webFolder, "index.html")) ? 200 : 503));
}
