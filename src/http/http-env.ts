import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Actor, Ctx } from "../core/context.ts";
import type { Logger } from "../observability/logger.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { Backend, Start } from "./backend.ts";

export type HttpEnv = {
  Variables: {
    requestId: string;
    /** The caller proved that it may read the data folder: the command line of the same user. */
    isOwner: boolean;
    /** Built from the caller at first use; throws `unavailable` before Sunbae is ready. */
    ctx: () => Ctx;
  };
};
export type HttpApp = OpenAPIHono<HttpEnv>;

export type HttpOptions = {
  /** Throws `unavailable`, saying how far the start is, until everything is there. */
  backend: () => Backend;
  start: () => Start;
  version: string;
  logger: Logger;
  metrics: Metrics;
  /** The built page; may be missing. */
  webFolder: string;
  apiToken?: string | undefined;
  /** Known to whoever can read the data folder. */
  ownerToken: string;
  /** Names by which this server may be called, beside this machine's own. */
  allowedHosts: string[];
  /** True where only this machine can reach the port. */
  loopbackOnly: boolean;
  /** Ends open streams when the server stops. */
  closing: AbortSignal;
  now?: () => Date;
};

/** Without a login every caller is this one. */
export const localActor = (door: "http" | "cli"): Actor => ({
  id: "local",
  name: "local user",
  roles: ["viewer", "technician", "quality", "supervisor", "expert", "admin"],
  door,
});
