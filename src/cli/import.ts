import { resolve } from "node:path";
import type { Command } from "commander";
import type { ImportProgress } from "../plant/import/import-plant-data.ts";
import type { ImportReport } from "../plant/import/report.ts";
import { summarizeImport } from "../plant/import/summary.ts";
import type { Cli } from "./cli.ts";
import { postJson, withDoor } from "./open-door.ts";
import { resultOf } from "./read-stream.ts";

const help = `
Examples:
  sunbae import plant.yaml
  sunbae import plant.yaml --data /exports/2026-11 --json

Importing again changes only what has changed. Rows that do not fit are listed with their lines and left out.`;

export function addImportCommand(program: Command, cli: Cli): void {
  program
    .command("import")
    .description("load plant data from CSV, XLSX or JSON Lines by a declared mapping")
    .argument("<mapping>", "a YAML file")
    .option("--data <folder>", "where the mapping's relative paths start; its own folder unless told")
    .option("--json", "print the report as one JSON document")
    .addHelpText("after", help)
    .action(async (mapping: string, options: { data?: string; json?: boolean }) => {
      const { terminal, signal } = cli;
      await withDoor(cli, async (door) => {
        const dataFolder = options.data === undefined ? undefined : resolve(options.data);
        const init = postJson({ mappingPath: resolve(mapping), dataFolder });
        const response = await door.fetch("/api/owner/import", { ...init, signal });
        const report = await resultOf<ImportProgress, ImportReport>(response, (progress) => {
          const { file, fileNumber, fileCount, bytesRead, bytesTotal, rowsRead } = progress;
          terminal.progress(`${fileNumber}/${fileCount} ${file}: ${rowsRead} rows`, bytesRead, bytesTotal);
        });
        terminal.endProgress();
        terminal.print(options.json ? JSON.stringify(report, null, 2) : summarizeImport(report, cli.config().language));
      });
    });
}
