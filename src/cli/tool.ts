import type { Command } from "commander";
import { SunbaeError } from "../core/errors.ts";
import type { Cli } from "./cli.ts";
import { postJson, withDoor, type Door } from "./open-door.ts";

const help = `
Examples:
  sunbae tool                                       lists the tools
  sunbae tool find_equipment '{"query": "compressor"}'
  sunbae tool list_alarms --help-input              shows what a tool takes`;

type ToolOptions = { helpInput?: boolean; evidence?: boolean; language?: string };
type Listed = { name: string; title: { en: string }; description: string; input: unknown };

export function addToolCommand(program: Command, cli: Cli): void {
  program
    .command("tool")
    .description("run one tool and print its output, the same that an agent sees")
    .argument("[name]")
    .argument("[input]", "a JSON object")
    .option("--json", "output is JSON in any case")
    .option("--evidence", "print summary and evidence, too")
    .option("--language <ko|en>", "the language of the evidence; the input's unless told")
    .option("--help-input", "print the JSON Schema of the tool's input")
    .addHelpText("after", help)
    .action(async (name: string | undefined, input: string | undefined, options: ToolOptions) => {
      const body = parseInput(input);
      await withDoor(cli, async (door) => {
        if (name === undefined || options.helpInput) return await describe(cli, door, name);
        const query = options.language ? `?language=${encodeURIComponent(options.language)}` : "";
        const response = await door.fetch(`/api/tools/${encodeURIComponent(name)}${query}`, postJson(body));
        const result = (await response.json()) as { output: unknown };
        cli.terminal.print(JSON.stringify(options.evidence ? result : result.output, null, 2));
      });
    });
}

async function describe({ terminal }: Cli, door: Door, name: string | undefined): Promise<void> {
  const { tools } = (await (await door.fetch("/api/tools")).json()) as { tools: Listed[] };
  if (name === undefined) {
    for (const tool of tools) terminal.print(`${terminal.style("bold", tool.name.padEnd(22))} ${tool.title.en}`);
    return;
  }
  const tool = tools.find((one) => one.name === name);
  if (!tool)
    throw new SunbaeError("not_found", `There is no tool "${name}".`, {
      fix: `Use one of: ${tools.map((one) => one.name).join(", ")}.`,
    });
  terminal.print(JSON.stringify({ description: tool.description, input: tool.input }, null, 2));
}

function parseInput(input: string | undefined): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(input ?? "{}");
  } catch (cause) {
    throw new SunbaeError("invalid_input", `The input is not JSON: ${(cause as Error).message}`, {
      fix: `Put it in single quotes: sunbae tool NAME '{"key": "value"}'`,
    });
  }
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  throw new SunbaeError("invalid_input", "The input must be a JSON object.");
}
