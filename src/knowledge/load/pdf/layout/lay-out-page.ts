import type { RawPdfPage } from "../raw-pdf-page.ts";
import { findAlignedTables } from "./aligned-tables.ts";
import { splitColumns } from "./columns.ts";
import { rowsOf, wordsOf } from "./rows.ts";
import type { Row, Word } from "./rows.ts";
import { findRuledTables } from "./ruled-tables.ts";
import { placeOf } from "./running-lines.ts";
import type { Table } from "./table.ts";

/** A stretch of a page that is read downwards, with its edges. */
export type Flow = { left: number; right: number; parts: (Row | Table)[] };

export type PageLayout = {
  page: RawPdfPage;
  flows: Flow[];
  /** Writing along the margins or askew, line by line. */
  asides: Row[];
};

export const isTable = (part: Row | Table): part is Table => "gutters" in part;

export function layOutPage(page: RawPdfPage, running: Set<string> | undefined): PageLayout {
  const keep = (word: Word) => !running?.has(placeOf(word));
  const words = wordsOf(page.pieces.filter((piece) => !piece.aside)).filter(keep);
  const asides = page.pieces.filter((piece) => piece.aside).map((piece) => wordsOf([piece]));
  const { tables, rest } = findRuledTables(words, page.rules);
  const flows = splitColumns({ words: rest, tables }, page.rules).map((region): Flow => {
    const all = [...region.words, ...region.tables];
    const parts: (Row | Table)[] = [];
    let rows: Row[] = [];
    const close = () => {
      parts.push(...findAlignedTables(rows));
      rows = [];
    };
    for (const part of [...rowsOf(region.words), ...region.tables].toSorted((a, b) => a.top - b.top)) {
      if (!isTable(part)) rows.push(part);
      else {
        close();
        parts.push(part);
      }
    }
    close();
    return {
      left: Math.min(...all.map((one) => one.left)),
      right: Math.max(...all.map((one) => one.right)),
      parts,
    };
  });
  return { page, flows, asides: asides.filter((one) => one.length > 0).map(asideRow) };
}

const asideRow = (words: Word[]): Row => {
  const first = words[0]!;
  return {
    ...first,
    words,
    left: Math.min(...words.map((word) => word.left)),
    right: Math.max(...words.map((word) => word.right)),
    bottom: Math.max(...words.map((word) => word.bottom)),
  };
};
