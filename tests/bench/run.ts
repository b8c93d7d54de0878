import { spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureAi4i } from "./ai4i.ts";
import type { Bench } from "./bench.ts";
import { createFolders } from "./folders.ts";
import { measureIngestion } from "./ingestion.ts";
import { verdictOf, type Measurement } from "./measurement.ts";
import { measureModelTurn } from "./model-turn.ts";
import { measurePdf } from "./pdf.ts";
import { measureReadings } from "./readings.ts";
import { renderTable } from "./report.ts";
import { measureScale } from "./scale.ts";
import { measureSkab } from "./skab.ts";
import { measureStart } from "./start.ts";
import { measureStreaming } from "./streaming.ts";
import { measureTurns, measureTurnsLarge } from "./turns.ts";

// `npm run bench [-- NAME… --short --json]`: the budgets of the design, each beside what was measured. Ends
// with 1 only where something is far off, so that a busy machine does not fail; what was missed is told by name.

const benches: Record<string, Bench> = {
  start: measureStart,
  turns: measureTurns,
  "model-turn": measureModelTurn,
  streaming: measureStreaming,
  ingestion: measureIngestion,
  "turns-large": measureTurnsLarge,
  scale: measureScale,
  pdf: measurePdf,
  skab: ({ say }) => measureSkab(say),
  ai4i: ({ say }) => measureAi4i(say),
  readings: ({ short }) => measureReadings({ readings: short ? 1_100_000 : 10_000_000 }),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: "boolean", default: false },
    only: { type: "string" },
    json: { type: "boolean", default: false },
    /** Passages in the large index. */
    chunks: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const say = (text: string): void => void process.stderr.write(`${text}\n`);

if (values.help)
  process.stdout.write(
    `npm run bench -- [${Object.keys(benches).join("|")} …] [--short] [--chunks N] [--json]\n` +
      `npm run bench -- retrieval [SET …]: how good, not how fast, on judged collections\n`,
  );
else if (positionals[0] === "retrieval") {
  const sets = [join(import.meta.dirname, "retrieval.ts"), ...positionals.slice(1)];
  process.exitCode = spawnSync(process.execPath, sets, { stdio: "inherit" }).status ?? 1;
} else process.exitCode = await main();
// A measurement that failed may leave handles behind; everything is told by now.
process.exit();

async function main(): Promise<number> {
  const given = [...positionals, ...(values.only?.split(",") ?? [])];
  const names = given.length > 0 ? given : Object.keys(benches);
  const unknown = names.filter((name) => !benches[name]);
  if (unknown.length > 0) {
    say(`There is no measurement called ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}`);
    return 2;
  }
  const chunks = Number(values.chunks ?? (values.short ? 8_000 : 100_000));
  const folders = createFolders(chunks, say);
  const measurements: Measurement[] = [];
  const failures: { name: string; message: string }[] = [];
  const began = performance.now();
  try {
    for (const name of names) {
      const since = performance.now();
      say(`${name} …`);
      try {
        measurements.push(...((await benches[name]?.({ short: values.short, folders, say })) ?? []));
      } catch (thrown) {
        failures.push({ name, message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
      }
      say(`${name} took ${((performance.now() - since) / 1_000).toFixed(1)} s`);
    }
  } finally {
    folders.remove();
  }
  const machine = {
    node: process.version,
    processors: `${cpus().length} × ${cpus()[0]?.model ?? "?"}`,
    load: loadavg().map((one) => Math.round(one * 10) / 10),
    seconds: Math.round((performance.now() - began) / 1_000),
    short: values.short,
  };
  if (values.json) {
    const judged = measurements.map((one) => ({ ...one, verdict: verdictOf(one) }));
    process.stdout.write(`${JSON.stringify({ machine, measurements: judged, failures }, null, 1)}\n`);
  } else print(machine, measurements, failures);
  // The short form runs beside other work: there only a measurement that breaks is a failure, never a slow machine.
  const grossly = !values.short && measurements.some((one) => verdictOf(one) === "far off");
  return failures.length > 0 || grossly ? 1 : 0;
}

function print(
  machine: { node: string; processors: string; load: number[]; seconds: number; short: boolean },
  measurements: Measurement[],
  failures: { name: string; message: string }[],
): void {
  const { node, processors, load, seconds, short } = machine;
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  print(`\nNode ${node}, ${processors}, load ${load.join(" ")} at the end, ${seconds} s`);
  if (load[0] !== undefined && load[0] > cpus().length * 1.5)
    print("The machine was busy with other work: compare with the floors, not with the budgets.");
  if (short)
    print(
      "Short: an index of 8,000 chunks, compared one by one, instead of 100,000, 80 turns instead of 200, 1.4 M readings instead of 10 M.",
    );
  print(`\n${renderTable(measurements)}\n`);
  const missed = measurements.filter((one) => ["missed", "far off"].includes(verdictOf(one)));
  const judged = measurements.filter((one) => one.budget !== null).length;
  print(`${judged - missed.length} of ${judged} within budget${missed.length > 0 ? "; not:" : "."}`);
  for (const one of missed) print(`  ${verdictOf(one)}: ${one.what}`);
  for (const { name, message } of failures) print(`  FAILED: ${name}: ${message}`);
}
