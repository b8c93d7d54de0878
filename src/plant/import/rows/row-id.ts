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
