import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

/** Where a command writes: answers to stdout, everything else to stderr; colours and bars on a terminal only. */
export type Terminal = {
  print(line: string): void;
  /** Without a line's end. */
  write(text: string): void;
  say(line: string): void;
  style(format: Format, text: string): string;
  /** A bar that is drawn over itself; without a terminal, nothing. */
  progress(label: string, done: number, total: number): void;
  /** Wipes the bar. */
  endProgress(): void;
  isInteractive: boolean;
};

/** What is written to; the process's own streams fit. */
export type Output = { write(text: string): unknown; isTTY?: boolean; columns?: number };

const barWidth = 24;

export function createTerminal(stdout: Output, stderr: Output): Terminal {
  let hasBar = false;
  const wipe = () => {
    if (hasBar) stderr.write("\r\u001b[2K");
    hasBar = false;
  };
  return {
    print(line) {
      wipe();
      stdout.write(`${line}\n`);
    },
    write(text) {
      wipe();
      stdout.write(text);
    },
    say(line) {
      wipe();
      stderr.write(`${line}\n`);
    },
    // On a terminal it heeds NO_COLOR, too.
    style: (format, text) => (stdout.isTTY === true ? styleText(format, text, { stream: process.stdout }) : text),
    progress(label, done, total) {
      if (!stderr.isTTY) return;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const full = Math.round(share * barWidth);
      const bar = total > 0 ? `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${Math.round(share * 100)} % ` : "";
      const room = Math.max(10, (stderr.columns ?? 80) - bar.length - 1);
      stderr.write(`\r\u001b[2K${bar}${label.length > room ? `${label.slice(0, room - 1)}…` : label}`);
      hasBar = true;
    },
    endProgress: wipe,
    isInteractive: stdout.isTTY === true,
  };
}
