import { SunbaeError } from "../../core/errors.ts";
import { normalised } from "./builtin.ts";
import type { Embedder } from "./embedder.ts";

export type RemoteOptions = {
  model: string;
  baseUrl: string;
  /** Goes through the egress gate; the caller passes the gate's fetch. */
  fetch: typeof fetch;
  apiKey?: string;
  timeoutMs?: number;
  retries?: number;
  /** Waits between tries; tests pass one that does not wait. */
  wait?: (ms: number) => Promise<void>;
};

export type RemoteDialect = {
  name: string;
  url: (baseUrl: string) => string;
  body: (model: string, texts: string[]) => unknown;
  vectors: (answer: unknown) => number[][];
  textsAtOnce: number;
  fix: string;
};

/** An embedder behind HTTP: batches, retries on 429, 5xx and broken connections, checks count and dimension. */
export function createRemoteEmbedder(options: RemoteOptions, dialect: RemoteDialect): Embedder {
  const { retries = 3, timeoutMs = 60_000 } = options;
  const wait = options.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  let dimension: number | null = null;

  async function once(texts: string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    const limit = AbortSignal.timeout(timeoutMs);
    const response = await options.fetch(dialect.url(options.baseUrl.replace(/\/+$/, "")), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(options.apiKey ? { authorization: `Bearer ${options.apiKey}` } : {}),
      },
      body: JSON.stringify(dialect.body(options.model, texts)),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (!response.ok) throw new HttpFailure(response.status, (await response.text().catch(() => "")).slice(0, 200));
    const vectors = dialect.vectors(await response.json());
    const length = dimension ?? vectors[0]?.length ?? 0;
    const sound = vectors.length === texts.length && length > 0 && vectors.every((one) => one.length === length);
    if (!sound)
      throw new SunbaeError(
        "unavailable",
        `${dialect.name} gave ${vectors.length} vectors for ${texts.length} texts, or of unequal length.`,
      );
    dimension = length;
    return vectors.map((one) => normalised(Float32Array.from(one)));
  }

  async function embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await once(texts, signal);
      } catch (error) {
        if (signal?.aborted) throw new SunbaeError("cancelled", "Embedding was cancelled.", { cause: error });
        if (error instanceof SunbaeError) throw error;
        const lasting = error instanceof HttpFailure && error.status < 500 && error.status !== 429;
        if (lasting || attempt >= retries) {
          const message = error instanceof Error ? error.message : String(error);
          throw new SunbaeError("unavailable", `${dialect.name} could not embed: ${message}`, {
            fix: dialect.fix,
            cause: error,
          });
        }
        await wait(250 * 2 ** attempt);
      }
    }
  }

  return {
    name: `${dialect.name}:${options.model}`,
    get dimension() {
      return dimension;
    },
    reliability: 0.8,
    async embedPassages(texts, signal) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += dialect.textsAtOnce)
        vectors.push(...(await embed(texts.slice(from, from + dialect.textsAtOnce), signal)));
      return vectors;
    },
    embedQuestion: async (text, signal) => (await embed([text], signal))[0]!,
  };
}

class HttpFailure extends Error {
  readonly status: number;
  constructor(status: number, body: string) {
    super(`status ${status}${body ? `: ${body}` : ""}`);
    this.status = status;
  }
}
