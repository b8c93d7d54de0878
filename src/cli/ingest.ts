import { resolve, sep } from "node:path";
import type { Command } from "commander";
import type { IngestProgress, IngestReport } from "../knowledge/knowledge.ts";
import type { Cli } from "./cli.ts";
import { postJson, withDoor } from "./open-door.ts";
import { resultOf } from "./read-stream.ts";

const help = `
Examples:
  sunbae ingest manuals/                      a folder, whole; unchanged files cost nothing the next time
  sunbae ingest guide.adoc errors.csv --json`;

export function addIngestCommand(program: Command, cli: Cli): void {
  program
    .command("ingest")
    .description("read documents into the knowledge: Markdown, AsciiDoc, HTML, CSV, text")
    .argument("<paths...>", "files or folders")
    .option("--json", "print the report as one JSON document")
    .addHelpText("after", help)
    .action(async (paths: string[], options: { json?: boolean }) => {
      const { terminal, signal } = cli;
      await withDoor(cli, async (door) => {
        const init = postJson(located(paths));
        const response = await door.fetch("/api/owner/ingest", { ...init, signal });
        const report = await resultOf<IngestProgress, IngestReport>(response, ({ done, total, file }) =>
          terminal.progress(file.path, done, total),
        );
        terminal.endProgress();
        if (options.json) terminal.print(JSON.stringify(report, null, 2));
        else show(cli, report);
        if (report.failed > 0) cli.exitWith(1);
      });
    });
}

/** Paths as the server sees them; documents are named from here where they lie below. */
function located(paths: string[]): { paths: string[]; root?: string } {
  const here = process.cwd();
  const absolute = paths.map((path) => resolve(path));
  const areBelow = absolute.every((path) => path.startsWith(here + sep));
  return { paths: absolute, ...(areBelow && { root: here }) };
}

function show({ terminal: { print, style } }: Cli, report: IngestReport): void {
  const { added, updated, unchanged, skipped, failed, chunks, entries, ms, files } = report;
  for (const { path, verdict, reason, notices } of files) {
    if (verdict === "failed") print(`${style("red", "failed ")} ${path}: ${reason}`);
    if (verdict === "skipped") print(`${style("yellow", "skipped")} ${path}: ${reason}`);
    for (const notice of notices) print(`${style("dim", "note   ")} ${path}: ${notice}`);
  }
  const counts = { added, updated, unchanged, skipped, failed };
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  print(
    `${told.map(([name, count]) => `${count} ${name}`).join(", ") || "no files"} · ${chunks} passages, ${entries} codes · ${(ms / 1_000).toFixed(1)} s`,
  );
}
