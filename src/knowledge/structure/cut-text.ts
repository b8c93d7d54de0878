/** About a screenful: long enough to answer, short enough to be read and to rank sharply. */
export const wantedLength = 1200;
export const longestChunk = 1800;

type Part = { start: number; end: number };

/** Neighbouring parts joined up to a length. */
export function gather(parts: Part[], length: number): Part[] {
  const groups: Part[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last && part.end - last.start <= length) last.end = part.end;
    else groups.push({ start: part.start, end: part.end });
  }
  return groups;
}

/** Long text cut at the last line end, sentence end or blank before the limit. */
export function cut(text: string, start: number, end: number, longest = longestChunk): Part[] {
  const parts: Part[] = [];
  let from = start;
  while (end - from > longest) {
    const window = text.slice(from, from + wantedLength);
    const least = wantedLength / 2;
    const at = [window.lastIndexOf("\n"), lastSentenceEnd(window), window.lastIndexOf(" ")].find((one) => one > least);
    const to = from + (at === undefined ? evenCut(window) : at + 1);
    parts.push({ start: from, end: to });
    from = to;
  }
  if (from < end) parts.push({ start: from, end });
  return parts.filter((part) => text.slice(part.start, part.end).trim() !== "");
}

function lastSentenceEnd(window: string): number {
  let last = -1;
  for (const match of window.matchAll(/[.!?。](?=\s)/g)) last = match.index;
  return last;
}

/** Never between the halves of a surrogate pair. */
function evenCut(window: string): number {
  const code = window.charCodeAt(window.length - 1);
  return code >= 0xd800 && code <= 0xdbff ? window.length - 1 : window.length;
}
