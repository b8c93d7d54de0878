import { useState } from "preact/hooks";
import type { EvidenceTable } from "../../core/evidence.ts";
import { cellKind } from "../parts/cell-kind.ts";
import { useWords } from "../state/page-context.ts";

const firstRows = 20;

/** A table that scrolls inside its own box. */
export function DataTable({ table, label }: { table: EvidenceTable; label: string }) {
  const { words } = useWords();
  const [all, setAll] = useState(false);
  const rows = all ? table.rows : table.rows.slice(0, firstRows);
  const total = table.total ?? table.rows.length;
  return (
    <div>
      <div class="table-box" tabIndex={0} role="region" aria-label={label}>
        <table>
          <thead>
            <tr>
              {table.columns.map((column, index) => (
                <th key={index} scope="col" class={isFigures(table, index) ? "figure" : ""}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {table.columns.map((_, column) => (
                  <td key={column} class={isFigures(table, column) ? "figure" : cellKind(String(row[column] ?? ""))}>
                    {row[column] ?? ""}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > rows.length && <p class="quiet small">{words.rowsShown(rows.length, total)}</p>}
      {rows.length < table.rows.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {words.showRows(table.rows.length)}
        </button>
      )}
    </div>
  );
}

function isFigures(table: EvidenceTable, column: number): boolean {
  const cells = table.rows.map((row) => String(row[column] ?? "")).filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => cellKind(cell) === "figure");
}
