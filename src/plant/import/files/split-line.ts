export type SplitLine = { cells: string[]; state: "whole" | "open" | "broken" };

/**
 * Splits one record of delimited text (RFC 4180). `open`: a quoted cell goes on in the next line. `broken`: something
 * follows a closing quote. A quote inside an unquoted cell (5" pipe) is text.
 * Not csv-parse: an unclosed quote there swallows every row up to the next quote; here only the row that has it is lost.
 */
export function splitLine(text: string, delimiter: string): SplitLine {
  if (delimiter === "whitespace") return splitBlanks(text);
  if (!text.includes('"')) return { cells: text.split(delimiter), state: "whole" };
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      cells.push(end < 0 ? text.slice(at) : text.slice(at, end));
      if (end < 0) return { cells, state: "whole" };
      at = end + delimiter.length;
      continue;
    }
    let cell = "";
    let from = at + 1;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote < 0) return { cells: [...cells, cell + text.slice(from)], state: "open" };
      cell += text.slice(from, quote);
      from = quote + 1;
      if (text[from] !== '"') break;
      cell += '"';
      from += 1;
    }
    cells.push(cell);
    const end = text.indexOf(delimiter, from);
    const after = end < 0 ? text.slice(from) : text.slice(from, end);
    if (after.trim() !== "") return { cells, state: "broken" };
    if (end < 0) return { cells, state: "whole" };
    at = end + delimiter.length;
  }
}

function splitBlanks(text: string): SplitLine {
  const cells = [...text.matchAll(/"((?:[^"]|"")*)"|\S+/g)].map((match) =>
    match[1] === undefined ? match[0] : match[1].replaceAll('""', '"'),
  );
  return { cells, state: "whole" };
}

const delimiters = [",", ";", "\t", "|"];

/** The delimiter that splits the first lines into the same number of cells, the most cells first; blanks where none does. */
export function guessDelimiter(lines: readonly string[]): string {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, 20);
  let best = { delimiter: "", score: 0 };
  for (const delimiter of delimiters) {
    const counts = sample.map((line) => splitLine(line, delimiter).cells.length);
    const columns = counts[0] ?? 1;
    if (columns < 2) continue;
    const same = counts.filter((count) => count === columns).length / counts.length;
    const score = same * 10 + Math.min(columns, 9) / 10;
    if (score > best.score) best = { delimiter, score };
  }
  if (best.delimiter) return best.delimiter;
  return sample.length > 0 && sample.every((line) => /\S\s+\S/.test(line)) ? "whitespace" : ",";
}
