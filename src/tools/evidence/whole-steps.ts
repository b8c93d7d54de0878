const step = /^\s*(?:>\s*)?(\d{1,2})[.)]\s+\S/;
const longest = 6_000;

/**
 * A passage with the rest of its numbered steps where a cut went through them: what comes before step 1's number
 * (the warning in front of it too) and what goes on counting after. Without steps the passage stays as it is.
 */
export function wholeSteps(text: string, context: { before: string; after: string } | null): string {
  if (context === null) return text;
  const numbers = stepsOf(text);
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return text;
  const before = first > 1 ? leading(context.before, first) : "";
  const after = continued(context.after, last);
  const whole = [before, text, after].filter((part) => part !== "").join("\n");
  return whole.length > longest ? text : whole;
}

function stepsOf(text: string): number[] {
  return text
    .split("\n")
    .map((row) => step.exec(row)?.[1])
    .filter((number) => number !== undefined)
    .map(Number);
}

/** From the line before the last "1." on, where the steps there lead up to `next`. */
function leading(before: string, next: number): string {
  const rows = before.split("\n");
  const numbers = stepsOf(before);
  if (numbers.at(-1) !== next - 1) return "";
  let start = rows.findLastIndex((row) => Number(step.exec(row)?.[1]) === 1);
  if (start < 0) start = rows.findIndex((row) => step.test(row));
  while (start > 0 && warning.test(rows[start - 1] ?? "")) start -= 1;
  return rows.slice(start).join("\n").trim();
}

const warning = /^\s*$|^[>\s]*[*_]{0,2}(?:경고|주의|위험|WARNING|CAUTION|DANGER|NOTICE)/i;

/** The steps after `last`, up to the first line that begins something else. */
function continued(after: string, last: number): string {
  const rows = after.split("\n");
  const at = rows.findIndex((row) => row.trim() !== "");
  if (at < 0 || Number(step.exec(rows[at] ?? "")?.[1]) !== last + 1) return "";
  let expected = last + 1;
  let end = at;
  for (let row = at; row < rows.length; row += 1) {
    const number = step.exec(rows[row] ?? "")?.[1];
    if (number !== undefined && Number(number) !== expected) break;
    if (number === undefined && /^\s*(?:#{1,6}\s|\|)/.test(rows[row] ?? "")) break;
    if (number !== undefined) {
      expected += 1;
      end = row + 1;
    } else if (/^\s+\S/.test(rows[row] ?? "")) end = row + 1;
  }
  return rows.slice(at, end).join("\n").trim();
}
