import { describe, expect, it } from "vitest";
import { createMetrics, observePool } from "../../src/observability/metrics.ts";
import { createTrace, untraced } from "../../src/observability/tracing.ts";

describe("metrics", () => {
  it("tell requests, runs, model use and the pool in Prometheus' text form", async () => {
    const metrics = createMetrics({ processMetrics: false });
    metrics.httpRequests.observe({ method: "POST", route: "/api/ask", status: "200" }, 0.12);
    metrics.runs.inc({ mode: "extractive", outcome: "finished" });
    metrics.firstEvidenceMs.observe(42);
    metrics.modelTokens.inc({ role: "compose", direction: "input" }, 812);
    observePool(metrics, { totalCount: 4, idleCount: 3, waitingCount: 2 });
    const text = await metrics.registry.metrics();
    expect(text).toContain('sunbae_http_request_duration_seconds_count{method="POST",route="/api/ask",status="200"} 1');
    expect(text).toContain('sunbae_runs_total{mode="extractive",outcome="finished"} 1');
    expect(text).toContain('sunbae_first_evidence_milliseconds_bucket{le="50"} 1');
    expect(text).toContain('sunbae_model_tokens_total{role="compose",direction="input"} 812');
    expect(text).toContain('sunbae_database_connections{state="busy"} 1');
    expect(text).toContain('sunbae_database_connections{state="waiting"} 2');
  });

  it("are separate for every registry", async () => {
    const [first, second] = [createMetrics({ processMetrics: false }), createMetrics({ processMetrics: false })];
    first.runs.inc({ mode: "model", outcome: "failed" });
    expect(await second.registry.metrics()).not.toContain("failed");
  });
});

describe("a trace", () => {
  it("records the span of work that succeeds or throws, and passes both on", async () => {
    const metrics = createMetrics({ processMetrics: false });
    const trace = createTrace({ metrics });
    expect(await trace("gather", () => 7)).toBe(7);
    const failing = trace("gather", () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    const text = await metrics.registry.metrics();
    expect(text).toContain('sunbae_span_duration_seconds_count{span="gather",outcome="ok"} 1');
    expect(text).toContain('sunbae_span_duration_seconds_count{span="gather",outcome="failed"} 1');
    expect(await untraced("gather", async () => 8)).toBe(8);
  });
});
