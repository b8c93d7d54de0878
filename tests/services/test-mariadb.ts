import { runVitest, type Outcome } from "./run-vitest.ts";
import { startMariadb } from "./start-mariadb.ts";

/** The MES store on a throw-away MariaDB; the test that stops a server starts one of its own. */
export async function testMariadb(): Promise<Outcome> {
  const server = await startMariadb();
  try {
    return runVitest("mariadb.config.ts", { SUNBAE_TEST_MARIADB_URL: server.url });
  } finally {
    await server.stop();
  }
}
