import { SunbaeError, toSunbaeError } from "../../core/errors.ts";
import type { Logger } from "../../observability/logger.ts";
import { MappingError } from "../mapping-error.ts";
import { SourceUnseenError } from "../source-unseen-error.ts";
import type { SourceState, Unseen } from "../source.ts";

// A guard stands before one source: it limits the time of every call, and after a failure refuses at once until the
// source answers again, which it finds out by itself in the background. So a dead source costs one wait, not one a turn.

export type SourceGuard = {
  name: string;
  /** Resolves like `call`. Rejects with `SourceUnseenError` where the source can't be seen; `invalid_input` passes. */
  ask<Result>(call: () => Promise<Result>): Promise<Result>;
  state(): SourceState;
  /** What an answer says of it while it is dead; null where it isn't. */
  unseen(): Unseen | null;
  /** Remembers the age of what was seen last. */
  noteNewest(at: Date): void;
  /** One look, whether or not it was found dead; true where it answers. */
  look(): Promise<boolean>;
  close(): void;
};

export type GuardOptions = {
  name: string;
  kind: SourceState["kind"];
  /** The longest that a call may take. */
  timeoutMs: number;
  /** A cheap question by which it is found out whether the source is back. */
  ping: () => Promise<unknown>;
  onRecovered?: () => void;
  logger: Pick<Logger, "warn" | "info">;
  now: () => Date;
  /** A source that has not answered lately is waited for so long; 2 s unless told. */
  firstContactMs?: number;
  /** The first pause before it is tried again; it doubles up to 15 s. 1 s unless told. */
  retryMs?: number;
};

const trustedMs = 60_000;
const longestPauseMs = 15_000;
const heldUpMs = 100;

export function createSourceGuard(options: GuardOptions): SourceGuard {
  const { name, kind, timeoutMs, ping, logger, now, firstContactMs = 2_000, retryMs = 1_000 } = options;
  let answeredAt = 0;
  let recoveredAt = 0;
  let up: Date | null = null;
  let newest: Date | null = null;
  let down: { since: Date; reason: Unseen["reason"]; cause: unknown } | null = null;
  let gone = new AbortController();
  let retry: NodeJS.Timeout | null = null;
  let closed = false;
  /** Logged once each. */
  const flaws = new Set<string>();
  // One that comes and goes is asked less and less often.
  let pauseMs = retryMs;

  const unseen = (reason: Unseen["reason"], cause: unknown): SourceUnseenError =>
    new SourceUnseenError({ source: name, kind, since: down?.since ?? now(), newest, reason }, cause);

  const answered = (): void => {
    answeredAt = performance.now();
    up ??= now();
    if (down === null) {
      if (answeredAt - recoveredAt > trustedMs) pauseMs = retryMs;
      return;
    }
    recoveredAt = answeredAt;
    logger.info({ source: name, since: down.since }, "a source of the plant answers again");
    down = null;
    up = now();
    gone = new AbortController();
    if (retry) clearTimeout(retry);
    retry = null;
    options.onRecovered?.();
  };

  const failed = (thrown: unknown): SourceUnseenError => {
    const reason = reasonOf(thrown);
    if (!down) {
      down = { since: now(), reason, cause: thrown };
      up = null;
      const told = reason === null ? { err: thrown } : { problem: reason.en };
      logger.warn({ source: name, ...told }, "a source of the plant can't be seen");
      gone.abort();
      plan();
    }
    return unseen(reason, thrown);
  };

  /** Of an MES one record set may be mapped wrongly; sensors are one table, without which nothing can be seen. */
  const isAnswer = (error: SunbaeError): boolean => kind === "mes" && error instanceof MappingError;

  const plan = (): void => {
    if (closed) return;
    retry = setTimeout(() => void look().then((ok) => !ok && plan()), pauseMs);
    retry.unref();
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };

  const look = async (): Promise<boolean> => {
    try {
      await within(ping(), timeoutMs, null);
      answered();
      return true;
    } catch (thrown) {
      if (isAnswer(toSunbaeError(thrown))) {
        answered();
        return true;
      }
      failed(thrown);
      return false;
    }
  };

  return {
    name,
    look,
    async ask(call) {
      if (down) throw unseen(down.reason, down.cause);
      const known = answeredAt > 0 && performance.now() - answeredAt < trustedMs;
      try {
        const result = await within(call(), known ? timeoutMs : Math.min(firstContactMs, timeoutMs), gone.signal);
        answered();
        return result;
      } catch (thrown) {
        if (thrown instanceof SourceUnseenError) throw thrown;
        const error = toSunbaeError(thrown);
        if (error.code === "invalid_input" || error.code === "cancelled") throw error;
        // What breaks over one question may answer the next: only what doesn't answer is taken for dead.
        if (error.code === "internal") {
          logger.warn({ err: thrown, source: name }, "a source of the plant answered with what can't be read");
          throw unseen(null, thrown);
        }
        if (error.code === "too_large") throw unseen(reasonOf(thrown), thrown);
        if (isAnswer(error)) {
          answered();
          if (!flaws.has(error.message))
            logger.warn({ source: name, problem: error.message, fix: error.fix }, "a mapping doesn't fit its source");
          flaws.add(error.message);
          throw unseen(reasonOf(thrown), thrown);
        }
        throw failed(thrown);
      }
    },
    unseen: () => (down ? unseen(down.reason, down.cause).unseen : null),
    state: () => ({
      ...{ name, kind, newest, ok: down === null },
      since: down?.since ?? up,
      problem: down === null ? null : (down.reason?.en ?? "see the log"),
    }),
    noteNewest(at) {
      if (newest === null || at > newest) newest = at;
    },
    close() {
      closed = true;
      if (retry) clearTimeout(retry);
    },
  };
}

class LateError extends SunbaeError {
  readonly ms: number;
  constructor(ms: number) {
    super("unavailable", `no answer within ${ms / 1000} s`);
    this.ms = ms;
  }
}

function reasonOf(thrown: unknown): Unseen["reason"] {
  if (thrown instanceof LateError)
    return { ko: `${thrown.ms / 1000}초 안에 응답이 없음`, en: `no answer within ${thrown.ms / 1000} s` };
  const error = toSunbaeError(thrown);
  if (error instanceof MappingError) return error.reason;
  const { code, message } = error;
  const plain = message.replace(/\.$/, "");
  return code === "internal" ? null : { ko: plain, en: plain };
}

/** `gone` ends the wait early: another call has found the source dead meanwhile. */
function within<Result>(work: Promise<Result>, ms: number, gone: AbortSignal | null): Promise<Result> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const late = (): void => {
      // Where this process itself was held up, the answer may lie there unread.
      const wasHeldUp = performance.now() - began > ms + heldUpMs;
      if (wasHeldUp) timer = setTimeout(stop, heldUpMs);
      else stop();
    };
    let timer = setTimeout(late, ms);
    const stop = (): void => done(() => reject(new LateError(ms)));
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      gone?.removeEventListener("abort", stop);
      settle();
    };
    gone?.addEventListener("abort", stop, { once: true });
    work.then(
      (result) => done(() => resolve(result)),
      (error: unknown) => done(() => reject(error)),
    );
  });
}
