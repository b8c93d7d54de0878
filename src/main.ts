import { rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import type { TellStep } from "./app/start-steps.ts";
import { createSunbae, type Sunbae } from "./app.ts";
import type { Config } from "./config.ts";
import { SunbaeError } from "./core/errors.ts";
import { readLock, setLockInfo } from "./db/embedded/lock.ts";
import type { Backend } from "./http/backend.ts";
import type { Logger } from "./observability/logger.ts";

export type RunningServer = {
  /** Where this machine reaches it. */
  url: string;
  sunbae: Sunbae;
  backend: Backend;
  /** Takes no more requests, ends streams and turns, closes the database. */
  stop(drainMs?: number): Promise<void>;
};

/** Where a server leaves the token by which commands of the same user are known to it. */
export const ownerTokenFile = (dataDir: string): string => join(dataDir, "owner-token");

const portsTried = 20;

/**
 * Listens first, so that /livez answers while the database opens, and resolves when everything is ready. Throws
 * `conflict` where another server holds the data folder or the port, and what the start threw.
 */
export async function startServer(
  config: Config,
  options: { onStep?: TellStep; logger?: Logger; signal?: AbortSignal } = {},
): Promise<RunningServer> {
  await refuseSecond(config);
  const sunbae = createSunbae(config, options);
  const server = createAdaptorServer({ fetch: sunbae.http.fetch }) as ServerType;
  const stop = async (drainMs?: number) => {
    const ended = new Promise<void>((done) => server.close(() => done()));
    if (!config.databaseUrl) rmSync(ownerTokenFile(config.dataDir), { force: true });
    await sunbae.close(drainMs);
    if ("closeAllConnections" in server) server.closeAllConnections();
    await Promise.race([ended, pause(1_000)]);
  };
  const stopEarly = () => void stop(0);
  options.signal?.addEventListener("abort", stopEarly, { once: true });
  try {
    const port = await listen(server, config);
    const url = `http://${reachableHost(config.host)}:${port}`;
    const backend = await sunbae.ready;
    if (!config.databaseUrl) {
      writeFileSync(ownerTokenFile(config.dataDir), sunbae.ownerToken, { mode: 0o600 });
      setLockInfo(config.dataDir, { url });
    }
    return { url, sunbae, backend, stop };
  } catch (thrown) {
    await stop(0);
    throw thrown;
  } finally {
    options.signal?.removeEventListener("abort", stopEarly);
  }
}

async function refuseSecond(config: Config): Promise<void> {
  if (config.databaseUrl) return;
  const holder = await readLock(config.dataDir);
  if (!holder) return;
  const at = holder.url ? ` at ${holder.url}` : "";
  throw new SunbaeError("conflict", `Sunbae runs already on ${config.dataDir}${at} (process ${holder.pid}).`, {
    fix: holder.url ? `Open ${holder.url}, or stop process ${holder.pid} first.` : "Wait for it, or stop it first.",
  });
}

/** The port asked for; without one the default or, where it is taken, the next free one. */
async function listen(server: ServerType, { host, port, portIsSet }: Config): Promise<number> {
  const last = portIsSet ? port : port + portsTried;
  for (let candidate = port; ; candidate += 1) {
    const refusal = await tryToListen(server, candidate, host);
    if (refusal === null) return (server.address() as AddressInfo).port;
    if (refusal !== "EADDRINUSE" || candidate >= last) throw cannotListen(refusal, host, port, portIsSet);
  }
}

function tryToListen(server: ServerType, port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const refused = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
    server.once("error", refused);
    server.listen(port, host, () => {
      server.off("error", refused);
      resolve(null);
    });
  });
}

function cannotListen(code: string, host: string, port: number, portIsSet: boolean): SunbaeError {
  if (code === "EADDRINUSE")
    return new SunbaeError("conflict", `Port ${port}${portIsSet ? " is" : ` and the next ${portsTried} are`} taken.`, {
      fix: "Set PORT to a free one, or to 0 for any.",
    });
  if (code === "EACCES")
    return new SunbaeError("forbidden", `This user may not listen on port ${port}.`, { fix: "Set PORT above 1023." });
  return new SunbaeError("invalid_input", `Listening on ${host}:${port} failed: ${code}.`, {
    fix: "Set SUNBAE_HOST to an address of this machine, e.g. 127.0.0.1 or 0.0.0.0.",
  });
}

/** An address to listen on is not always one to call. */
function reachableHost(host: string): string {
  if (["0.0.0.0", "::", "[::]", "localhost"].includes(host)) return "127.0.0.1";
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
