import type { Outcome } from "./run-vitest.ts";
import { testBrowser } from "./test-browser.ts";
import { testInflux } from "./test-influx.ts";
import { testKills } from "./test-kills.ts";
import { testMariadb } from "./test-mariadb.ts";
import { testModbus } from "./test-modbus.ts";
import { testMosquitto } from "./test-mosquitto.ts";
import { testOcr } from "./test-ocr.ts";
import { testOpcua } from "./test-opcua.ts";
import { testPostgres } from "./test-postgres.ts";

// `npm run test:services [-- PART…]`: what needs a service of this machine. A service that is missing and can't be
// installed is a failure; only what Debian has no package of may be left out, and that is said.

const parts: Record<string, () => Promise<Outcome>> = {
  postgres: testPostgres,
  mariadb: testMariadb,
  influxdb: testInflux,
  mosquitto: testMosquitto,
  opcua: testOpcua,
  modbus: testModbus,
  browser: testBrowser,
  kills: testKills,
  ocr: testOcr,
};

async function runPart(name: string, run: () => Promise<Outcome>): Promise<Outcome> {
  console.log(`\n${name}`);
  try {
    return await run();
  } catch (thrown) {
    console.error(`FAILED: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return { passed: 0, failed: 1, notRun: [] };
  }
}

async function main(wanted: string[]): Promise<boolean> {
  const unknown = wanted.filter((name) => !(name in parts));
  if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(", ")}; there are ${Object.keys(parts)}.`);
  const total = { passed: 0, failed: 0 };
  const lines: string[] = [];
  for (const [name, run] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const began = performance.now();
    const { passed, failed, notRun } = await runPart(name, run);
    total.passed += passed;
    total.failed += failed;
    lines.push(`${name}: ${passed} passed, ${failed} failed, ${Math.round((performance.now() - began) / 1000)} s`);
    lines.push(...notRun.map((what) => `${name}: not run: ${what}`));
  }
  console.log(`\n${lines.join("\n")}\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
