import type { TableSpec } from "../mapping/schema.ts";
import type { Binding, Path, RowView } from "./bind-columns.ts";
import { matcherOf } from "./match-row.ts";

/** Whether a row is wanted: it meets every only_when and no skip_when. */
export function createFilter(
  spec: Pick<TableSpec, "skip_when" | "only_when">,
  path: Path,
  binding: Binding,
): (row: RowView) => boolean {
  const tests = (key: "skip_when" | "only_when"): ((row: RowView) => boolean)[] =>
    Object.entries(spec[key] ?? {}).map(([name, wanted]) => {
      const column = binding.column(name, [...path, key, name]);
      const matches = matcherOf(wanted);
      return (row) => matches(column(row));
    });
  const skip = tests("skip_when");
  const only = tests("only_when");
  return (row) => only.every((test) => test(row)) && !skip.some((test) => test(row));
}
