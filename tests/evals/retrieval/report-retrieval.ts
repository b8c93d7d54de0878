import type { RetrievalReport, RetrievalTally } from "./run-retrieval.ts";

/** Lines of set, measure, figure; then what was not first. Held-out questions are only named, never shown. */
export function renderRetrieval({ set, tallies, misses }: RetrievalReport): string {
  const lines = tallies.map((one) => lineOf(set, `${one.way}, ${one.half}`, [one]));
  for (const kind of ["same language", "cross-language"] as const) {
    for (const half of ["dev", "held-out"] as const)
      lines.push(
        lineOf(
          set,
          `${kind}, ${half}`,
          tallies.filter((one) => one.kind === kind && one.half === half),
        ),
      );
    lines.push(
      lineOf(
        set,
        `${kind}, all`,
        tallies.filter((one) => one.kind === kind),
      ),
    );
  }
  const shown = misses.filter((miss) => miss.case.half === "dev");
  for (const { case: one, folder, rank, first } of shown)
    lines.push(`  ${one.id} in ${folder}, at ${rank ?? "none"}: ${one.question}\n    ${first.join("\n    ")}`);
  return lines.join("\n");
}

function lineOf(set: string, measure: string, tallies: RetrievalTally[]): string {
  const sum = (pick: (tally: RetrievalTally) => number) => tallies.reduce((total, one) => total + pick(one), 0);
  const asked = sum((one) => one.asked);
  const share = (count: number) => `${count}/${asked} ${(count / Math.max(asked, 1)).toFixed(2)}`;
  return `${set.padEnd(9)} ${measure.padEnd(36)} hit@1 ${share(sum((one) => one.hit1)).padEnd(12)} hit@5 ${share(sum((one) => one.hit5))}`;
}
