import type { TextBuilder } from "../text-builder.ts";
import type { FoundTable } from "./split-tables.ts";

/** A short line on top of a table is its title: it tells what the codes in it are. */
export function writeTable({ preamble, rows }: FoundTable, builder: TextBuilder): void {
  const titled = rows.length > 0 && preamble.length > 0 && preamble[0]!.length <= 60;
  if (titled) builder.heading(3, preamble[0]!);
  const lines = titled ? preamble.slice(1) : preamble;
  if (lines.length > 0) builder.block("paragraph", lines.join("\n"));
  if (rows.length > 0) builder.table(rows);
}
