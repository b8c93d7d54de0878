import { createReadStream } from "node:fs";
import { createDecoder } from "../../../core/text/decoder.ts";
import { longestLine } from "./table.ts";

export type Line = { number: number; text: string; tooLong: boolean };

/**
 * The lines of a text file, in batches; ends are LF, CRLF or CR. Of a line beyond the limit only the start is kept, so
 * that a file without line ends can't fill the memory.
 */
export async function* readLines(
  path: string,
  encoding: string,
  onBytes: (bytesRead: number) => void,
): AsyncGenerator<Line[]> {
  const decoder = createDecoder(encoding);
  let pending = "";
  let tooLong = false;
  let number = 0;
  let bytes = 0;
  const split = (text: string, last: boolean): Line[] => {
    const lines: Line[] = [];
    let start = 0;
    const rest = pending + text;
    const ends = /\r\n|\n|\r/g;
    for (let match = ends.exec(rest); match; match = ends.exec(rest)) {
      // A CR at the very end may be the first half of CRLF: wait for the next piece.
      if (match[0] === "\r" && match.index === rest.length - 1 && !last) break;
      lines.push(lineOf(rest.slice(start, match.index)));
      start = match.index + match[0].length;
    }
    pending = rest.slice(start);
    if (pending.length > longestLine && !last) {
      pending = pending.slice(0, 1_000);
      tooLong = true;
    }
    if (last && (pending !== "" || tooLong)) lines.push(lineOf(pending));
    return lines;
  };
  const lineOf = (text: string): Line => {
    const line = { number: ++number, text: text.slice(0, longestLine), tooLong: tooLong || text.length > longestLine };
    tooLong = false;
    return line;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    bytes += (chunk as Buffer).length;
    const lines = split(decoder.decode(chunk as Buffer), false);
    onBytes(bytes);
    if (lines.length > 0) yield lines;
  }
  const lines = split(decoder.decode(), true);
  if (lines.length > 0) yield lines;
}
