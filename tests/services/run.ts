import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installChromium } from "./install-chromium.ts";
import { installPostgres, installVector } from "./install-postgres.ts";
import { startCluster } from "./start-cluster.ts";

// `npm run test:services`: a throw-away Postgres and a browser, and the suites against them. What is missing is a
// failure.

const root = join(import.meta.dirname, "../..");

function runVitest(url: string, filters: string[]): boolean {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const config = join(import.meta.dirname, "vitest.config.ts");
  const chromium = installChromium();
  const env = { ...process.env, SUNBAE_TEST_DATABASE_URL: url, SUNBAE_TEST_CHROMIUM: chromium ?? "" };
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--config", config, ...(chromium ? [] : ["--exclude", "tests/browser/**"]), ...filters],
    { cwd: root, stdio: "inherit", env },
  );
  if (!chromium) console.error("\nFAILED: there is no browser: run `apt-get install chromium` as root.");
  return status === 0 && chromium !== null;
}

async function main(): Promise<boolean> {
  const given = process.env["SUNBAE_TEST_DATABASE_URL"];
  if (given) return runVitest(given, []);
  const postgres = installPostgres();
  const missing = installVector(postgres);
  const cluster = await startCluster(postgres);
  try {
    // Without pgvector no migration runs; what needs none is tested all the same.
    const passed = runVitest(cluster.url, missing ? ["tests/services/postgres.test.ts", "tests/browser/"] : []);
    if (missing) console.error(`\nFAILED: ${missing}`);
    return passed && !missing;
  } finally {
    await cluster.stop();
  }
}

process.exitCode = (await main()) ? 0 : 1;
