import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { createSunbae } from "../app.ts";
import type { Config } from "../config.ts";
import { SunbaeError } from "../core/errors.ts";
import { readLock } from "../db/embedded/lock.ts";
import type { Problem } from "../http/problem.ts";
import { ownerTokenFile } from "../main.ts";
import { createLogger } from "../observability/logger.ts";
import type { Cli } from "./cli.ts";

/**
 * A command's way to Sunbae: the API of the server that runs on the data folder, else the same API in this process.
 * `fetch` throws a problem document as the SunbaeError it stands for.
 */
export type Door = {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The server's address; null in this process. */
  url: string | null;
  close(): Promise<void>;
};

/** Another process that holds the folder without an address is starting, or is a short command. */
const patienceMs = 30_000;

export async function openDoor(cli: Cli, config: Config): Promise<Door> {
  const url = config.databaseUrl ? null : await findServer(config, cli.signal);
  return url === null ? await openHere(cli, config) : openThere(url, config);
}

async function findServer({ dataDir }: Config, signal: AbortSignal): Promise<string | null> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const holder = await readLock(dataDir);
    if (!holder) return null;
    if (holder.url) return holder.url;
    if (Date.now() > until)
      throw new SunbaeError("conflict", `The data folder ${dataDir} is in use by process ${holder.pid}.`, {
        fix: "Wait for it to end, or stop it.",
      });
    await pause(200, undefined, { signal });
  }
}

function openThere(url: string, { dataDir }: Config): Door {
  const token = readToken(dataDir);
  return {
    url,
    async fetch(path, init = {}) {
      const headers = { ...(init.headers as Record<string, string>), "x-sunbae-owner": token };
      const response = await fetch(`${url}${path}`, { ...init, headers }).catch((cause: unknown) => {
        if ((cause as Error).name === "AbortError") throw cause;
        throw new SunbaeError("unavailable", `The server at ${url} does not answer.`, {
          fix: "Is it stopping? Try again.",
          cause,
        });
      });
      return await checked(response);
    },
    close: async () => {},
  };
}

async function openHere({ terminal, signal }: Cli, config: Config): Promise<Door> {
  const logger = createLogger({ level: config.logLevel ?? "warn" });
  const sunbae = createSunbae(config, {
    logger,
    background: false,
    onStep: ({ text, done = 0, total = 0 }) => terminal.progress(text, done, total),
  });
  const stop = () => void sunbae.close(0);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await sunbae.ready;
  } catch (thrown) {
    await sunbae.close(0);
    throw thrown;
  } finally {
    signal.removeEventListener("abort", stop);
    terminal.endProgress();
  }
  return {
    url: null,
    async fetch(path, init = {}) {
      const headers = { ...(init.headers as Record<string, string>), "x-sunbae-owner": sunbae.ownerToken };
      return await checked(await sunbae.http.fetch(new Request(`http://localhost${path}`, { ...init, headers })));
    },
    close: () => sunbae.close(5_000),
  };
}

function readToken(dataDir: string): string {
  try {
    return readFileSync(ownerTokenFile(dataDir), "utf8").trim();
  } catch (cause) {
    throw new SunbaeError("forbidden", `The server's token in ${dataDir} can't be read.`, {
      fix: "Run the command as the user who runs the server.",
      cause,
    });
  }
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const text = await response.text();
  let problem: Partial<Problem>;
  try {
    problem = JSON.parse(text) as Partial<Problem>;
  } catch {
    throw new SunbaeError("internal", `The server answered ${response.status}.`);
  }
  throw toError(problem);
}

/** The error that a problem document stands for. */
export function toError({ code, detail, fix, errors }: Partial<Problem>): SunbaeError {
  return new SunbaeError((code ?? "internal") as SunbaeError["code"], detail ?? "The server refused.", {
    ...(fix === undefined ? {} : { fix }),
    details: errors ?? [],
  });
}

/** Opens the door, works, and closes it whatever happens. */
export async function withDoor<T>(cli: Cli, work: (door: Door) => Promise<T>): Promise<T> {
  const door = await openDoor(cli, cli.config());
  try {
    return await work(door);
  } finally {
    await door.close();
  }
}

export const postJson = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
