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
      const columns = stderr.columns ?? 80;
      const width = Math.max(6, Math.min(barWidth, Math.floor(columns / 5)));
      const full = Math.round(share * width);
      const bar = total > 0 ? `${"█".repeat(full)}${"░".repeat(width - full)} ${Math.floor(share * 100)} % ` : "";
      stderr.write(`\r\u001b[2K${bar}${cutToWidth(label, Math.max(10, columns - bar.length - 1))}`);
      hasBar = true;
    },
    endProgress: wipe,
    isInteractive: stdout.isTTY === true,
  };
}

/** Cut so that it takes no more than so many columns: Korean takes two a syllable. */
function cutToWidth(text: string, columns: number): string {
  let width = 0;
  let kept = "";
  for (const sign of text) {
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(sign) ? 2 : 1;
    if (width > columns) return `${kept.slice(0, -1)}…`;
    kept += sign;
  }
  return text;
}
