import { SunbaeError } from "../../core/errors.ts";
import type { Embedder } from "./embedder.ts";
import { checkVectors } from "./check-vectors.ts";
import { inBatches } from "./in-batches.ts";
import type { BatchLimits } from "./in-batches.ts";
import { HttpFailure, postJson } from "./post-json.ts";

export type RemoteOptions = {
  model: string;
  baseUrl: string;
  /** Goes through the egress gate; the caller passes the gate's fetch. */
  fetch: typeof fetch;
  apiKey?: string;
  /** Silence that counts as a stall: a local model may have to load first. */
  timeoutMs?: number;
  /** The same for a question, which somebody waits for. */
  questionTimeoutMs?: number;
  retries?: number;
  /** Waits between tries; tests pass one that does not wait. */
  wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  now?: () => number;
};

export type RemoteDialect = {
  name: string;
  url: (baseUrl: string) => string;
  body: (model: string, texts: string[]) => unknown;
  /** Throws where the answer is not of the expected shape. */
  vectors: (answer: unknown) => number[][];
  limits: BatchLimits;
  fix: string;
};

const longestWaitMs = 60_000;
/** After a failure nothing is sent for this long, so that a dead server costs one question or file its timeout. */
const restMs = 15_000;
const keptQuestions = 200;

/**
 * An embedder behind HTTP: batches by number and bytes, waits as the server asks, tries again on 408, 429, 5xx, stalls
 * and broken connections; refuses wrong answers.
 */
export function createRemoteEmbedder(options: RemoteOptions, dialect: RemoteDialect): Embedder {
  const { retries = 4, timeoutMs = 120_000, questionTimeoutMs = 5_000, now = Date.now } = options;
  const wait = options.wait ?? pause;
  const url = dialect.url(options.baseUrl.replace(/\/+$/, ""));
  const questions = new Map<string, Float32Array>();
  let dimension: number | null = null;
  let restUntil = 0;

  async function once(texts: string[], signal: AbortSignal | undefined, silenceMs: number): Promise<Float32Array[]> {
    const answer = await postJson(options.fetch, url, dialect.body(options.model, texts), {
      silenceMs,
      ...(signal && { signal }),
      ...(options.apiKey && { apiKey: options.apiKey }),
    });
    const vectors = checkVectors(dialect.name, dialect.vectors, answer, texts.length);
    const length = vectors[0]!.length;
    // A server may have got another model under the same name; then the space is another one too.
    const before = dimension;
    dimension = length;
    if (before !== null && length !== before)
      throw new SunbaeError(
        "unavailable",
        `${dialect.name}:${options.model} now gives ${length} numbers a vector; it gave ${before} before.`,
        { fix: "Its model was replaced: all passages are embedded again." },
      );
    return vectors;
  }

  function refuseWhileResting(): void {
    if (now() < restUntil)
      throw new SunbaeError("unavailable", `${dialect.name} failed a moment ago and rests.`, { fix: dialect.fix });
  }

  async function embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]> {
    refuseWhileResting();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await once(texts, signal, timeoutMs);
      } catch (error) {
        const failure = judge(error, signal);
        if (!failure.passing || attempt >= retries) {
          if (failure.passing) restUntil = now() + restMs;
          throw failure.error;
        }
        await wait(Math.min(failure.waitMs ?? 250 * 2 ** attempt, longestWaitMs), signal);
        if (signal?.aborted) throw cancelled(error);
      }
    }
  }

  function judge(error: unknown, signal?: AbortSignal): { error: SunbaeError; passing: boolean; waitMs?: number } {
    if (signal?.aborted) return { error: cancelled(error), passing: false };
    if (error instanceof SunbaeError) return { error, passing: false };
    const told = error instanceof HttpFailure ? error : null;
    const message = error instanceof Error ? error.message : String(error);
    const unavailable = new SunbaeError("unavailable", `${dialect.name} could not embed: ${message}`, {
      fix: dialect.fix,
      cause: error,
    });
    const passing = told === null || told.passing;
    return { error: unavailable, passing, ...(told?.retryAfterMs != null && { waitMs: told.retryAfterMs }) };
  }

  return {
    name: `${dialect.name}:${options.model}`,
    get dimension() {
      return dimension;
    },
    reliability: 0.8,
    async embedPassages(texts, signal) {
      const vectors: Float32Array[] = [];
      for (const batch of inBatches(texts, dialect.limits)) vectors.push(...(await embed(batch, signal)));
      return vectors;
    },
    async embedQuestion(text, signal) {
      const known = questions.get(text);
      if (known) return known;
      refuseWhileResting();
      try {
        const [batch = [text]] = inBatches([text], dialect.limits);
        const [vector] = await once(batch, signal, questionTimeoutMs);
        questions.set(text, vector!);
        if (questions.size > keptQuestions) questions.delete(questions.keys().next().value!);
        return vector!;
      } catch (error) {
        const failure = judge(error, signal);
        if (failure.passing) restUntil = now() + restMs;
        throw failure.error;
      }
    },
  };
}

const cancelled = (cause: unknown) => new SunbaeError("cancelled", "Embedding was cancelled.", { cause });

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}
