import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import type { Context } from "hono";
import type { Logger } from "../../observability/logger.ts";
import type { Metrics } from "../../observability/metrics.ts";
import type { HttpEnv } from "../http-env.ts";

/** One line and one measurement a request, by the route's pattern: a path may hold an id, a query what was asked. */
export function observeRequests(logger: Logger, metrics: Metrics) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const startedAt = performance.now();
    await next();
    const ms = performance.now() - startedAt;
    const { method } = c.req;
    const route = patternOf(c);
    metrics.httpRequests.observe({ method, route, status: c.res.status }, ms / 1_000);
    const level = c.res.status >= 500 && c.res.status !== 503 ? "warn" : "debug";
    logger[level](
      { method, route, status: c.res.status, ms: Math.round(ms), requestId: c.get("requestId") },
      `${method} ${route}`,
    );
  });
}

function patternOf(c: Context): string {
  const route = matchedRoutes(c).find(({ path, method }) => method !== "ALL" && !path.includes("*"));
  return route?.path ?? (c.req.path.startsWith("/api/") ? "unknown" : "page");
}
