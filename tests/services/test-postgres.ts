import { findPostgres, lackOfVector } from "./find-postgres.ts";
import { runVitest, type Outcome } from "./run-vitest.ts";
import { startCluster } from "./start-cluster.ts";

/** The suites that hold on every engine, on the named server or a throw-away one; throws where there is none. */
export async function testPostgres(): Promise<Outcome> {
  const given = process.env["SUNBAE_TEST_DATABASE_URL"];
  const postgres = given ? null : findPostgres();
  const cluster = postgres ? await startCluster(postgres) : { url: given ?? "", stop: async () => {} };
  try {
    const lack = await lackOfVector(cluster.url, postgres);
    const environment = { SUNBAE_TEST_DATABASE_URL: cluster.url, SUNBAE_TEST_PGVECTOR: lack === null ? "on" : "off" };
    const outcome = runVitest("postgres.config.ts", environment);
    const notRun = lack === null ? [] : [`documents, search, whole turns and replicas on a server (${lack})`];
    return { ...outcome, notRun };
  } finally {
    await cluster.stop();
  }
}
