import type { Language } from "../../core/context.ts";
import type { Evidence, EvidenceTable } from "../../core/evidence.ts";
import { fieldOf } from "../../plant/mes/catalogue.ts";
import type { RecordSetName } from "../../plant/records.ts";

/** Of a list of records what a report needs, in this order; nothing where fewer than two of the columns are there. */
export function columnsOf(
  evidence: Evidence | undefined,
  records: RecordSetName,
  fields: string[],
  language: Language,
): EvidenceTable | undefined {
  const table = evidence?.table;
  if (!table || table.rows.length === 0) return undefined;
  const wanted = fields.map((name) => fieldOf(records, name).label[language]);
  const at = wanted.map((label) => table.columns.indexOf(label)).filter((index) => index >= 0);
  if (at.length < 2) return undefined;
  return {
    ...table,
    columns: at.map((index) => table.columns[index] ?? ""),
    rows: table.rows.map((row) => at.map((index) => row[index] ?? null)),
  };
}
