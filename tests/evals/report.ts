import { percentile, wilson } from "./statistics.ts";
import type { Result } from "./run-set.ts";

export type Tally = {
  set: string;
  kind: string;
  language: string;
  n: number;
  right: number;
  interval: [number, number];
  firstEvidenceMs: [number | null, number | null];
  totalMs: [number | null, number | null];
};

/** One tally for every set on a plant, kind and language, then one for each set. */
export function tallies(results: Result[]): Tally[] {
  const label = (one: Result): string => `${one.set} @ ${one.plant}`;
  const cells = Map.groupBy(results, (one) => [label(one), one.case.kind, one.case.language].join("\t"));
  const sets = Map.groupBy(results, (one) => [label(one), "all", "both"].join("\t"));
  return [...cells, ...sets].map(([key, group]) => {
    const [set = "", kind = "", language = ""] = key.split("\t");
    const right = group.filter((one) => one.wrong.length === 0).length;
    return {
      set,
      kind,
      language,
      n: group.length,
      right,
      interval: wilson(right, group.length),
      firstEvidenceMs: spread(group.map((one) => one.firstEvidenceMs)),
      totalMs: spread(group.map((one) => one.totalMs)),
    };
  });
}

function spread(values: (number | null)[]): [number | null, number | null] {
  const known = values.filter((value) => value !== null);
  return [percentile(known, 0.5), percentile(known, 0.95)];
}

const columns = ["set", "kind", "lang", "n", "right", "share", "95 % interval", "first ms p50/p95", "total ms p50/p95"];

export function renderTable(rows: Tally[]): string {
  const percent = (share: number): string => `${(100 * share).toFixed(0)}`;
  const pair = ([p50, p95]: [number | null, number | null]): string =>
    `${p50?.toFixed(0) ?? "-"} / ${p95?.toFixed(0) ?? "-"}`;
  const cells = [...rows]
    .sort((a, b) => a.set.localeCompare(b.set) || Number(a.kind === "all") - Number(b.kind === "all"))
    .map((row) => [
      row.set,
      row.kind,
      row.language,
      String(row.n),
      String(row.right),
      `${percent(row.right / row.n)} %`,
      `${percent(row.interval[0])}–${percent(row.interval[1])}`,
      pair(row.firstEvidenceMs),
      pair(row.totalMs),
    ]);
  const table = [columns, ...cells];
  const widths = columns.map((_, at) => Math.max(...table.map((row) => (row[at] ?? "").length)));
  const left = 3;
  return table
    .map((row) => row.map((cell, at) => (at < left ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map((row) => row.join("  ").trimEnd())
    .join("\n");
}

/** The wrong ones: question, what was expected, what came. */
export function renderFailures(results: Result[], longest = 600): string {
  return results
    .filter((one) => one.wrong.length > 0)
    .map((one) => {
      const before = one.case.previous.map((text) => `after “${text}” `).join("");
      return [
        `### ${one.set}@${one.plant} · ${one.case.id} · ${one.case.kind} · ${one.case.difficulty}`,
        `Q: ${before}“${one.case.question}”`,
        ...one.wrong.map((text) => `- WRONG: ${text}`),
        ...one.failedTools.map((text) => `- tool failed: ${text}`),
        `- read [${one.intent}] ${one.reading}`,
        ...shorten(one.answer, longest)
          .split("\n")
          .filter((text) => text.trim() !== "")
          .map((text) => `    ${text}`),
      ].join("\n");
    })
    .join("\n\n");
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)} …` : text;
}
