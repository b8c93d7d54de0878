import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { HttpEnv } from "../http-env.ts";

const self = ["'self'"];

/** The page runs its own files only: no inline script, nothing of another host, no frame around it. */
export function securityHeaders(): MiddlewareHandler<HttpEnv> {
  const page = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: self,
      styleSrc: self,
      imgSrc: ["'self'", "data:"],
      fontSrc: self,
      connectSrc: self,
      manifestSrc: self,
      workerSrc: self,
      baseUri: ["'none'"],
      formAction: self,
      frameAncestors: ["'none'"],
    },
    xFrameOptions: "DENY",
    // Plain http inside a plant: these two are ignored there with a complaint in the browser's console.
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  return async (c, next) => {
    await page(c, next);
    // A plant's file is only ever saved. Were it shown all the same, nothing in it would run.
    if (c.req.path.endsWith("/original")) c.res.headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
  };
}
