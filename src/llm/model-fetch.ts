import { SunbaeError } from "../core/errors.ts";
import type { CallBudget, ModelRole } from "./call-budget.ts";
import { failureOfStatus, ModelError, type ModelFailure } from "./model-error.ts";
import { estimateRequestTokens } from "./tokens.ts";
import { createWireGuard, type WireGuard, type WireUsage } from "./wire-guard.ts";

// The fetch under every call of a model. LangChain's clients wait without end for a stalled server, ignore a signal
// while they wait, and forgive broken streams; here every call has three clocks, one signal, and a typed reason.

export type ModelTimeouts = {
  /** Until the first byte of the answer; a local model loads and reads the prompt in it. */
  firstByteMs: number;
  /** Between two pieces of the answer. */
  idleMs: number;
  /** For the whole call. */
  totalMs: number;
};

export type CallReport = {
  role: ModelRole;
  outcome: "ok" | "cancelled" | ModelFailure;
  message: string | null;
  ms: number;
  estimatedTokens: number;
  usage: WireUsage | null;
};

export type ModelFetchOptions = {
  fetch: typeof fetch;
  format: "ndjson" | "sse";
  /** Applied to the body before it goes out. */
  redact: ((body: string) => string) | null;
  timeouts: ModelTimeouts;
  role: ModelRole;
  budget: CallBudget;
  signal?: AbortSignal;
  report: (report: CallReport) => void;
};

/** Rejects with ModelError, or with SunbaeError `cancelled` where the signal fired; the body's stream does likewise. */
export function createModelFetch(options: ModelFetchOptions): typeof fetch {
  const { role, budget, timeouts, signal } = options;
  return async (input, init = {}) => {
    if (signal?.aborted) throw cancelled();
    const body = typeof init.body === "string" && options.redact ? options.redact(init.body) : init.body;
    const estimatedTokens = typeof body === "string" ? estimateRequestTokens(JSON.parse(body)) : 0;
    budget.take(role);
    const startedAt = performance.now();
    const watch = createWatch([signal, init.signal], timeouts);
    let reported = false;
    const settle = (outcome: CallReport["outcome"], message: string | null, usage: WireUsage | null) => {
      watch.stop();
      if (reported) return;
      reported = true;
      const ms = performance.now() - startedAt;
      budget.settle({ ms, inputTokens: usage?.inputTokens ?? estimatedTokens, outputTokens: usage?.outputTokens ?? 0 });
      options.report({ role, outcome, message, ms, estimatedTokens, usage });
    };
    const fail = (thrown: unknown): SunbaeError => {
      const error = watch.reason() ?? toFailure(thrown);
      const outcome = error instanceof ModelError ? error.reason : "cancelled";
      if (outcome === "unreachable" || outcome === "blocked") budget.giveBack();
      settle(outcome, error.message, null);
      return error;
    };
    try {
      const response = await watch.race(options.fetch(input, { ...init, body: body ?? null, signal: watch.signal }));
      if (!response.ok) throw await statusError(response, watch);
      const type = response.headers.get("content-type") ?? "";
      if (response.body === null || (options.format === "sse" && !type.includes("text/event-stream")))
        throw new ModelError("malformed", `The model answered with ${type || "nothing"} instead of a stream.`);
      const guard = createWireGuard(options.format);
      const stream = guardStream(response.body, guard, watch, { fail, done: (usage) => settle("ok", null, usage) });
      return new Response(stream, { status: response.status, headers: { "content-type": type } });
    } catch (thrown) {
      throw fail(thrown);
    }
  };
}

type Watch = ReturnType<typeof createWatch>;

/** The clocks and the signals of one call. `race` rejects as soon as one of them fires, whatever fetch does. */
function createWatch(signals: (AbortSignal | null | undefined)[], timeouts: ModelTimeouts) {
  const controller = new AbortController();
  const abort = (error: SunbaeError) => {
    if (!controller.signal.aborted) controller.abort(error);
  };
  const onCancel = () => abort(cancelled());
  const heard = signals.filter((signal) => signal != null);
  for (const signal of heard) {
    if (signal.aborted) onCancel();
    signal.addEventListener("abort", onCancel);
  }
  const stall = (ms: number) =>
    setTimeout(() => abort(new ModelError("stalled", `The model sent nothing for ${Math.round(ms / 1_000)} s.`)), ms);
  const total = setTimeout(
    () => abort(new ModelError("slow", `The model didn't finish within ${Math.round(timeouts.totalMs / 1_000)} s.`)),
    timeouts.totalMs,
  );
  let idle = stall(timeouts.firstByteMs);
  return {
    signal: controller.signal,
    reason: () => (controller.signal.aborted ? (controller.signal.reason as SunbaeError) : null),
    heard() {
      clearTimeout(idle);
      idle = stall(timeouts.idleMs);
    },
    abort: onCancel,
    stop() {
      clearTimeout(idle);
      clearTimeout(total);
      for (const signal of heard) signal.removeEventListener("abort", onCancel);
    },
    race<T>(work: Promise<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        const stop = () => reject(controller.signal.reason as SunbaeError);
        if (controller.signal.aborted) stop();
        controller.signal.addEventListener("abort", stop, { once: true });
        work.then(resolve, reject).finally(() => controller.signal.removeEventListener("abort", stop));
      });
    },
  };
}

function guardStream(
  body: ReadableStream<Uint8Array>,
  guard: WireGuard,
  watch: Watch,
  ends: { fail: (thrown: unknown) => SunbaeError; done: (usage: WireUsage) => void },
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const drop = () => void reader.cancel().catch(() => undefined);
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await watch.race(reader.read());
        if (done) {
          ends.done(guard.end());
          controller.close();
          return;
        }
        watch.heard();
        guard.push(value);
        controller.enqueue(value);
        if (!guard.isComplete()) return;
        ends.done(guard.end());
        controller.close();
        void reader.read().then(drop, drop); // lets the connection be used again
      } catch (thrown) {
        controller.error(ends.fail(thrown instanceof SunbaeError ? thrown : cutError(thrown)));
        drop();
      }
    },
    cancel() {
      watch.abort();
      ends.fail(null); // does nothing where the answer was complete
      drop();
    },
  });
}

async function statusError(response: Response, watch: Watch): Promise<ModelError> {
  const text = (await watch.race(response.text()).catch(() => "")).slice(0, 2_000);
  let message = text;
  try {
    const { error } = JSON.parse(text) as { error?: string | { message?: string } };
    message = typeof error === "string" ? error : (error?.message ?? text);
  } catch {
    // not JSON: the text itself
  }
  return new ModelError(
    failureOfStatus(response.status, message),
    `The model answered ${response.status}: ${message.slice(0, 300)}`,
  );
}

function cutError(thrown: unknown): ModelError {
  return new ModelError("cut", "The connection to the model broke in mid-answer.", { cause: thrown });
}

function cancelled(): SunbaeError {
  return new SunbaeError("cancelled", "The call of the model was cancelled.");
}

/** Causes stay out of the error: the OpenAI client takes an error for a timeout when its cause's text says so. */
function toFailure(thrown: unknown): SunbaeError {
  if (thrown instanceof ModelError) return thrown;
  if (thrown instanceof SunbaeError)
    return thrown.code === "cancelled"
      ? thrown
      : new ModelError("blocked", thrown.message, { ...(thrown.fix && { fix: thrown.fix }) });
  const cause = (thrown as { cause?: { code?: string } } | null)?.cause;
  return new ModelError("unreachable", `The model can't be reached (${cause?.code ?? String(thrown)}).`);
}
