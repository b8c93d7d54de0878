import { SunbaeError } from "../../../core/errors.ts";
import { assertQuery } from "./influx-ql.ts";

/** One statement's answer: rows by column name, of all its series together. */
export type InfluxRows = Record<string, unknown>[];
export type InfluxSession = {
  place: string;
  /**
   * Asks the statements in one GET, which InfluxDB takes for reading only; times come in epoch milliseconds. Rejects
   * with `unavailable` where it can't be reached, is too slow or refuses, `too_large` beyond 32 MB.
   */
  ask(statements: string[]): Promise<InfluxRows[]>;
  /** Its version and its clock, which HTTP tells to the second. */
  describe(): Promise<{ version: string; clock: Date | null }>;
};

export type InfluxPlace = {
  url: string;
  database: string;
  user?: string | undefined;
  password?: string | undefined;
  token?: string | undefined;
  timeout_ms: number;
};

const mostBytes = 32 * 1024 * 1024;
type Answer = {
  error?: string;
  results?: { error?: string; series?: { tags?: object; columns: string[]; values?: unknown[][] }[] }[];
};

export function openInfluxSession(settings: InfluxPlace, mayReach: (host: string) => void): InfluxSession {
  const base = new URL(settings.url);
  const user = settings.user ?? decodeURIComponent(base.username);
  const password = settings.password ?? decodeURIComponent(base.password);
  base.username = base.password = base.search = base.hash = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const place = `${base.host}/${settings.database}`;
  const basic = () => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const authorization = settings.token ? `Token ${settings.token}` : user ? basic() : undefined;
  const unavailable = (message: string, fix: string, cause?: unknown) =>
    new SunbaeError("unavailable", message, { fix, cause });

  /** GET is the one method there is. */
  async function get(path: string, parameters: Record<string, string>): Promise<{ response: Response; text: string }> {
    mayReach(base.hostname);
    const url = new URL(path, base);
    url.search = new URLSearchParams(parameters).toString();
    try {
      const response = await fetch(url, {
        method: "GET",
        headers: { accept: "application/json", ...(authorization && { authorization }) },
        redirect: "error",
        signal: AbortSignal.timeout(settings.timeout_ms),
      });
      return { response, text: await readText(response) };
    } catch (thrown) {
      if (thrown instanceof SunbaeError) throw thrown;
      if (thrown instanceof Error && thrown.name === "TimeoutError")
        throw unavailable(
          `InfluxDB ${place} did not answer within ${settings.timeout_ms} ms.`,
          "Ask for a shorter period, or raise timeout_ms.",
          thrown,
        );
      const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause.message : String(thrown);
      throw unavailable(
        `InfluxDB ${place} can't be reached just now: ${cause}`,
        "Try again in a moment; if it stays so, look at the server and the network.",
        thrown,
      );
    }
  }

  async function readText(response: Response): Promise<string> {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of response.body ?? []) {
      parts.push(part);
      bytes += part.length;
      if (bytes > mostBytes)
        throw new SunbaeError("too_large", `The answer of InfluxDB ${place} is larger than ${mostBytes} bytes.`, {
          fix: "Ask for a shorter period.",
        });
    }
    return Buffer.concat(parts).toString("utf8");
  }

  function parse(text: string): Answer | null {
    try {
      return JSON.parse(text) as Answer;
    } catch {
      return null;
    }
  }

  return {
    place,

    async ask(statements) {
      statements.forEach(assertQuery);
      if (statements.length === 0) return [];
      const { response, text } = await get("query", { db: settings.database, epoch: "ms", q: statements.join("; ") });
      const answer = parse(text);
      const refused = answer?.error ?? answer?.results?.find((one) => one.error)?.error;
      if (response.status === 401 || response.status === 403)
        throw unavailable(`InfluxDB ${place} refused the login.`, "Check user and password, or the token.");
      if (!response.ok || !answer?.results || refused)
        throw unavailable(
          `InfluxDB ${place} could not answer: ${(refused ?? `status ${response.status}`).slice(0, 300)}`,
          "Run `sunbae doctor` and mend database, measurement and fields in the site file.",
        );
      const { results } = answer;
      return statements.map((_, at) =>
        (results[at]?.series ?? []).flatMap(({ columns, values = [], tags }) =>
          values.map((row) => ({ ...tags, ...Object.fromEntries(columns.map((name, index) => [name, row[index]])) })),
        ),
      );
    },

    async describe() {
      const { response } = await get("ping", {});
      const { headers } = response;
      const date = Date.parse(headers.get("date") ?? "");
      const version = headers.get("x-influxdb-version") ?? "of unknown version";
      return { version, clock: Number.isNaN(date) ? null : new Date(date + 500) };
    },
  };
}
