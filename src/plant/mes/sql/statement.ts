import type { Bind, Dialect } from "./dialects/dialect.ts";

// A statement is put together from fragments whose order isn't known beforehand, while "?" takes values in the order in
// which they stand. So a value's place is marked by its number between two private characters until the end.

const mark = "\uE000";
const marks = /\uE000(\d+)\uE000/g;

/** No database keeps a NUL or half a character in a text; some refuse the whole question for it. */
const storable = (text: string) => text.toWellFormed().replaceAll("\0", "");

export type Statement = { text: string; values: unknown[] };

/** Collects values; `finish` makes the dialect's places of their marks. A fragment may stand in a statement twice. */
export function startStatement(dialect: Dialect): { bind: Bind; finish: (text: string) => Statement } {
  const bound: unknown[] = [];
  return {
    bind: (value) => `${mark}${bound.push(typeof value === "string" ? storable(value) : value) - 1}${mark}`,
    finish(text) {
      const values: unknown[] = [];
      const placed = text.replace(marks, (_, index) => dialect.place(values.push(bound[Number(index)])));
      return { text: placed, values };
    },
  };
}
