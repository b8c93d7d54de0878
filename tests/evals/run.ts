import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { missingData, type PlantContent } from "../support/plant.ts";
import { readSet, type EvalSet } from "./case.ts";
import { renderFailures, renderTable, tallies } from "./report.ts";
import { renderRetrieval } from "./retrieval/report-retrieval.ts";
import { retrievalSetNames } from "./retrieval/retrieval-set.ts";
import { runAbstention } from "./retrieval/run-abstention.ts";
import { runRetrieval } from "./retrieval/run-retrieval.ts";
import { plantName, runSets, type Result } from "./run-set.ts";

// `npm run eval [-- --set NAME,… --only PATTERN --json --failures FILE]`: asks the question sets in extractive mode.

const { values } = parseArgs({
  options: {
    set: { type: "string" },
    /** Cases whose id, kind or question fits. */
    only: { type: "string" },
    /** Plants whose name fits. */
    plant: { type: "string" },
    json: { type: "boolean", default: false },
    /** Writes the wrong ones there instead of listing them. */
    failures: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const folder = join(import.meta.dirname, "sets");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .map((name) => name.replace(/\.jsonl$/, ""));

if (values.help) {
  process.stdout.write(
    `npm run eval -- [--set ${[...names, ...retrievalSetNames()].join(",")}] [--plant PATTERN] [--only PATTERN] [--json] [--failures FILE]\n`,
  );
} else {
  process.exitCode = await main();
}

async function main(): Promise<number> {
  const asked = values.set?.split(",") ?? [...names, ...retrievalSetNames()];
  const retrieval = values.only || values.plant ? [] : retrievalSetNames().filter((name) => asked.includes(name));
  const wanted = asked.filter((name) => !retrievalSetNames().includes(name));
  const sets = wanted.map((name) => narrowed(readSet(join(folder, `${name}.jsonl`))));
  const all = sets.flatMap((set) => set.plants.map((content) => ({ set, content: content as PlantContent[] })));
  const chosen = all.filter((job) => !values.plant || new RegExp(values.plant).test(plantName(job.content)));
  const jobs = chosen.filter((job) => missingData(job.content).length === 0);
  const notRun = chosen
    .filter((job) => !jobs.includes(job))
    .map((job) => ({ set: job.set.set, plant: plantName(job.content), missing: missingData(job.content) }));
  const results = await runSets(jobs, (text) => process.stderr.write(`${text}\n`));
  const found = [];
  for (const name of retrieval) found.push({ name, report: await runRetrieval(name) });
  const rows = tallies(results);
  const below = values.only ? [] : belowFloor(jobs, results);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ tallies: rows, notRun, below, results, retrieval: found }, null, 1)}\n`);
  } else {
    if (wanted.length > 0) process.stdout.write(`${renderTable(rows)}\n`);
    for (const { name, report } of found)
      process.stdout.write(
        report
          ? `${renderRetrieval(report)}\n${await runAbstention()}\n`
          : `${name} skipped: ../shared/data is not here\n`,
      );
    for (const one of notRun)
      process.stdout.write(`not run: ${one.set} @ ${one.plant}, for want of ${one.missing.join(", ")}\n`);
    for (const text of below) process.stdout.write(`below its floor: ${text}\n`);
    if (!values.failures && wanted.length > 0) process.stdout.write(`\n${renderFailures(results)}\n`);
  }
  if (values.failures) writeFileSync(values.failures, `${renderTable(rows)}\n\n${renderFailures(results, 900)}\n`);
  return below.length > 0 ? 1 : 0;
}

function narrowed(set: EvalSet): EvalSet {
  if (!values.only) return set;
  const pattern = new RegExp(values.only, "i");
  const { generate: _generate, ...rest } = set;
  return { ...rest, cases: set.cases.filter((one) => pattern.test(`${one.id} ${one.kind} ${one.question}`)) };
}

function belowFloor(jobs: { set: EvalSet; content: PlantContent[] }[], results: Result[]): string[] {
  return jobs.flatMap(({ set, content }) => {
    const own = results.filter((one) => one.set === set.set && one.plant === plantName(content));
    const share = own.filter((one) => one.wrong.length === 0).length / Math.max(1, own.length);
    return share < set.floor
      ? [
          `${set.set} @ ${plantName(content)}: ${(100 * share).toFixed(1)} % of ${own.length}, floor ${100 * set.floor} %`,
        ]
      : [];
  });
}
