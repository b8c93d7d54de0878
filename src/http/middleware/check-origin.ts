import { createMiddleware } from "hono/factory";
import { SunbaeError } from "../../core/errors.ts";
import type { HttpEnv } from "../http-env.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/** Refuses changes that another site's page sends with the visitor's browser; there is no CORS either. */
export const checkOrigin = createMiddleware<HttpEnv>(async (c, next) => {
  if (!reading.has(c.req.method) && comesFromElsewhere(c.req.raw.headers))
    throw new SunbaeError("forbidden", "The request comes from a page of another site.", {
      fix: "Open Sunbae's own page.",
    });
  await next();
});

function comesFromElsewhere(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  if (origin === null) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get("host");
}
