import type { Scalar } from "../mapping/schema.ts";
import type { CellContent } from "../files/table.ts";
import { textOf } from "../values/clean-text.ts";

/** Whether a cell is one of the wanted values; text compares without case, "/…/i" is a regular expression, null is empty. */
export function matcherOf(wanted: Scalar | Scalar[]): (cell: CellContent) => boolean {
  const tests = (Array.isArray(wanted) ? wanted : [wanted]).map(testOf);
  return (cell) => {
    const text = textOf(cell) ?? "";
    return tests.some((test) => test(text));
  };
}

function testOf(wanted: Scalar): (text: string) => boolean {
  const pattern = typeof wanted === "string" ? /^\/(.+)\/([imsu]*)$/s.exec(wanted) : null;
  if (pattern) {
    const regexp = new RegExp(pattern[1] ?? "", pattern[2]);
    return (text) => regexp.test(text);
  }
  const text = wanted === null ? "" : String(wanted).trim().toLowerCase();
  return (cell) => cell.toLowerCase() === text;
}
