import type { ReadDocument } from "../loaded-document.ts";
import { joinMarked } from "../marked-text.ts";
import type { MarkedText } from "../marked-text.ts";
import type { RawPage } from "../reader.ts";
import { createTextBuilder } from "../text-builder.ts";
import { findBrokenWords } from "./layout/broken-words.ts";
import { draftBlocks } from "./layout/draft-blocks.ts";
import type { Draft } from "./layout/draft-blocks.ts";
import { findHeadingStyles } from "./layout/headings.ts";
import { joinRows, knownWords, stackRows } from "./layout/join-rows.ts";
import { layOutPage } from "./layout/lay-out-page.ts";
import type { PageLayout } from "./layout/lay-out-page.ts";
import { pageRows, textOf } from "./layout/rows.ts";
import type { Row } from "./layout/rows.ts";
import { findRunningWords } from "./layout/running-lines.ts";
import { cellText } from "./layout/table.ts";
import type { Table } from "./layout/table.ts";
import type { RawPdfPage } from "./raw-pdf-page.ts";
import { tellNotices } from "./tell-notices.ts";

/** The document of all its pages: reading order, headings, lists and tables. Pure. */
export function assemblePdf(title: string | null, rawPages: RawPage[]): ReadDocument {
  // What a PagedReader reads comes back to it as it was.
  const pages = (rawPages as RawPdfPage[]).toSorted((a, b) => a.number - b.number);
  const running = findRunningWords(pages);
  const layouts = pages.map((page) => layOutPage(page, running.get(page.number)));
  const styles = findHeadingStyles(layouts);
  const known = knownWords(pages);
  const builder = createTextBuilder();
  let open: OpenTable | null = null;

  for (const layout of layouts) {
    const { page } = layout;
    builder.page({ origin: page.origin, size: sizeOf(page) });
    const drafts = layout.flows.flatMap((flow) => draftBlocks(flow, styles, page.number));
    for (const [index, draft] of drafts.entries()) {
      if (draft.type === "table") open = writeTable(draft.table, page, index === 0 ? open : null);
      else {
        open = null;
        write(draft, page);
      }
    }
    for (const row of layout.asides) builder.block("paragraph", joinRows([row], page, known));
    if (drafts.length === 0 && page.pieces.length > 0) open = null;
  }

  function write(draft: Exclude<Draft, { type: "table" }>, page: RawPdfPage): void {
    if (draft.type === "list") {
      const items = draft.items.map(({ rows, within }) =>
        joinMarked([joinRows(rows, page, known), ...within.map((one) => joinRows(one, page, known))], "\n  "),
      );
      builder.list(items, draft.ordered, draft.first);
    } else if (draft.type === "heading") builder.heading(draft.level, joinRows(draft.rows, page, known));
    else if (draft.type === "paragraph") builder.block("paragraph", joinRows(draft.rows, page, known));
    else if (draft.type === "code") builder.block("code", stackRows(draft.rows, page, indented(draft.rows)));
    else builder.block("paragraph", stackRows(draft.rows, page, withoutLeaders));
  }

  function writeTable(table: Table, page: RawPdfPage, before: OpenTable | null): OpenTable {
    const goesOn = before !== null && isContinued(before, table, page);
    const broken = findBrokenWords(table, known, goesOn && before.breaksWords);
    const all = table.rows.map((row) => row.map((cell) => joinRows(cell, page, known, broken.lines)));
    const caption = captionOf(all);
    if (caption) builder.block("paragraph", caption);
    const rows = caption ? all.slice(1) : all;
    const header: (string | MarkedText)[] = goesOn ? before.header : (rows[0] ?? []);
    const repeats =
      goesOn &&
      sameTexts(
        before.header,
        rows[0]!.map((cell) => cell.text),
      );
    builder.table(goesOn && !repeats ? [header, ...rows] : rows);
    const texts = goesOn ? before.header : rows[0]!.map((cell) => cell.text);
    return { header: texts, gutters: table.gutters, page: page.number, breaksWords: broken.breaksWords };
  }

  const { text, blocks, pages: loaded } = builder.finish();
  return {
    text,
    blocks,
    title: title ?? largestText(layouts),
    notices: tellNotices(pages),
    ...(loaded && { pages: loaded }),
  };
}

/** A first row of one cell over a real header is the table's title. */
function captionOf(rows: MarkedText[][]): MarkedText | null {
  const filled = (row: MarkedText[] | undefined) => row?.filter((cell) => cell.text !== "") ?? [];
  const [first, second] = [filled(rows[0]), filled(rows[1])];
  return rows.length >= 3 && first.length === 1 && second.length >= 2 && rows[0]![0]!.text !== "" ? first[0]! : null;
}

/** The table at the end of a page, which the next page may go on with. */
type OpenTable = { header: string[]; gutters: number[]; page: number; breaksWords: boolean };

const sameTexts = (a: string[], b: string[]) => a.join("|").replaceAll(/\s/g, "") === b.join("|").replaceAll(/\s/g, "");

function isContinued(before: OpenTable, table: Table, page: RawPdfPage): boolean {
  if (before.page !== page.number - 1 || before.gutters.length !== table.gutters.length) return false;
  const near = before.gutters.every((x, index) => Math.abs(x - table.gutters[index]!) < 25);
  const own = table.rows[0]!.map(cellText);
  return near && (sameTexts(before.header, own) || !looksLikeHeader(own, table));
}

/** Another table may begin at a page's top, with a header of its own. */
const looksLikeHeader = (cells: string[], table: Table): boolean =>
  table.rows[0]!.flat().length > 0 &&
  table.rows[0]!.flat().every((row) => row.bold) &&
  !table.rows
    .slice(1)
    .flat(2)
    .every((row) => row.bold) &&
  cells.every((cell) => !/\d{2}/.test(cell));

const sizeOf = (page: RawPdfPage) => {
  if (page.width === 0 || page.noPicture) return null;
  return page.turn % 2 === 0 ? { width: page.width, height: page.height } : { width: page.height, height: page.width };
};

/** Code keeps its indents and gaps as blanks. */
function indented(rows: Row[]): (row: Row) => string {
  const left = Math.min(...rows.map((row) => row.left));
  const letters = rows
    .flatMap((row) => row.words)
    .map((word) => (word.right - word.left) / Math.max(word.text.length, 1));
  const wide = letters.toSorted((a, b) => a - b)[letters.length >> 1] || 6;
  return (row) => {
    let line = "";
    for (const word of row.words) {
      const at = Math.round((word.left - left) / wide);
      line += " ".repeat(Math.max(at - line.length, line === "" ? 0 : 1)) + word.text;
    }
    return line;
  };
}

const withoutLeaders = (row: Row): string => textOf(row).replaceAll(/\s*(?:(?:\.\s?){4,}|…{2,}|·{4,})\s*/g, " … ");

/** The largest writing of the first page that has any. */
function largestText(layouts: PageLayout[]): string | null {
  const first = layouts.slice(0, 3).find(({ page }) => page.pieces.length > 0);
  if (!first) return null;
  const rows = pageRows(first.page).filter((row) => /\p{L}{2}/u.test(textOf(row)) && textOf(row).length > 3);
  const largest = Math.max(...rows.map((row) => row.size));
  const smallest = Math.min(...rows.map((row) => row.size));
  if (rows.length === 0 || (largest < smallest * 1.15 && rows.length > 3)) return null;
  const from = rows.findIndex((row) => row.size >= largest - 0.5);
  let to = from + 1;
  while (to < rows.length && to < from + 3 && rows[to]!.size >= largest - 0.5) to += 1;
  const title = rows.slice(from, to).map(textOf).join(" ");
  return title.length <= 200 ? title : null;
}
