import { isIP } from "node:net";
import { createMiddleware } from "hono/factory";
import { SunbaeError } from "../../core/errors.ts";
import type { HttpEnv } from "../http-env.ts";

export type CheckHostOptions = { allowedHosts: string[]; loopbackOnly: boolean };

/**
 * Refuses requests under a name that is not this server's: a web page of the internet may point its own name at this
 * machine's address (DNS rebinding), and its scripts would then read everything as if they were ours.
 */
export function checkHost(options: CheckHostOptions) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const host = c.req.header("host") ?? new URL(c.req.url).host;
    if (!isOwnName(host, options))
      throw new SunbaeError("forbidden", `This server is not called "${host}".`, {
        fix: "Use the address it printed at its start, or add the name to SUNBAE_ALLOWED_HOSTS.",
      });
    await next();
  });
}

export function isOwnName(host: string, options: CheckHostOptions): boolean {
  const name = hostnameOf(host);
  if (name === null) return false;
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  if (options.allowedHosts.includes(name)) return true;
  const address = name.replace(/^\[|\]$/g, "");
  if (isIP(address) === 0) return false;
  // An address is no name that somebody else could own.
  return !options.loopbackOnly || address === "::1" || address.startsWith("127.");
}

function hostnameOf(host: string): string | null {
  try {
    return new URL(`http://${host}`).hostname.toLowerCase();
  } catch {
    return null;
  }
}
