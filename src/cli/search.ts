import type { Command } from "commander";
import { z } from "zod";
import { SunbaeError } from "../core/errors.ts";
import type { SearchAnswer } from "../knowledge/knowledge.ts";
import { batchId, runBatch } from "./batch.ts";
import type { Cli } from "./cli.ts";
import { withDoor, type Door } from "./open-door.ts";

const help = `
Examples:
  sunbae search "주축 베어링 온도"
  sunbae search "homing cycle" -k 3 --json
  sunbae search --batch queries.jsonl --documents > results.jsonl     lines of {"id", "query"}`;

type SearchOptions = {
  k?: number;
  documents?: boolean;
  legs?: string;
  rerank?: boolean;
  json?: boolean;
  batch?: string;
};

export function addSearchCommand(program: Command, cli: Cli): void {
  program
    .command("search")
    .description("search the documents; passages, best first")
    .argument("[query]")
    .option("-k <n>", "results wanted (10)", toCount)
    .option("--documents", "at most one result a document")
    .option("--legs <names>", "only these ways of finding, to measure them: identifier,bm25,vector")
    .option("--rerank", "let the chat model sort the first twenty (SUNBAE_RERANK=on)")
    .option("--json", "print the results as one JSON document")
    .option("--batch <file>", 'JSON Lines of {"id", "query"}; "-" reads stdin')
    .addHelpText("after", help)
    .action(async (query: string | undefined, options: SearchOptions) => {
      const { batch } = options;
      if (batch === undefined && query === undefined)
        throw new SunbaeError("invalid_input", "There is no query.", { fix: 'Write it in quotes: sunbae search "…"' });
      await withDoor(cli, async (door) => {
        if (batch !== undefined) return await searchBatch(cli, door, batch, options);
        const answer = await search(door, query ?? "", options);
        if (options.json) cli.terminal.print(JSON.stringify({ results: answer.results.map(toResult) }, null, 2));
        else show(cli, answer);
      });
    });
}

const item = z.object({ id: batchId, query: z.string() });

async function searchBatch(cli: Cli, door: Door, file: string, options: SearchOptions): Promise<void> {
  const run = async ({ query }: { query: string }) => {
    return { results: (await search(door, query, options)).results.map(toResult) };
  };
  if ((await runBatch(cli, { file, item, label: "queries", run })) > 0) cli.exitWith(1);
}

async function search(door: Door, query: string, { k, documents, legs, rerank }: SearchOptions): Promise<SearchAnswer> {
  const given = new URLSearchParams({
    q: query,
    ...(k && { k: String(k) }),
    ...(documents && { documents: "true" }),
    ...(legs && { legs }),
    ...(rerank && { rerank: "true" }),
  });
  return (await (await door.fetch(`/api/search?${given}`)).json()) as SearchAnswer;
}

/** The fields that the contract names. */
function toResult({ documentId, path, title, page, heading, text, score, legs }: SearchAnswer["results"][number]) {
  return { documentId, path, title, page, heading, text, score, legs };
}

function show({ terminal: { print, style } }: Cli, { results, legs, corrections }: SearchAnswer): void {
  for (const { from, to } of corrections) print(style("dim", `"${from}" was read as "${to}"`));
  if (results.length === 0) return print("Nothing was found.");
  for (const [at, { title, heading, page, path, text, legs: own, duplicates }] of results.entries()) {
    const within = heading.startsWith(title) ? heading.slice(title.length) : ` › ${heading}`;
    const place = `${within}${page === null ? "" : `, p. ${page}`}`;
    print(`${style("cyan", String(at + 1).padStart(2))} ${style("bold", title)}${place}`);
    print(`   ${style("dim", `${path} · ${own.join(", ")}`)}`);
    if (duplicates.length > 0) print(`   ${style("dim", `the same: ${duplicates.map((one) => one.path).join(", ")}`)}`);
    print(`   ${text.replaceAll(/\s+/g, " ").slice(0, 240)}\n`);
  }
  print(style("dim", `found by: ${legs.join(", ")}`));
}

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 200) return count;
  throw new SunbaeError("invalid_input", `-k is "${text}".`, { fix: "Give a whole number from 1 to 200." });
}
