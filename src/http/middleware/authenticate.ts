import { createHash, timingSafeEqual } from "node:crypto";
import { createMiddleware } from "hono/factory";
import { getCookie, setCookie } from "hono/cookie";
import { SunbaeError } from "../../core/errors.ts";
import { sendProblem } from "../problem.ts";
import type { HttpEnv } from "../http-env.ts";

const cookieName = "sunbae_token";
/** Who is only asked whether it lives, or shows the page, gives nothing away. */
const open = (path: string) => ["/livez", "/readyz"].includes(path) || !/^\/(api|v1|mcp|metrics|openapi)/.test(path);

/**
 * Tells the owner (by the token in the data folder) from others and, where SUNBAE_API_TOKEN is set, lets in only who
 * brings it: as a bearer token, or as the cookie that `/?token=…` sets once for the page.
 */
export function authenticate(options: { apiToken?: string | undefined; ownerToken: string }) {
  const { apiToken, ownerToken } = options;
  return createMiddleware<HttpEnv>(async (c, next) => {
    const isOwner = isSame(c.req.header("x-sunbae-owner"), ownerToken);
    c.set("isOwner", isOwner);
    if (apiToken === undefined || isOwner) return await next();
    const given = c.req.query("token");
    if (c.req.method === "GET" && c.req.path === "/" && given !== undefined) {
      if (isSame(given, apiToken))
        setCookie(c, cookieName, given, { httpOnly: true, sameSite: "Strict", path: "/", maxAge: 90 * 86_400 });
      return c.redirect("/");
    }
    const bearer = /^Bearer\s+(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    if (open(c.req.path) || isSame(bearer, apiToken) || isSame(getCookie(c, cookieName), apiToken)) return await next();
    const error = new SunbaeError("forbidden", "This server asks for its token.", {
      fix: "Send it as Authorization: Bearer …, or open /?token=… once in the browser.",
    });
    return sendProblem(c, error, 401);
  });
}

/** For what only the owner of the machine may do. */
export const requireOwner = createMiddleware<HttpEnv>(async (c, next) => {
  if (!c.get("isOwner"))
    throw new SunbaeError("forbidden", "Only the command line on the server itself may do this.", {
      fix: "Run it there, as the user who runs the server.",
    });
  await next();
});

/** Compares without telling by its time how much was right. */
function isSame(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
