import { join } from "node:path";
import type { Command } from "commander";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";
import type { Cli } from "./cli.ts";

const help = `
Examples:
  sunbae migrate
  DATABASE_URL=postgres://… sunbae migrate --json

A start does the same; this is for whoever updates a database before its servers.`;

export function addMigrateCommand(program: Command, cli: Cli): void {
  program
    .command("migrate")
    .description("bring the database's schema up to this version")
    .option("--json", "print what was applied as JSON")
    .addHelpText("after", help)
    .action(async (options: { json?: boolean }) => {
      const { packageRoot, dataDir, databaseUrl } = cli.config();
      const database = await openDatabase(databaseUrl ? { url: databaseUrl } : { dataDir });
      try {
        const { applied } = await migrate(database, join(packageRoot, "drizzle"));
        if (options.json) cli.terminal.print(JSON.stringify({ applied }, null, 2));
        else cli.terminal.print(applied.length > 0 ? `Applied: ${applied.join(", ")}` : "The schema is up to date.");
      } finally {
        await database.close();
      }
    });
}
