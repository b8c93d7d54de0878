import { setTimeout as sleep } from "node:timers/promises";
import { SunbaeError } from "../../../core/errors.ts";
import type { SourceDeps } from "../../source.ts";
import type { RestMesSettings } from "./rest-mes-settings.ts";

export type JsonAnswer = { json: unknown; headers: Headers };
/**
 * One GET. Rejects with `unavailable` where the source can't be reached, is too slow, refuses or answers what is no JSON,
 * `too_large` beyond 16 MB. Busy answers (429, 503) are asked again as they wish, as long as `deadline` allows.
 */
export type GetJson = (url: URL, deadline: number) => Promise<JsonAnswer>;

const mostBytes = 16 * 1024 * 1024;
const mostAttempts = 4;

export function createGetJson(settings: RestMesSettings, deps: Pick<SourceDeps, "mayReach">): GetJson {
  const { host } = new URL(settings.url);
  const everyMs = 1_000 / settings.requests_per_second;
  let next = 0;
  const unavailable = (message: string, fix: string, cause?: unknown) =>
    new SunbaeError("unavailable", message, { fix, cause });

  /** Requests start at most so often, whoever asks. */
  async function waitForTurn(): Promise<void> {
    const now = performance.now();
    next = Math.max(now, next + everyMs);
    if (next > now) await sleep(next - now);
  }

  function headersOf(): Record<string, string> {
    const { user, password = "" } = settings;
    const login = Buffer.from(`${user}:${password}`).toString("base64");
    const basic: Record<string, string> = user === undefined ? {} : { authorization: `Basic ${login}` };
    return { accept: "application/json", ...basic, ...settings.headers };
  }

  async function getOnce(url: URL, deadline: number): Promise<{ response: Response; text: string }> {
    await waitForTurn();
    const ms = Math.max(1, Math.min(settings.timeout_ms, deadline - performance.now()));
    try {
      // A redirect could carry the login elsewhere.
      const response = await fetch(url, {
        method: "GET",
        headers: headersOf(),
        redirect: "error",
        signal: AbortSignal.timeout(ms),
      });
      return { response, text: await readText(response, host) };
    } catch (thrown) {
      if (thrown instanceof SunbaeError) throw thrown;
      const name = thrown instanceof Error ? thrown.name : "";
      if (name === "TimeoutError")
        throw unavailable(
          `${host} did not answer within ${Math.round(ms)} ms.`,
          "Raise timeout_ms, or ask for fewer rows by query.",
          thrown,
        );
      const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause.message : String(thrown);
      throw unavailable(`${host} can't be reached just now: ${cause}`, "Look at the server and the network.", thrown);
    }
  }

  return async (url, deadline) => {
    deps.mayReach(url.hostname);
    for (let attempt = 1; ; attempt += 1) {
      const { response, text } = await getOnce(url, deadline);
      const { status } = response;
      if (response.ok) return { json: parse(text, url), headers: response.headers };
      const wait = waitOf(response, attempt);
      const busy = status === 429 || status === 503 || status === 502 || status === 504;
      if (busy && attempt < mostAttempts && performance.now() + wait < deadline) await sleep(wait);
      else if (status === 401 || status === 403)
        throw unavailable(`${host} refused the login (${status}).`, "Check user and password, or the headers.");
      else if (busy)
        throw unavailable(
          `${host} is too busy to answer (${status}).`,
          "Lower requests_per_second or raise cache_seconds.",
        );
      else
        throw unavailable(
          `${host} answered ${url.pathname} with ${status}.`,
          "Check url, path and query of the mapping.",
        );
    }
  };

  function parse(text: string, url: URL): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw unavailable(
        `${host} answered ${url.pathname} with something that is no JSON.`,
        "Check url and path of the mapping.",
        cause,
      );
    }
  }
}

/** Retry-After in seconds or as a date, else a quarter, a half, a whole second. */
function waitOf(response: Response, attempt: number): number {
  const after = response.headers.get("retry-after") ?? "";
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1_000) : 125 * 2 ** attempt;
}

async function readText(response: Response, host: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part);
    bytes += part.length;
    if (bytes > mostBytes)
      throw new SunbaeError("too_large", `An answer of ${host} is larger than ${mostBytes / 1024 / 1024} MB.`, {
        fix: "Declare paging, or ask for less by query.",
      });
  }
  return Buffer.concat(parts).toString("utf8");
}
