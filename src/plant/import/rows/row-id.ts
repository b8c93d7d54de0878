import { createHash } from "node:crypto";
import type { Value } from "../../records.ts";
import type { CellContent } from "../files/table.ts";

/** Gives the nth row of the same content the nth id, the same at every import of the file. */
export type RowIds = (content: (CellContent | Value)[]) => string;

export function createRowIds(scope: string): RowIds {
  const times = new Map<string, number>();
  return (content) => {
    const text = JSON.stringify([scope, ...content.map((one) => one ?? null)]);
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const nth = (times.get(hash) ?? 0) + 1;
    times.set(hash, nth);
    return nth === 1 ? hash : `${hash}-${nth}`;
  };
}

/**
 * Gives rows the file's name and their number in it: rows that have no time and no name of their own follow each other
 * as they are written, which content can't tell.
 */
export function createPositionIds(scope: string): (number: number) => string {
  return (number) => `${scope}-${number}`;
}
