import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ingestPaths } from "../../../src/knowledge/ingest-paths.ts";
import { leastConfidence } from "../../../src/knowledge/retrieve/confidence.ts";
import { search } from "../../../src/knowledge/search.ts";
import { contextOf, openKnowledge } from "../../knowledge/support.ts";
import { dataFolder, readRetrievalSet, type RetrievalCase } from "./retrieval-set.ts";

// How well `confidence` tells questions with an answer from those without, on the half that its constants were not
// fitted to. Both languages' files are in the index, as in a plant.

const ctx = contextOf(["admin"]);
type Unanswerable = { id: string; half: RetrievalCase["half"]; kind: "near" | "off"; question: string };

/** Lines of set, measure, figure; null where the data is not on this machine. */
export async function runAbstention(): Promise<string | null> {
  const set = readRetrievalSet("klipper");
  const data = dataFolder(set);
  if (data === null) return null;
  const knowledge = await openKnowledge();
  try {
    const glossary = join(import.meta.dirname, "../../../knowledge/glossary.csv");
    await ingestPaths(ctx, knowledge, { paths: [data, glossary] });
    const best = async (question: string, isRight: (path: string, heading: string) => boolean = () => true) => {
      const { results } = await search(ctx, knowledge, { query: question, k: 5 });
      const found = results.some((one) => isRight(one.path, one.heading));
      return { found, confidence: Math.max(0, ...results.map((one) => one.confidence)) };
    };
    const right: number[] = [];
    for (const one of set.cases.filter((one) => one.half === "held-out")) {
      const headings = [...one.headings.en, ...one.headings.ko];
      const reply = await best(
        one.question,
        (path, heading) => basename(path) === one.file && headings.some((wanted) => heading.includes(wanted)),
      );
      // Where the right passage is not found at all, abstaining would be no mistake.
      if (reply.found) right.push(reply.confidence);
    }
    const lines = [];
    const none: Record<Unanswerable["kind"], number[]> = { near: [], off: [] };
    for (const one of unanswerable()) none[one.kind].push((await best(one.question)).confidence);
    const wrong = [...none.near, ...none.off];
    const share = (list: number[], test: (value: number) => boolean) =>
      `${list.filter(test).length}/${list.length} ${(list.filter(test).length / list.length).toFixed(2)}`;
    lines.push(line("AUC, held-out", aucOf(right, wrong).toFixed(3)));
    lines.push(
      line(
        "right but abstained",
        share(right, (value) => value < leastConfidence),
      ),
    );
    for (const kind of ["near", "off"] as const)
      lines.push(
        line(
          `answered, ${kind} the subject`,
          share(none[kind], (value) => value >= leastConfidence),
        ),
      );
    return lines.join("\n");
  } finally {
    await knowledge.database.close();
  }
}

function unanswerable(): Unanswerable[] {
  const lines = readFileSync(join(import.meta.dirname, "abstention.jsonl"), "utf8")
    .trim()
    .split("\n");
  const cases = lines.slice(1).map((text) => JSON.parse(text) as Unanswerable);
  return cases.filter((one) => one.half === "held-out");
}

function aucOf(right: number[], wrong: number[]): number {
  const wins = right.flatMap((one) => wrong.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
  return wins.reduce<number>((sum, one) => sum + one, 0) / Math.max(wins.length, 1);
}

const line = (measure: string, figure: string) => `${"abstention".padEnd(10)} ${measure.padEnd(36)} ${figure}`;
