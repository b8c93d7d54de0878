import { performance } from "node:perf_hooks";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";

/** Runs a named piece of work and records how long it took; what it throws is passed on. */
export type Trace = <T>(span: string, work: () => Promise<T> | T, fields?: object) => Promise<T>;

/**
 * A trace that counts spans in the metrics and logs them at debug, those slower than `slowMs` at warn.
 * Span names are fixed words ("gather", "retrieve.vector"), never built from data: each is a label value.
 */
export function createTrace(options: { logger?: Logger; metrics?: Metrics; slowMs?: number }): Trace {
  const { logger, metrics, slowMs = Number.POSITIVE_INFINITY } = options;
  return async (span, work, fields = {}) => {
    const startedAt = performance.now();
    let outcome = "failed";
    try {
      const result = await work();
      outcome = "ok";
      return result;
    } finally {
      const ms = performance.now() - startedAt;
      metrics?.spans.observe({ span, outcome }, ms / 1_000);
      const level = ms >= slowMs ? "warn" : "debug";
      logger?.[level]({ ...fields, span, outcome, ms: Math.round(ms * 10) / 10 }, `span ${span}`);
    }
  };
}

/** Does the work and records nothing. */
export const untraced: Trace = async (_span, work) => await work();
