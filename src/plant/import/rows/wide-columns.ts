import type { Table } from "../files/table.ts";
import type { Entry, TagDetails } from "../mapping/schema.ts";
import type { Binding, ColumnReader, Path } from "./bind-columns.ts";
import { positionOf } from "./bind-columns.ts";

export type WideColumn = {
  column: string;
  read: ColumnReader;
  details: TagDetails;
  /** Named in the mapping, not met by "*". */ named: boolean;
};

/** The columns that hold one measurement or tag each: those named, or with "*" all that nothing else uses. */
export function wideColumns(entry: Entry, path: Path, table: Table, binding: Binding): WideColumn[] {
  const plan = planOf(entry, path);
  if (!plan) return [];
  const found = plan.named.map(({ name, details, at }): WideColumn => {
    const read = binding.column(name, at);
    return { column: table.columns[positionOf(name, table.columns)] ?? name, read, details, named: true };
  });
  if (!plan.all) return found;
  const except = new Set(plan.except.map((name) => table.columns[positionOf(name, table.columns)] ?? name));
  const taken = new Set([...binding.used, ...found.map((one) => one.column), ...except, ...(entry.ignore ?? [])]);
  for (const [index, column] of table.columns.entries())
    if (!taken.has(column)) found.push({ column, read: (row) => row.cells[index], details: plan.all, named: false });
  return found;
}

type Plan = { named: { name: string; details: TagDetails; at: Path }[]; all: TagDetails | undefined; except: string[] };
function planOf(entry: Entry, path: Path): Plan | undefined {
  if (entry.records === "readings") {
    if (!entry.tags) return undefined;
    const named = Object.entries(entry.tags)
      .filter(([name]) => name !== "*")
      .map(([name, details]) => ({ name, details, at: [...path, "tags", name] }));
    return { named, all: entry.tags["*"], except: entry.except ?? [] };
  }
  if (!entry.measurements) return undefined;
  const { columns, except = [] } = entry.measurements;
  if (columns === "*") return { named: [], all: {}, except };
  return {
    named: columns.map((name, index) => ({ name, details: {}, at: [...path, "measurements", "columns", index] })),
    all: undefined,
    except,
  };
}

/** "Torque [Nm]" is torque in Nm; a bracket of another shape is part of the name. */
export function splitUnit(column: string): { name: string; unit: string | null } {
  const found = /^(.*\S)\s*\[([^[\]]{1,16})\]$/u.exec(column.trim());
  return found ? { name: found[1] ?? column, unit: found[2] ?? null } : { name: column.trim(), unit: null };
}

/** A tag's id after the equipment's: lower case, words joined by "_". */
export function tagSlug(name: string): string {
  return (
    name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}.]+/gu, "_")
      .replace(/^_+|_+$/g, "") || "tag"
  );
}
