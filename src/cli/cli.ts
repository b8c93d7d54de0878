import type { Config } from "../config.ts";
import type { Terminal } from "./terminal.ts";

/** What every command is given. */
export type Cli = {
  terminal: Terminal;
  input: NodeJS.ReadableStream;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Reads the settings; throws `invalid_input` where one is wrong. */
  config(): Config;
  /** The exit code of a command that ends without an error, e.g. a batch with bad lines. */
  exitWith(code: number): void;
};
