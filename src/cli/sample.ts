import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { SunbaeError } from "../core/errors.ts";
import type { Cli } from "./cli.ts";
import { withDoor } from "./open-door.ts";

const help = `
Examples:
  sunbae sample remove          asks first
  sunbae sample remove --yes

A plant that never wants it starts with SUNBAE_SAMPLE=off.`;

export function addSampleCommand(program: Command, cli: Cli): void {
  const sample = program.command("sample").description("the sample plant").addHelpText("after", help);
  sample
    .command("remove")
    .description("remove the sample plant with its records, readings, manuals and cards, for good")
    .option("--yes", "do not ask")
    .option("--json", "print what was removed as JSON")
    .addHelpText("after", help)
    .action(async (options: { yes?: boolean; json?: boolean }) => {
      if (!options.yes && !(await isSure())) return cli.terminal.say("Nothing was removed.");
      await withDoor(cli, async (door) => {
        const response = await door.fetch("/api/owner/remove-sample", { method: "POST" });
        const removed = (await response.json()) as { rows: Record<string, number>; documents: number };
        if (options.json) return cli.terminal.print(JSON.stringify(removed, null, 2));
        const rows = Object.values(removed.rows).reduce((sum, count) => sum + count, 0);
        cli.terminal.print(`The sample plant is gone: ${rows} rows and readings, ${removed.documents} documents.`);
      });
    });
}

async function isSure(): Promise<boolean> {
  if (process.stdin.isTTY !== true)
    throw new SunbaeError("invalid_input", "This removes data.", { fix: "Say --yes where nobody can be asked." });
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question("Remove the sample plant for good? [y/N] ")).trim());
  } finally {
    asking.close();
  }
}
