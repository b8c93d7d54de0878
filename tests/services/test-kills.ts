import { runVitest, type Outcome } from "./run-vitest.ts";

/** An ingestion whose process is killed thirty times. Needs no service, but minutes. */
export async function testKills(): Promise<Outcome> {
  return runVitest("kills.config.ts", { SUNBAE_TEST_KILLS: "30" });
}
