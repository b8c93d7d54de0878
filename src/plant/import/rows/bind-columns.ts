import { suggestion } from "../mapping/nearest.ts";
import type { CellContent, Table } from "../files/table.ts";
import { nameKey } from "../values/clean-text.ts";

/** A row on its way: its cells, its line, its number among the rows of the file, and the rows that joins found for it. */
export type RowView = { cells: CellContent[]; line: number; number: number; joined: (CellContent[] | undefined)[] };
export type ColumnReader = (row: RowView) => CellContent;
export type Path = (string | number)[];
export type ColumnFault = { path: Path; message: string };

export type Binding = {
  /** The reader of a column; a name that the table lacks becomes a fault, or reads as empty where it is optional. */
  column: (name: string, path: Path, optional?: boolean) => ColumnReader;
  /** Names of the table's own columns that were asked for. */
  used: Set<string>;
  faults: ColumnFault[];
};

export type JoinedTable = { as: string; columns: string[]; used: Set<string> };

/** Finds columns by their exact name, else without regard to case, width and blanks; "name.column" is a joined table's. */
export function bindColumns(file: string, table: Table, joins: JoinedTable[]): Binding {
  const used = new Set<string>();
  const faults: ColumnFault[] = [];
  const column: Binding["column"] = (name, path, optional = false) => {
    let index = positionOf(name, table.columns);
    if (index >= 0) {
      used.add(table.columns[index] as string);
      const found = index;
      return (row) => row.cells[found];
    }
    for (const [at, joined] of joins.entries()) {
      if (!name.startsWith(`${joined.as}.`)) continue;
      const position = positionOf(name.slice(joined.as.length + 1), joined.columns);
      if (position < 0) break;
      joined.used.add(joined.columns[position] as string);
      return (row) => row.joined[at]?.[position];
    }
    if (!optional) {
      const known = [...table.columns, ...joins.flatMap((one) => one.columns.map((inner) => `${one.as}.${inner}`))];
      faults.push({ path, message: `${file} has no column "${name}". ${suggestion(name, known)}` });
    }
    // JSON Lines may bring the key later.
    let looked = table.columns.length;
    return (row) => {
      if (index < 0 && table.columns.length > looked) {
        index = positionOf(name, table.columns.slice(looked));
        if (index >= 0) index += looked;
        looked = table.columns.length;
      }
      return index < 0 ? undefined : row.cells[index];
    };
  };
  return { column, used, faults };
}

export function positionOf(name: string, columns: readonly string[]): number {
  const exact = columns.indexOf(name);
  if (exact >= 0) return exact;
  const key = nameKey(name);
  return columns.findIndex((column) => nameKey(column) === key);
}
