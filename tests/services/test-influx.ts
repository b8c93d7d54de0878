import { runVitest, type Outcome } from "./run-vitest.ts";

/** The sensor store's contract, logins, attack texts and an outage, on a real InfluxDB 1. */
export async function testInflux(): Promise<Outcome> {
  return runVitest("influxdb.config.ts");
}
