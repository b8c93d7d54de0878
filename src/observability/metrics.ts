import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What the database's pool tells about itself (pg.Pool fits). */
export type PoolCounts = { totalCount: number; idleCount: number; waitingCount: number };

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * The registry behind /metrics and its instruments. Durations are in seconds, as Prometheus has them, except where a
 * name says milliseconds. Labels have few values each: never an id, a path with ids, or a person.
 */
export function createMetrics(options: { processMetrics?: boolean } = {}) {
  const registry = new Registry();
  const registers = [registry];
  // Event-loop lag (nodejs_eventloop_lag_p99_seconds …), memory, CPU. It starts a monitor, so tests leave it out.
  if (options.processMetrics ?? true) collectDefaultMetrics({ register: registry });

  const httpRequests = new Histogram({
    name: "sunbae_http_request_duration_seconds",
    help: "HTTP requests by method, route pattern and status.",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 1, 2.5, 10, 60],
    registers,
  });
  const runs = new Counter({
    name: "sunbae_runs_total",
    help: "Runs by the mode they ended in and their outcome.",
    labelNames: ["mode", "outcome"] as const,
    registers,
  });
  const firstEvidenceMs = new Histogram({
    name: "sunbae_first_evidence_milliseconds",
    help: "From the question to its first evidence (budget: p95 150 ms).",
    buckets: [10, 25, 50, 75, 100, 150, 250, 500, 1_000, 5_000],
    registers,
  });
  const answerMs = new Histogram({
    name: "sunbae_answer_milliseconds",
    help: "From the question to the finished answer, by mode (budget: extractive p95 400 ms).",
    labelNames: ["mode"] as const,
    buckets: [50, 100, 200, 400, 800, 2_000, 5_000, 15_000, 60_000, 180_000],
    registers,
  });
  const modelCalls = new Counter({
    name: "sunbae_model_calls_total",
    help: "Calls of a model by its role and outcome.",
    labelNames: ["role", "outcome"] as const,
    registers,
  });
  const modelTokens = new Counter({
    name: "sunbae_model_tokens_total",
    help: "Tokens by the model's role and direction (input, output).",
    labelNames: ["role", "direction"] as const,
    registers,
  });
  const spans = new Histogram({
    name: "sunbae_span_duration_seconds",
    help: "Named pieces of work by outcome (see tracing.ts).",
    labelNames: ["span", "outcome"] as const,
    buckets: [0.001, 0.005, 0.02, 0.06, 0.15, 0.4, 1, 5, 30, 120],
    registers,
  });
  return { registry, httpRequests, runs, firstEvidenceMs, answerMs, modelCalls, modelTokens, spans };
}

/** Adds the pool's connections, read at every scrape. */
export function observePool(metrics: Metrics, pool: PoolCounts): void {
  const gauge = new Gauge({
    name: "sunbae_database_connections",
    help: "Connections of the pool by state; waiting counts queries without one.",
    labelNames: ["state"] as const,
    registers: [metrics.registry],
    collect() {
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  void gauge;
}

/** How the plant's sources do, read at every scrape; the names are the site file's. */
export function observeSources(
  { registry }: Metrics,
  seen: {
    now: () => Date;
    sources: () => { name: string; kind: string; ok: boolean; newest: Date | null }[];
    collectors: () => { name: string; state: string; readings: number; newest: Date | null }[];
  },
): void {
  const registers = [registry];
  const age = (newest: Date | null): number | null =>
    newest === null ? null : (seen.now().getTime() - newest.getTime()) / 1000;
  const gauges = [
    new Gauge({
      name: "sunbae_source_up",
      help: "1 where a source of the site file answers, 0 where it does not.",
      labelNames: ["source", "kind"] as const,
      registers,
      collect() {
        for (const { name, kind, ok } of seen.sources()) this.set({ source: name, kind }, Number(ok));
      },
    }),
    new Gauge({
      name: "sunbae_collector_connected",
      help: "1 where a collector is connected.",
      labelNames: ["collector"] as const,
      registers,
      collect() {
        for (const { name, state } of seen.collectors()) this.set({ collector: name }, Number(state === "connected"));
      },
    }),
    new Gauge({
      name: "sunbae_collector_readings",
      help: "Readings that a collector has written since the start.",
      labelNames: ["collector"] as const,
      registers,
      collect() {
        for (const { name, readings } of seen.collectors()) this.set({ collector: name }, readings);
      },
    }),
    new Gauge({
      name: "sunbae_newest_reading_age_seconds",
      help: "Age of the newest reading seen of a source or collector.",
      labelNames: ["source"] as const,
      registers,
      collect() {
        for (const { name, newest } of [...seen.sources(), ...seen.collectors()]) {
          const seconds = age(newest);
          if (seconds !== null) this.set({ source: name }, seconds);
        }
      },
    }),
  ];
  void gauges;
}
