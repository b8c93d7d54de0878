/** A cell as it stands in a row: its text and over how many columns and rows it reaches. */
export type SpanningCell = { text: string; columns: number; rows: number };

const widest = 1_000;

/**
 * Rows of one width from cells that span others. A cell that spans rows is said again in each of them, so that a row
 * can be understood alone; over columns it is said once, in the header in each column.
 */
function layOutCells(given: SpanningCell[][], headerRows = 1): string[][] {
  const rows: string[][] = [];
  // What reaches down from rows above, by column.
  const reaching = new Map<number, { text: string; left: number }>();
  for (const [index, cells] of given.entries()) {
    const row: string[] = [];
    const pending = [...cells];
    for (let column = 0; column < widest; column += 1) {
      const above = reaching.get(column);
      if (above && above.left > 0) {
        row[column] = above.text;
        above.left -= 1;
        continue;
      }
      const cell = pending.shift();
      if (!cell) {
        if (![...reaching].some(([at, one]) => at > column && one.left > 0)) break;
        row[column] = "";
        continue;
      }
      const width = Math.min(Math.max(cell.columns, 1), widest - column);
      for (let at = 0; at < width; at += 1) {
        const text = at === 0 || index < headerRows ? cell.text : "";
        row[column + at] = text;
        reaching.set(column + at, { text, left: Math.min(Math.max(cell.rows, 1), 10_000) - 1 });
      }
      column += width - 1;
    }
    rows.push(Array.from(row, (text) => text ?? ""));
  }
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array.from({ length: width - row.length }, () => "")]);
}

/** A table of such cells: lines over its whole width are its titles, a header of several rows becomes one. */
export function tableOfCells(given: SpanningCell[][]): { titles: string[]; rows: string[][] } {
  const width = Math.max(0, ...given.map((row) => row.reduce((sum, cell) => sum + Math.max(cell.columns, 1), 0)));
  const titles: string[] = [];
  let rest = given;
  while (rest.length > 1 && rest[0]!.length === 1 && rest[0]![0]!.columns >= width && width > 1) {
    titles.push(rest[0]![0]!.text);
    rest = rest.slice(1);
  }
  const height = headerHeightOf(rest);
  const rows = layOutCells(rest, height > 1 ? height : 0);
  return { titles, rows: joinHeaderRows(rows, height) };
}

function headerHeightOf([first = [], second]: SpanningCell[][]): number {
  if (!second) return 1;
  const high = Math.max(1, ...first.map((cell) => cell.rows));
  const grouped = first.filter((cell) => cell.columns > 1 && cell.rows < Math.max(high, 2));
  const words = second.every((cell) => cell.text.length <= 40 && !/\d{2,}/.test(cell.text));
  // A group over columns has a name below for each of them; cells merged downwards alone are data.
  const named = second.length >= grouped.reduce((sum, cell) => sum + cell.columns, 0);
  return grouped.length > 0 && named && words && high <= 3 ? Math.max(high, 2) : 1;
}

/** Several header rows as one: "Remedy" over "first", "second" becomes "Remedy first", "Remedy second". */
export function joinHeaderRows(rows: string[][], count: number): string[][] {
  if (count < 2 || rows.length <= count) return rows;
  const header = rows[0]!.map((_, column) => {
    const words = rows.slice(0, count).map((row) => row[column]!.trim());
    // "Cause" below "Cause and remedy" says it alone.
    return words
      .filter(
        (word, at) => word !== "" && !words.some((other, below) => below > at && other !== "" && word.includes(other)),
      )
      .join(" ");
  });
  return [header, ...rows.slice(count)];
}
