import type { RawPdfPage } from "./raw-pdf-page.ts";

/** Notices of pages as sentences about the document; the same of several pages is said once. */
export function tellNotices(pages: RawPdfPage[]): string[] {
  const told = new Map<string, { pages: number[]; count: number }>();
  for (const { number, notices } of pages) {
    for (const notice of notices) {
      const count = /^(\d+) /.exec(notice);
      const what = notice.replace(/^\d+ /, "");
      const entry = told.get(what) ?? { pages: [], count: 0 };
      entry.pages.push(number);
      entry.count += count ? Number(count[1]) : 0;
      told.set(what, entry);
    }
  }
  return [...told].map(([what, { pages: numbers, count }]) => {
    const where = `Page${numbers.length === 1 ? "" : "s"} ${ranges(numbers)}: `;
    return count > 0 ? `${where}${count} ${what}` : `${where}${what[0]!.toLowerCase()}${what.slice(1)}`;
  });
}

/** "3, 5–7 and 9"; the first dozen of many. */
function ranges(numbers: number[]): string {
  const found: string[] = [];
  for (let at = 0; at < numbers.length;) {
    let to = at;
    while (numbers[to + 1] === numbers[to]! + 1) to += 1;
    found.push(to > at ? `${numbers[at]}–${numbers[to]}` : String(numbers[at]));
    at = to + 1;
  }
  return found.length > 12 ? `${found.slice(0, 12).join(", ")} and others` : found.join(", ");
}
