import { pino, type Logger, type LevelWithSilent } from "pino";
import { prettyLine } from "./pretty-line.ts";
import { redactFields, redactText } from "./redact.ts";

export type { Logger } from "pino";

export type LoggerOptions = {
  level?: LevelWithSilent;
  /** Short lines for people instead of JSON; by default where `stream` is a terminal. */
  pretty?: boolean;
  /** Defaults to stderr: stdout belongs to the answers of commands. */
  stream?: { write(text: string): unknown; isTTY?: boolean };
};

/** A pino logger without transports (they don't survive bundling) that writes no secret. */
export function createLogger(options: LoggerOptions = {}): Logger {
  const stream = options.stream ?? process.stderr;
  const pretty = options.pretty ?? stream.isTTY === true;
  const write = (line: string) => {
    const safe = redactText(line);
    stream.write(pretty ? prettyLine(safe, { colour: stream.isTTY === true }) : safe);
  };
  return pino(
    {
      level: options.level ?? "info",
      base: null,
      formatters: { log: (fields) => redactFields(fields) as Record<string, unknown> },
    },
    { write },
  );
}
