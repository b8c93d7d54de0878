import type { ErrorCode, SunbaeError } from "../core/errors.ts";
import type { Terminal } from "./terminal.ts";

const exitCodes = {
  internal: 1,
  invalid_input: 2,
  too_large: 2,
  not_found: 3,
  forbidden: 4,
  conflict: 5,
  unavailable: 6,
  cancelled: 130,
} as const satisfies Record<ErrorCode, number>;

export const exitCodesHelp = `
Exit codes: 0 done, 1 failed (or a batch with bad lines), 2 wrong input, 3 not found, 4 not allowed,
5 conflict (a folder or port in use), 6 not available now, 130 stopped.`;

export function exitCodeOf(code: ErrorCode): number {
  return exitCodes[code];
}

export function printError({ say, style }: Terminal, error: SunbaeError): void {
  say(`${style("red", "Error:")} ${error.message}`);
  const shown = error.details.slice(0, 12).filter((detail) => !error.message.includes(detail.message));
  for (const { path, line, message } of shown) {
    const place = [path, line === undefined ? "" : `line ${line}`].filter(Boolean).join(", ");
    say(`  ${place && !message.startsWith(place) ? `${place}: ` : ""}${message}`);
  }
  if (error.details.length > shown.length + 1 && shown.length === 12) say(`  … and ${error.details.length - 12} more`);
  if (error.fix) say(`${style("green", "Fix:")} ${error.fix}`);
  if (error.code === "internal" && error.cause instanceof Error) say(style("dim", error.cause.stack ?? ""));
}
