import type { Command } from "commander";
import type { Status } from "../http/backend.ts";
import { startServer } from "../main.ts";
import type { Cli } from "./cli.ts";
import type { Terminal } from "./terminal.ts";
import type { Config } from "../config.ts";

const help = `
Examples:
  sunbae serve
  PORT=9000 SUNBAE_LLM=ollama:qwen3:8b sunbae serve
  SUNBAE_SAMPLE=off SUNBAE_DATA_DIR=/srv/sunbae sunbae serve`;

const lastMs = 5_000;

export function addServeCommand(program: Command, cli: Cli): void {
  program
    .command("serve")
    .description("start the server: page, API and everything behind them")
    .addHelpText("after", help)
    .action(async () => {
      const { terminal, signal } = cli;
      const config = cli.config();
      for (const warning of config.warnings) terminal.say(`${terminal.style("yellow", "Warning:")} ${warning}`);
      let said = "";
      const server = await startServer(config, {
        signal,
        onStep({ text, done = 0, total = 0 }) {
          terminal.progress(text, done, total);
          if (text !== said && process.stderr.isTTY !== true) terminal.say(`${text} …`);
          said = text;
        },
      });
      terminal.endProgress();
      for (const line of greeting(terminal, config, server.url, await server.backend.status())) terminal.print(line);
      await new Promise<void>((stopped) => {
        if (signal.aborted) stopped();
        signal.addEventListener("abort", () => stopped(), { once: true });
      });
      terminal.say("Stopping: turns under way may end …");
      await server.stop();
      // Whatever still runs has no database any more.
      setTimeout(() => process.exit(), lastMs).unref();
    });
}

function greeting({ style }: Terminal, config: Config, url: string, status: Status): string[] {
  const field = (name: string, text: string) => `  ${style("dim", name.padEnd(8))}${text}`;
  const { counts, database } = status;
  const site = status.sites.find((one) => !one.sample) ?? status.sites[0];
  const plant = !site
    ? "empty: bring data by `sunbae import`, manuals by `sunbae ingest`"
    : `${status.sample && site.sample ? `${style("yellow", "SAMPLE 표본")} ` : ""}${site.title}`;
  const reach =
    config.host === "127.0.0.1"
      ? style("dim", "  (this machine only; SUNBAE_HOST=0.0.0.0 opens it to the network)")
      : "";
  const examples = ["ko", "en"].flatMap((language) =>
    status.examples.filter((one) => one.language === language).map((one) => one.question),
  );
  return [
    "",
    `${style("bold", "Sunbae 선배")} ${status.version}`,
    field("open", `${style(["bold", "cyan"], url.replace("127.0.0.1", "localhost"))}${reach}`),
    field("mode", `${status.mode} (${status.reason.en})`),
    field(
      "data",
      `${config.databaseUrl ? "Postgres server" : status.dataDir} · ${database.engine}, PostgreSQL ${database.version}`,
    ),
    field("plant", plant),
    field(
      "",
      `${counts.equipment} machines · ${counts.documents} documents · ${counts.cards} cards · ${counts.codes} codes`,
    ),
    ...status.folders
      .filter((folder) => !folder.shipped)
      .map((folder, at) =>
        field(at === 0 ? "inbox" : "", `${folder.path} ${style("dim", "(manuals put there are read)")}`),
      ),
    ...examples.map((question, at) => field(at === 0 ? "ask" : "", question)),
    style("dim", "  Ctrl-C stops it."),
    "",
  ];
}
