import { numbersIn, sameNumber } from "./answer-text.ts";
import type { Expectation } from "./case.ts";
import type { Truths } from "./truth.ts";

type Cell = string | number | null;

/** Tables and texts against truth: every true row stands in one line, the winner stands in the head. */
export async function judgeRows(
  expect: Expectation,
  text: string,
  lines: string[],
  truths: Truths,
): Promise<(string | null)[]> {
  const wrong: (string | null)[] = [];
  if (expect.rows) {
    const rows: Cell[][] = [
      ...(expect.rows.sql ? await truths.rows(expect.rows.sql) : []),
      ...(expect.rows.values ?? []),
    ];
    const missing = rows.filter((row) => !lines.some((line) => holds(line, row)));
    if (rows.length === 0) wrong.push("the truth query gives no rows");
    if (missing.length > 0)
      wrong.push(`${missing.length} of ${rows.length} rows are missing, first ${JSON.stringify(missing[0])}`);
  }
  if (expect.winner) {
    const [first] = await truths.rows(expect.winner.sql);
    const head = lines.slice(0, 3).join("\n");
    if (!first || !holds(head, first)) wrong.push(`head lacks the first, ${JSON.stringify(first ?? null)}`);
  }
  if (expect.text) {
    const rows = await truths.rows(expect.text.sql);
    const wanted = (expect.text.all ? rows : rows.slice(0, 1)).map((row) => row[0] ?? null);
    if (wanted.length === 0) wrong.push("the truth query gives no text");
    for (const cell of wanted) if (!holds(text, [cell])) wrong.push(`answer does not say ${JSON.stringify(cell)}`);
  }
  return wrong;
}

function holds(line: string, row: Cell[]): boolean {
  return row.every((cell) => {
    if (cell === null) return true;
    if (typeof cell === "number") return numbersIn(line).some((shown) => sameNumber(shown, cell)) || bucket(line, cell);
    return spellings(cell).some((text) => line.toLowerCase().includes(text.toLowerCase()));
  });
}

/** A year or month as a bucket: "2017년", "3월". */
function bucket(line: string, cell: number): boolean {
  return new RegExp(`(?<!\\d)${cell}(?:년|월|일|호|건|회|시간|분)`).test(line);
}

/** A date as a person may be shown it. */
function spellings(cell: string): string[] {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell);
  if (!date) {
    const month = /^(\d{4})-(\d{2})$/.exec(cell);
    return month ? [cell, `${month[1]}년 ${Number(month[2])}월`] : [cell];
  }
  const [, year, month, day] = date.map(Number);
  const name = new Date(`${cell}T00:00:00Z`).toLocaleString("en-GB", { month: "short", timeZone: "UTC" });
  return [cell, `${year}년 ${month}월 ${day}일`, `${day} ${name} ${year}`, `${year}. ${month}. ${day}`];
}
