// One log record as a short line for a person at a terminal.

const levelNames: Record<number, { name: string; colour: number }> = {
  10: { name: "trace", colour: 90 },
  20: { name: "debug", colour: 90 },
  30: { name: "info", colour: 32 },
  40: { name: "warn", colour: 33 },
  50: { name: "error", colour: 31 },
  60: { name: "fatal", colour: 31 },
};

const hidden = new Set(["level", "time", "msg", "pid", "hostname", "err", "component"]);

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /\s/.test(text) ? JSON.stringify(text) : text;
}

/** `line` is a record of pino; text that is not one is returned unchanged. */
export function prettyLine(line: string, options: { colour: boolean; timeZone?: string }): string {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line;
  }
  const paint = (text: string, code: number) => (options.colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const level = levelNames[Number(record["level"])] ?? { name: "log", colour: 0 };
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: options.timeZone });
  const time = clock.format(new Date(record["time"] as number | string));
  const fields = Object.entries(record)
    .filter(([name, value]) => !hidden.has(name) && value !== undefined)
    .map(([name, value]) => `${name}=${shown(value)}`)
    .join(" ");
  const component = typeof record["component"] === "string" ? `${record["component"]}: ` : "";
  const head = `${paint(time, 90)} ${paint(level.name.padEnd(5), level.colour)} ${component}${String(record["msg"] ?? "")}`;
  const error = record["err"] as { stack?: string; message?: string } | undefined;
  const trace = error ? `\n  ${(error.stack ?? error.message ?? "").replaceAll("\n", "\n  ")}` : "";
  return `${head}${fields ? ` ${paint(fields, 90)}` : ""}${trace}\n`;
}
