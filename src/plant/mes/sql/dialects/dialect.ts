import type { SqlDialectName } from "../../../sql/read-only-session.ts";
import type { Bucket } from "../../../records.ts";

// What differs between databases, as fragments of SQL. An expression is text (compared exactly, by code point), a number
// (double), a truth value, or a time (an instant: with zone in Postgres, else wall-clock time of UTC).

/** instant: a time with zone. local: one without. day: a date. other: what is only known as text (uuid, enum …). */
export type ColumnKind =
  | "text"
  | "integer"
  | "decimal"
  | "float"
  | "boolean"
  | "instant"
  | "local"
  | "day"
  | "interval"
  | "list"
  | "other";

/** Marks a value's place in a statement; see statement.ts. */
export type Bind = (value: unknown) => string;

/** A text column's characters and order, where a database has them by column: "euckr", "euckr_korean_ci". */
export type Collation = { characters: string; order: string };

export type Dialect = {
  name: SqlDialectName;
  quote(identifier: string): string;
  /** The place of the value with this number, from 1. */
  place(number: number): string;
  kindOf(type: string): ColumnKind;
  /** schema, column, type (and characters, order) of the table $2 in the schema $1, or where unqualified names are looked for if $1 is null. */
  columnsQuery: string;
  /** Up to 1,000 names of tables and views. */
  tablesQuery: string;

  /** Whether texts may hold decomposed letters (NFD), which old encodings don't know. */
  decomposed: boolean;
  nothing: Record<"text" | "number" | "boolean" | "time", string>;
  text(sql: string): string;
  boundText(place: string): string;
  /** A text beside a column as it is stored, in the column's own characters and order where it has them. */
  beside(place: string, collation: Collation | null): string;
  number(sql: string, kind: ColumnKind): string;
  boundNumber(place: string): string;
  boundTime(place: string): string;
  /** A condition as a truth value, unknown where it is unknown. */
  truth(condition: string): string;
  /** "TRUE" or 1. */
  constant(value: boolean): string;
  trim(text: string): string;
  lower(text: string): string;
  concat(texts: string[]): string;
  /** Whether the text holds the needle; both in lower case. */
  holds(text: string, needle: string): string;
  /** For ORDER BY and least or greatest texts. */
  inOrder(text: string): string;

  instant(sql: string, kind: ColumnKind, timeZone: string, bind: Bind): string;
  /** Seconds since 1970, as a number, to a time. */
  fromEpoch(seconds: string): string;
  toEpochMs(time: string): string;
  iso(time: string): string;
  bucket(time: string, bucket: Bucket, timeZone: string, bind: Bind): string;
  minutesBetween(from: string, to: string): string;
  minutesOf(interval: string): string;
  page(limit: number, offset: number): string;
};
