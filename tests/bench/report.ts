import { shareOfBudget, verdictOf, type Measurement } from "./measurement.ts";

const columns = ["what", "budget", "measured", "of budget", "floor", "× floor", "verdict"] as const;

export function renderTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map((one) => {
    const share = shareOfBudget(one);
    const { floor, unit } = one;
    return [
      one.what,
      one.budget === null ? "" : `${one.atLeast ? "≥" : "≤"} ${figure(one.budget)} ${unit}`,
      `${figure(one.measured)} ${unit}`,
      share === null ? "" : `${Math.round(share * 100)} %`,
      floor ? `${figure(floor.measured)} ${unit}` : "",
      floor && floor.measured > 0 ? figure(one.measured / floor.measured) : "",
      verdictOf(one),
    ];
  });
  const widths = columns.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (at === 0 || at === 6 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [line(columns), rule, ...rows.map(line), "", ...notesOf(measurements)].join("\n");
}

/** What the floors are, and what else must be known. */
function notesOf(measurements: readonly Measurement[]): string[] {
  return measurements
    .map(({ what, floor, note }) => ({
      what,
      text: [note, floor && `floor: ${floor.what}`].filter(Boolean).join("; "),
    }))
    .filter(({ text }) => text !== "")
    .map(({ what, text }) => `  ${what}: ${text}`);
}

function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}
