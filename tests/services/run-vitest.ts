import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Outcome = { passed: number; failed: number; notRun: string[] };

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

/** Runs a suite by its settings in this folder; a file that breaks before its first test is one failure. */
export function runVitest(config: string, environment: Record<string, string> = {}): Outcome {
  const root = join(import.meta.dirname, "../..");
  const folder = mkdtempSync(join(tmpdir(), "sunbae-report-"));
  const report = join(folder, "report.json");
  const words = ["run", "--config", join(import.meta.dirname, config), "--reporter=default", "--reporter=json"];
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  try {
    const { status } = spawnSync(process.execPath, [vitest, ...words, `--outputFile.json=${report}`], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...environment },
    });
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
    const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
    const failed = numFailedTests + broken.length;
    return { passed: numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed, notRun: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
