import type { Field } from "../../records.ts";
import { isNumeric, isTextual } from "../check-query.ts";
import { readerOf, type FieldReader } from "../mapping/convert-cell.ts";
import type { Cell, Scalar } from "../mapping/mapping-settings.ts";
import type { Bind, Dialect } from "./dialects/dialect.ts";
import type { Column } from "./find-columns.ts";

/**
 * A field of a mapped record set. `expression` is its value in SQL; null where only we can make it, after reading, from
 * `columns`. `narrow` is a column as it is stored, whose index a condition may use before the expression decides.
 */
export type CompiledField = {
  field: Field;
  expression: ((bind: Bind) => string) | null;
  columns: { name: string; sql: string }[];
  /** Makes the value of its columns as they were read; null where nothing is mapped. */
  read: FieldReader | null;
  narrow: (Pick<Column, "sql" | "kind" | "collation"> & { timeZone: string }) | null;
};

type Context = { dialect: Dialect; column: (name: string) => Column; timeZone: string };
type Expression = ((bind: Bind) => string) | null;

/** Throws `MappingError` where the mapping names a column that isn't there. */
export function compileField(field: Field, cell: Cell | undefined, context: Context): CompiledField {
  const { dialect } = context;
  const none = { field, columns: [], read: null, narrow: null };
  if (cell === undefined) return { ...none, expression: field.type === "list" ? null : () => nothing(field, dialect) };
  const timeZone = cell.time_zone ?? context.timeZone;
  const names = columnNames(cell);
  const columns = names.map((name) => Object.assign({ name }, context.column(name)));
  const read = readerOf(field, cell, context.timeZone);
  const expression = expressionOf(field, cell, columns, timeZone, dialect);
  const plain = cell.column !== undefined && !cell.values && !cell.empty && !cell.trim;
  const [only] = columns;
  const narrow =
    expression && plain && only ? { sql: only.sql, kind: only.kind, collation: only.collation, timeZone } : null;
  return { field, expression, columns, read, narrow };
}

function nothing(field: Field, { nothing: typed }: Dialect): string {
  if (isNumeric(field.type)) return typed.number;
  return field.type === "boolean" || field.type === "time" ? typed[field.type] : typed.text;
}

const inBraces = /\{([^{}]*)\}/g;

function columnNames(cell: Cell): string[] {
  if (cell.column !== undefined) return [cell.column];
  return [...(cell.template ?? "").matchAll(inBraces)].map((match) => match[1] ?? "");
}

/** What only our own reading can do: patterns, spellings of numbers and times, lists. */
const needsReading = (cell: Cell) =>
  cell.extract !== undefined ||
  cell.replace !== undefined ||
  cell.decimal !== undefined ||
  cell.day_first !== undefined;

function expressionOf(field: Field, cell: Cell, columns: Column[], timeZone: string, dialect: Dialect): Expression {
  if (field.type === "list" || needsReading(cell)) return null;
  if (cell.constant !== undefined) return constantOf(field, cell.constant, dialect);
  if (cell.template !== undefined) return templateOf(field, cell, columns, dialect);
  const [column] = columns;
  if (!column || column.kind === "list") return null;
  if (cell.values) return valuesOf(field, cell.values, column, dialect);
  if (isTextual(field.type)) return (bind) => textOf(column, cell, bind, dialect);
  if (cell.empty || cell.trim) return null;
  if (isNumeric(field.type)) return numberOf(field, cell, column, dialect);
  if (field.type === "boolean") return truthOf(column, dialect);
  return timeOf(cell, column, timeZone, dialect);
}

function textOf(column: Column, { trim, empty }: Pick<Cell, "trim" | "empty">, bind: Bind, dialect: Dialect): string {
  const text = trim ? dialect.trim(dialect.text(column.sql)) : dialect.text(column.sql);
  const blank = `NULLIF(${text}, '')`;
  if (!empty || empty.length === 0) return blank;
  const words = empty.map((word) => dialect.boundText(bind(word.trim().toLowerCase())));
  const bare = dialect.lower(dialect.trim(dialect.text(column.sql)));
  return `CASE WHEN ${bare} IN (${words.join(", ")}) THEN ${dialect.nothing.text} ELSE ${blank} END`;
}

function constantOf(field: Field, constant: Scalar, dialect: Dialect): Expression {
  if (constant === null) return () => nothing(field, dialect);
  return (bind) => scalar(field, constant, bind, dialect);
}

/** A value of the mapping, bound, as the field's type. */
function scalar(field: Field, value: Scalar, bind: Bind, dialect: Dialect): string {
  if (value === null) return nothing(field, dialect);
  if (isTextual(field.type)) return dialect.text(dialect.boundText(bind(String(value))));
  if (isNumeric(field.type)) {
    const number = Number(value);
    return Number.isFinite(number) ? dialect.boundNumber(bind(number)) : dialect.nothing.number;
  }
  return typeof value === "boolean" ? dialect.constant(value) : nothing(field, dialect);
}

function templateOf(field: Field, cell: Cell, columns: Column[], dialect: Dialect): Expression {
  const whole = columns.every(({ kind }) => kind === "text" || kind === "integer" || kind === "other");
  if (!isTextual(field.type) || cell.values || cell.empty || cell.split || !whole) return null;
  return (bind) => {
    let next = 0;
    const parts = (cell.template ?? "").split(/(\{[^{}]*\})/).filter((part) => part !== "");
    const texts = parts.map((part) => {
      if (!part.startsWith("{") || !part.endsWith("}")) return dialect.text(dialect.boundText(bind(part)));
      const column = columns[next++] as Column;
      return textOf(column, { trim: true }, bind, dialect);
    });
    return texts.length === 1 ? (texts[0] ?? "") : dialect.concat(texts);
  };
}

function valuesOf(field: Field, values: Record<string, Scalar>, column: Column, dialect: Dialect): Expression {
  if (field.type === "time") return null;
  const fits = Object.values(values).every(
    (value) => value === null || (field.type === "boolean" ? typeof value === "boolean" : typeof value !== "boolean"),
  );
  const numeric = isNumeric(field.type) && !Object.values(values).every((value) => Number.isFinite(Number(value)));
  if (!fits || numeric || (field.type !== "boolean" && !isTextual(field.type) && !isNumeric(field.type))) return null;
  const others = Object.entries(values).find(([key]) => key.trim() === "*");
  return (bind) => {
    const text = textOf(column, { trim: true }, bind, dialect);
    const cases = Object.entries(values)
      .filter(([key]) => key.trim() !== "*")
      .map(([key, value]) => {
        const wanted = dialect.boundText(bind(key.trim().toLowerCase()));
        return `WHEN ${dialect.lower(text)} = ${wanted} THEN ${scalar(field, value, bind, dialect)}`;
      });
    const rest = others
      ? scalar(field, others[1], bind, dialect)
      : isTextual(field.type)
        ? text
        : nothing(field, dialect);
    // An empty cell is empty, whatever "*" says.
    return `CASE WHEN ${text} IS NULL THEN ${nothing(field, dialect)} ${cases.join(" ")} ELSE ${rest} END`;
  };
}

const perMinute: Record<string, number> = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 };

function numberOf(field: Field, cell: Cell, column: Column, dialect: Dialect): Expression {
  if (field.type === "minutes" && cell.format !== undefined) return null;
  const numeric = ["integer", "decimal", "float", "boolean"].includes(column.kind);
  if (!numeric && !(column.kind === "interval" && field.type === "minutes")) return null;
  return (bind) => {
    const number = numeric ? dialect.number(column.sql, column.kind) : dialect.minutesOf(column.sql);
    const factor = numeric && field.type === "minutes" ? (perMinute[cell.unit ?? "minutes"] ?? 1) : 1;
    const times = factor === 1 / 60 ? `(${number} / 60)` : factor === 1 ? number : `(${number} * ${factor})`;
    const scaled = cell.scale === undefined ? times : `(${times} * ${dialect.boundNumber(bind(cell.scale))})`;
    return cell.offset === undefined ? scaled : `(${scaled} + ${dialect.boundNumber(bind(cell.offset))})`;
  };
}

function truthOf(column: Column, dialect: Dialect): Expression {
  if (column.kind === "boolean" && dialect.name === "postgres") return () => column.sql;
  if (!["boolean", "integer", "decimal"].includes(column.kind)) return null;
  return () => dialect.truth(`${column.sql} <> 0`);
}

function timeOf(cell: Cell, column: Column, timeZone: string, dialect: Dialect): Expression {
  const { format } = cell;
  if (["instant", "local", "day"].includes(column.kind))
    return format === undefined ? (bind) => dialect.instant(column.sql, column.kind, timeZone, bind) : null;
  const perSecond = { epoch_s: 1, epoch_ms: 1_000, epoch_us: 1_000_000 }[format ?? ""];
  const numeric = ["integer", "decimal", "float"].includes(column.kind);
  if (!perSecond || !numeric) return null;
  return () => dialect.fromEpoch(`${dialect.number(column.sql, column.kind)} / ${perSecond}`);
}
