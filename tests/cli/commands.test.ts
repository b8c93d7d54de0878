import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startServer, type RunningServer } from "../../src/main.ts";
import { createLogger } from "../../src/observability/logger.ts";
import { runCli } from "../app/serve-child.ts";
import { testConfig } from "../http/open-doors.ts";
import { writeSmallPlant } from "../http/small-plant.ts";
import { temporaryFolderUntil } from "../support/data-folder.ts";
import { runInProcess } from "./run-in-process.ts";

// Commands as people type them: against a running server, and on the folder itself.

const folder = temporaryFolderUntil(afterAll);
const dataDir = join(folder, "data");
mkdirSync(dataDir);
const plant = writeSmallPlant(join(folder, "plant"));
const run = (args: string[], input?: string) => runInProcess(args, dataDir, input);
const batch = (lines: unknown[]) => {
  const file = join(folder, `batch-${Math.random()}.jsonl`);
  writeFileSync(file, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  return file;
};
const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(testConfig(dataDir), { logger: createLogger({ level: "error" }) });
}, 120_000);
afterAll(async () => await server.stop(0));

it("imports and ingests through the running server", async () => {
  const imported = await run(["import", plant.mapping, "--json"]);
  expect(JSON.parse(imported.stdout)).toMatchObject({
    source: "small",
    totals: { inserted: 6, readings: 3, leftOut: 0 },
  });
  const again = await run(["import", plant.mapping]);
  expect(again.stdout).toContain("6 unchanged");
  const ingested = await run(["ingest", plant.manual]);
  expect(ingested).toMatchObject({ code: 0, stdout: expect.stringContaining("1 added") });
}, 60_000);

it("refuses a second server on the folder, naming the first", async () => {
  const second = await run(["serve"]);
  expect(second.code).toBe(5);
  expect(second.stderr).toContain(server.url);
}, 60_000);

it("asks: evidence first, then the answer, then its sources; without colours where nobody sees them", async () => {
  const { code, stdout } = await run(["ask", "MILL-01 알람 2041 뭐야?"]);
  expect(code).toBe(0);
  expect(stdout.indexOf("E1  ")).toBeLessThan(stdout.indexOf("출처"));
  expect(stdout).toContain("vm-9.md");
  expect(stdout).not.toContain("\u001b[");
}, 60_000);

it("prints one JSON document of the contract", async () => {
  const { stdout } = await run(["ask", "what does 2041 mean?", "--equipment", "MILL-01", "--json"]);
  const answer = JSON.parse(stdout) as object;
  for (const key of [
    "runId",
    "answer",
    "language",
    "mode",
    "citations",
    "evidence",
    "proposals",
    "abstained",
    "timings",
  ])
    expect(answer).toHaveProperty(key);
}, 60_000);

it("answers a batch in its order with the ids repeated, and an error in the place of a bad line", async () => {
  const file = batch([
    { id: "a", question: "MILL-01 알람 2041 뭐야?" },
    "not json",
    { id: 3 },
    { id: "d", question: "how many work orders?", equipment: "MILL-01" },
  ]);
  const { code, stdout, stderr } = await run(["ask", "--batch", file]);
  const lines = linesOf(stdout);
  expect(lines.map((line) => line["id"])).toEqual(["a", null, 3, "d"]);
  expect(lines.map((line) => "error" in line)).toEqual([false, true, true, false]);
  expect(lines[0]).toHaveProperty("citations");
  expect([code, stderr]).toEqual([1, expect.stringContaining("2 of 4 lines failed")]);
}, 60_000);

it("searches, alone and in a batch from stdin, at most one hit a document", async () => {
  const one = JSON.parse((await run(["search", "bearing temperature", "-k", "2", "--json"])).stdout) as {
    results: object[];
  };
  expect(Object.keys(one.results[0]!)).toEqual([
    "documentId",
    "path",
    "title",
    "page",
    "heading",
    "text",
    "score",
    "legs",
  ]);
  const many = await run(
    ["search", "--batch", "-", "--documents"],
    '{"id":1,"query":"bearing"}\n{"id":2,"query":""}\n',
  );
  const [first, second] = linesOf(many.stdout);
  expect(first).toMatchObject({ id: 1, results: [{ path: "vm-9.md" }] });
  expect(second).toMatchObject({ id: 2, error: { code: "invalid_input" } });
}, 60_000);

it("runs a tool, lists the tools, and says what is wrong with an input", async () => {
  const found = await run(["tool", "find_equipment", '{"query": "MILL-02"}']);
  expect(JSON.parse(found.stdout)).toMatchObject({ total: 1 });
  expect((await run(["tool"])).stdout).toContain("look_up_alarm");
  expect(await run(["tool", "find_equipment", "{query}"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Fix:"),
  });
  expect((await run(["tool", "no_such_tool", "{}"])).code).toBe(3);
}, 60_000);

it("works on the folder itself where no server runs", async () => {
  await server.stop();
  expect((await run(["ask", "MILL-01 알람 2041 뭐야?"])).stdout).toContain("vm-9.md");
  const doctor = await run(["doctor", "--json"]);
  expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
  expect(doctor.stdout).toMatch(/"reading",\s+"verdict": "(ok|note)",\s+"saw": "asciidoc, csv, .*pdf/);
  expect((await run(["migrate"])).stdout).toContain("up to date");
  const kept = await run(["sample", "remove"]);
  expect(kept).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
}, 90_000);

it("ends with the code of the error and its fix", async () => {
  const missing = await run(["import", join(folder, "none.yaml")]);
  expect(missing.code).not.toBe(0);
  expect(missing.stderr).toContain("none.yaml");
  expect((await run(["ask"])).code).toBe(2);
  expect((await run(["nonsense"])).code).toBe(2);
  expect(await run(["--help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("Exit codes") });
}, 90_000);

it("is a process that ends with the same code and prints a wrong setting's fix", async () => {
  const wrong = await runCli(["search", "x"], dataDir, { environment: { PORT: "many" } });
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('PORT is "many"')]);
}, 60_000);
