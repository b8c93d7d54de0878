import { Command, CommanderError } from "commander";
import { readConfig, type Config } from "../config.ts";
import { toSunbaeError } from "../core/errors.ts";
import { addAskCommand } from "./ask.ts";
import type { Cli } from "./cli.ts";
import { addDoctorCommand } from "./doctor.ts";
import { exitCodeOf, exitCodesHelp, printError } from "./errors.ts";
import { addImportCommand } from "./import.ts";
import { addIngestCommand } from "./ingest.ts";
import { addMigrateCommand } from "./migrate.ts";
import { addSampleCommand } from "./sample.ts";
import { addSearchCommand } from "./search.ts";
import { addServeCommand } from "./serve.ts";
import { createTerminal, type Output } from "./terminal.ts";
import { addToolCommand } from "./tool.ts";

export type CommandLineOptions = {
  stdout?: Output;
  stderr?: Output;
  stdin?: NodeJS.ReadableStream;
  /** The environment's settings unless told. */
  config?: () => Config;
};

/** Runs one command and resolves with the exit code; prints every error as a sentence with its fix. */
export async function runCommandLine(args: string[], options: CommandLineOptions = {}): Promise<number> {
  const { stdout = process.stdout, stderr = process.stderr } = options;
  const terminal = createTerminal(stdout, stderr);
  const stopping = new AbortController();
  let result = 0;
  const cli: Cli = {
    terminal,
    input: options.stdin ?? process.stdin,
    signal: stopping.signal,
    config: options.config ?? (() => readConfig()),
    exitWith: (code) => void (result = code),
  };
  const release = onInterrupt(stopping);
  const program = createProgram(cli);
  try {
    await program.parseAsync(args, { from: "user" });
    return result;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : exitCodeOf("invalid_input");
    const error = toSunbaeError(thrown);
    printError(terminal, error);
    return exitCodeOf(error.code);
  } finally {
    release();
  }
}

function createProgram(cli: Cli): Command {
  const program = new Command("sunbae")
    .description("Sunbae 선배: asks the veterans' knowledge, the manuals, the sensors and the MES, with sources.")
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError("(sunbae --help shows how)")
    .configureOutput({
      writeOut: (text) => cli.terminal.write(text),
      writeErr: (text) => cli.terminal.say(text.trimEnd()),
    })
    .addHelpText("after", exitCodesHelp);
  for (const add of [
    addServeCommand,
    addAskCommand,
    addSearchCommand,
    addIngestCommand,
    addImportCommand,
    addToolCommand,
    addDoctorCommand,
    addMigrateCommand,
    addSampleCommand,
  ])
    add(program, cli);
  return program;
}

/** The first Ctrl-C lets the command end what it does, the second ends it on the spot. */
function onInterrupt(stopping: AbortController): () => void {
  const stop = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) process.exit(signal === "SIGINT" ? 130 : 143);
    stopping.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.stdout.on("error", endQuietly);
  return () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    process.stdout.off("error", endQuietly);
  };
}

/** Whoever read our output (`| head`) has seen enough. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
}
