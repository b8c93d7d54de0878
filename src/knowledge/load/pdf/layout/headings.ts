import { isTable } from "./lay-out-page.ts";
import type { PageLayout } from "./lay-out-page.ts";
import { commonest, textOf } from "./rows.ts";
import type { Row } from "./rows.ts";

/** How a document's headings look. */
export type HeadingStyles = {
  bodySize: number;
  /** Level, 1 to 6, of a row that is a heading; null of one that is not. */
  levelOf(row: Row, around: { before: Row | null; after: Row | null; pageNumber: number }): number | null;
};

const numbered = /^(?:(\d{1,2}(?:\.\d{1,2}){0,4})\.?|([A-Z](?:\.\d{1,2}){1,4})\.?)\s+\p{L}/u;
const chapter =
  /^(?:(?:chapter|part|appendix|kapitel)\s+[\dA-Z]{1,3}\b|제\s*\d{1,2}\s*(?:장|편|부)|부록\s*[\dA-Z가-하]?)/i;
const section = /^제\s*\d{1,2}\s*절/;
const safetyWord = /^\W*(?:warning|caution|danger|notice|note|important|경고|주의|위험|참고|알림)\W*$/i;
const caption = /^(?:figure|fig\.|table|그림|표|photo|사진)\s*[\dA-Z]/i;
const endsLikeText = /[.,;。]$|(?:니다|시오|세요)[.!]?$/;
const listSign = /^(?:[•·●○■□▪▶►◆※*–—-]|\(?\d{1,3}\)|[①-⑳])/u;

export function findHeadingStyles(pages: PageLayout[]): HeadingStyles {
  const rows = pages.flatMap((one) =>
    one.flows.flatMap((flow) => flow.parts.flatMap((part) => (isTable(part) ? [] : [{ row: part, page: one.page }]))),
  );
  const weigh = (of: typeof rows) =>
    commonest(
      of
        .map(({ row }) => [row.size, row.words.reduce((sum, word) => sum + word.text.length, 0)] as const)
        .map(([a, b]) => [a, b]),
    );
  const bodySize = weigh(rows) || 10;
  const boldBody =
    share(
      rows.map(({ row }) => row),
      (row) => row.bold,
    ) > 0.5;
  const outline = new Map(pages.map(({ page }) => [page.number, outlineOf(page.outline)]));
  const outlined = (pageNumber: number, text: string): number | undefined => {
    const entries = outline.get(pageNumber);
    return entries && entries.size > 0 && text.length < 250 ? entries.get(plain(text)) : undefined;
  };
  const known = new Map<string, number[]>();
  const sizes = new Set<number>();

  function isCandidate(row: Row, before: Row | null, after: Row | null): boolean {
    const text = textOf(row);
    if (
      text.length > 150 ||
      !/\p{L}{2}|\p{L}\d/u.test(text) ||
      safetyWord.test(text) ||
      caption.test(text) ||
      row.mono ||
      listSign.test(text)
    )
      return false;
    if (row.size >= Math.max(bodySize * 1.12, bodySize + 0.9)) return !/[.,;]$/.test(text) || text.length < 60;
    // The line goes on below: the first of a paragraph, not a title.
    if (after && after.top - row.bottom < row.size * 0.4 && /^\p{Ll}/u.test(textOf(after))) return false;
    if (endsLikeText.test(text) || /\.{4}/.test(text)) return false;
    const apart =
      before === null || row.top - before.bottom > row.size * 0.25 || before.size > row.size + 0.9 || before.bold;
    const numberedRow = numbered.exec(text);
    if (row.bold && !boldBody && row.size >= bodySize * 0.95 && apart && text.length <= 100)
      return !(
        after?.bold &&
        after.top - row.bottom < row.size * 0.4 &&
        after.right > row.right * 0.9 &&
        text.length > 70
      );
    const deep = (numberedRow?.[1] ?? numberedRow?.[2] ?? "").includes(".");
    const goesOn = after !== null && after.top - row.bottom < row.size * 0.3 && Math.abs(after.left - row.left) < 2;
    return (deep || chapter.test(text) || section.test(text)) && text.length <= 80 && apart && !goesOn;
  }

  function toldLevel(row: Row, pageNumber: number): number | null {
    const text = textOf(row);
    const told = outlined(pageNumber, text);
    if (told !== undefined) return told;
    if (chapter.test(text)) return 1;
    if (section.test(text)) return 2;
    const number = numbered.exec(text);
    return number ? (number[1] ?? number[2] ?? "").split(".").length : null;
  }

  rows.forEach(({ row, page }, index) => {
    const [before, after] = [rows[index - 1], rows[index + 1]].map((one) => (one?.page === page ? one.row : null));
    const told = outlined(page.number, textOf(row));
    if (told === undefined && !isCandidate(row, before ?? null, after ?? null)) return;
    const level = toldLevel(row, page.number);
    if (level !== null) known.set(styleOf(row), [...(known.get(styleOf(row)) ?? []), level]);
    if (row.size > bodySize + 0.8) sizes.add(Math.round(row.size));
  });
  const ranks = [...sizes].toSorted((a, b) => b - a);

  return {
    bodySize,
    levelOf(row, { before, after, pageNumber }) {
      const told = outlined(pageNumber, textOf(row));
      if (told !== undefined) return Math.min(told, 6);
      if (!isCandidate(row, before, after)) return null;
      const level = toldLevel(row, pageNumber);
      if (level !== null && level > 1) return Math.min(level, 6);
      const alike = known.get(styleOf(row));
      if (alike && alike.length > 0) return Math.min(commonest(alike.map((one) => [one, 1])) || 1, 6);
      if (level !== null) return level;
      const rank = ranks.indexOf(Math.round(row.size));
      return Math.min((rank === -1 ? ranks.length : rank) + 1, 6);
    },
  };
}

const styleOf = (row: Row): string => `${Math.round(row.size)} ${row.bold}`;
const share = <T>(all: T[], test: (one: T) => boolean): number => all.filter(test).length / Math.max(all.length, 1);

/** For comparing titles: letters and digits only, without the number in front. */
export const plain = (title: string): string =>
  title
    .toLowerCase()
    .replace(/^\s*(?:\d{1,2}(?:\.\d{1,2})*\.?)\s+/, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");

function outlineOf(entries: { title: string; level: number }[]): Map<string, number> {
  return new Map(
    entries.map(({ title, level }) => [plain(title), level] as const).filter(([title]) => title.length > 1),
  );
}
