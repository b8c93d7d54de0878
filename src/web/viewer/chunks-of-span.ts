import type { PageSection } from "../api/document-page.ts";

/** Numbers of the chunks that a passage stands in: by its offsets, else by its words. */
export function chunksOfSpan(chunks: PageSection[], span: [number, number] | undefined, passage: string): Set<number> {
  const numbers = chunks.map((_, index) => index);
  if (span) {
    const [from, to] = span;
    const inside = numbers.filter((index) => {
      const [start, end] = chunks[index]?.span ?? [0, 0];
      return start < to && from < end;
    });
    if (inside.length > 0) return new Set(inside);
  }
  const wanted = plainText(passage).slice(0, 80);
  return new Set(
    wanted === "" ? [] : numbers.filter((index) => plainText(chunks[index]?.text ?? "").includes(wanted)).slice(0, 1),
  );
}

/** Without Markdown's marks and with single spaces, so that a text and its drawing can be compared. */
export function plainText(text: string): string {
  return text.replaceAll(/[\s*_`#>|-]+/g, " ").trim();
}
