/** What a server tells about itself at /metrics. */
export type ServerMetrics = {
  /** Since it was read last. */
  eventLoopP99Ms: number;
  /** User and system, of all threads, since the start. */
  cpuMs: number;
};

export async function readMetrics(url: string): Promise<ServerMetrics> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)`, "m").exec(text)?.[1]);
  return {
    eventLoopP99Ms: value("nodejs_eventloop_lag_p99_seconds") * 1_000,
    cpuMs: value("process_cpu_seconds_total") * 1_000,
  };
}
