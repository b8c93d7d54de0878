/** A status that was not 2xx. `passing` says whether trying again may help. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly passing: boolean;
  /** What the server asked to wait. */
  readonly retryAfterMs: number | null;
  constructor(response: Response, body: string) {
    const text = body.replaceAll(/\s+/g, " ").trim().slice(0, 200);
    super(`status ${response.status}${text ? `: ${text}` : ""}`);
    this.status = response.status;
    // OpenAI answers 429 also where the money is spent; waiting does not mend that.
    const spent = response.status === 429 && body.includes("insufficient_quota");
    this.passing = (response.status === 408 || response.status === 429 || response.status >= 500) && !spent;
    this.retryAfterMs = retryAfter(response.headers.get("retry-after"));
  }
}

export type PostOptions = {
  /** Longest time without a byte, from sending on. */
  silenceMs: number;
  signal?: AbortSignal;
  apiKey?: string;
};

const mostBytes = 256 * 1024 * 1024;

/** Sends JSON and reads JSON. Throws HttpFailure for a bad status, an Error for a stall, a cut, or what is no JSON. */
export async function postJson(
  send: typeof fetch,
  url: string,
  body: unknown,
  { silenceMs, signal, apiKey }: PostOptions,
): Promise<unknown> {
  const stalled = new AbortController();
  const stall = () => stalled.abort(new Error(`no answer for ${Math.round(silenceMs / 1_000)} s`));
  let timer = setTimeout(stall, silenceMs);
  try {
    const response = await send(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(stall, silenceMs);
      parts.push(part);
      bytes += part.length;
      if (bytes > mostBytes) throw new Error("the answer is too long");
    }
    const text = Buffer.concat(parts).toString("utf8");
    if (!response.ok) throw new HttpFailure(response, text);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new Error(`the answer is not JSON: ${text.slice(0, 80)}`);
    }
  } catch (error) {
    throw stalled.signal.aborted ? (stalled.signal.reason as Error) : withCause(error);
  } finally {
    clearTimeout(timer);
  }
}

/** fetch says "fetch failed" and hides in its cause that the connection was refused. */
function withCause(error: unknown): unknown {
  const cause = error instanceof TypeError ? error.cause : undefined;
  if (!(cause instanceof Error)) return error;
  const code = (cause as NodeJS.ErrnoException).code;
  return new Error(cause.message || code || "the connection failed", { cause: error });
}

/** Seconds or a date, as RFC 9110 has it. */
function retryAfter(header: string | null): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(ms, 0) : null;
}
