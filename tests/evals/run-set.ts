import { openPlant, type Plant, type PlantContent } from "../support/plant.ts";
import { askCase, type Reply } from "./ask-case.ts";
import { toCase, type EvalCase, type EvalSet } from "./case.ts";
import { grblCases } from "./grbl-cases.ts";
import { judge } from "./judge.ts";
import { createTruths } from "./truth.ts";

export type Result = {
  set: string;
  plant: string;
  case: EvalCase;
  wrong: string[];
  answer: string;
  reading: string;
  intent: string;
  failedTools: string[];
  firstEvidenceMs: number | null;
  totalMs: number | null;
};

/** Asks every case of the set on one open plant, one after the other. */
export async function runSet(set: EvalSet, plant: Plant, name: string): Promise<Result[]> {
  const cases = set.generate === "grbl-codes" ? [...grblCases().map(toCase), ...set.cases] : set.cases;
  const truths = createTruths(plant.pool, set.timeZone, plant.now);
  const results: Result[] = [];
  for (const one of cases) {
    const base = { set: set.set, plant: name, case: one };
    try {
      const reply = await askCase(plant, one);
      const wrong = await judge(one, reply, truths).catch((thrown: unknown) => [
        `the case is broken: ${String(thrown)}`,
      ]);
      results.push({ ...base, wrong, ...summary(reply) });
    } catch (thrown) {
      results.push({ ...base, wrong: [`the run failed: ${String(thrown)}`], ...nothing });
    }
  }
  return results;
}

const nothing = { answer: "", reading: "", intent: "", failedTools: [], firstEvidenceMs: null, totalMs: null };

function summary(reply: Reply): Omit<Result, "set" | "plant" | "case" | "wrong"> {
  const { answer, understood, failedTools } = reply;
  return {
    answer: answer.answer,
    reading: understood.reading,
    intent: understood.intent,
    failedTools,
    firstEvidenceMs: answer.timings.firstEvidenceMs,
    totalMs: answer.timings.totalMs,
  };
}

/** The name of a plant in the report: its contents. */
export function plantName(content: readonly string[]): string {
  return content.map((one) => one.replace(/^manuals\//, "")).join("+");
}

/** Every plant is opened once for all sets that ask on it. */
export async function runSets(
  jobs: { set: EvalSet; content: PlantContent[] }[],
  onProgress: (text: string) => void,
): Promise<Result[]> {
  const byPlant = Map.groupBy(jobs, (job) => plantName(job.content));
  const results: Result[] = [];
  for (const [name, group] of byPlant) {
    onProgress(`opening ${name}`);
    const plant = await openPlant({ content: group[0]?.content ?? [] });
    try {
      for (const { set } of group) {
        onProgress(`${set.set} on ${name}`);
        results.push(...(await runSet(set, plant, name)));
      }
    } finally {
      await plant.close();
    }
  }
  return results;
}
