import type { EvidenceTable } from "../../core/evidence.ts";

/** The first Markdown table of a text, and the text without it. */
export function splitTable(text: string): { prose: string; table?: EvidenceTable } {
  const rows = text.split("\n");
  const from = rows.findIndex(
    (row, index) => /^\s*\|/.test(row) && /^\s*\|[\s:|-]+\|?\s*$/.test(rows[index + 1] ?? ""),
  );
  if (from < 0) return { prose: text };
  let to = from;
  while (to < rows.length && /^\s*\|/.test(rows[to] ?? "")) to++;
  const cells = (row: string): string[] =>
    row
      .trim()
      .replace(/^\||\|$/g, "")
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
  const [head = "", , ...body] = rows.slice(from, to);
  const prose = [...rows.slice(0, from), ...rows.slice(to)].join("\n").trim();
  return { prose, table: { columns: cells(head), rows: body.map(cells) } };
}
