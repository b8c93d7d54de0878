import { asciidocInline } from "./asciidoc-inline.ts";

/** Rows of a table from its lines between the |=== marks; the first row is the header or as good as one. */
export function asciidocTable(lines: string[], attributes: string): string[][] {
  if (/format\s*=\s*"?(?:csv|dsv)|separator/.test(attributes)) {
    const mark = /separator\s*=\s*"?([^",\]])/.exec(attributes)?.[1] ?? (attributes.includes("dsv") ? ":" : ",");
    return lines.filter((line) => line.trim() !== "").map((line) => line.split(mark).map((cell) => clean(cell)));
  }
  const cells: { text: string; span: number }[] = [];
  let columns = columnsOf(attributes);
  for (const line of lines) {
    const found = [...line.matchAll(/(?:(\d+)?(?:\.\d+)?([+*]))?(?:[<^>.]{0,3}[aehlmsdv]?)?(?<!\\)\|/g)];
    if (found.length === 0) {
      const last = cells.at(-1);
      if (last && line.trim() !== "") last.text += ` ${line.trim()}`;
      continue;
    }
    const before = line.slice(0, found[0]!.index).trim();
    const open = cells.at(-1);
    if (before !== "" && open) open.text += ` ${before}`;
    found.forEach((match, index) => {
      const text = line.slice(match.index + match[0].length, found[index + 1]?.index ?? line.length).trim();
      const times = Math.min(Number(match[1] ?? 1), 100);
      if (match[2] === "*") for (let copy = 0; copy < times; copy += 1) cells.push({ text, span: 1 });
      else cells.push({ text, span: match[2] === "+" ? times : 1 });
    });
    columns ??= cells.reduce((sum, cell) => sum + cell.span, 0);
  }
  return intoRows(cells, Math.max(columns ?? 1, 1));
}

function intoRows(cells: { text: string; span: number }[], columns: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const cell of cells) {
    row.push(clean(cell.text), ...Array.from({ length: cell.span - 1 }, () => ""));
    if (row.length >= columns) {
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function columnsOf(attributes: string): number | null {
  const quoted = /cols\s*=\s*"([^"]*)"/.exec(attributes)?.[1] ?? /cols\s*=\s*([^,\]]+)/.exec(attributes)?.[1];
  if (!quoted) return null;
  const sum = quoted.split(/[,;]/).reduce((total, part) => {
    const times = /^\s*(\d+)\*/.exec(part)?.[1];
    return total + (times ? Number(times) : 1);
  }, 0);
  return sum > 0 && sum <= 200 ? sum : null;
}

const clean = (cell: string) => asciidocInline(cell).replaceAll(/\s+/g, " ").replaceAll("\\|", "|").trim();
