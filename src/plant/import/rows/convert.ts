import type { Field, Value } from "../../records.ts";
import type { CellContent } from "../files/table.ts";
import type { CellSpec } from "../mapping/schema.ts";
import { BadCell, shorten } from "../reasons.ts";
import { textOf } from "../values/clean-text.ts";
import { readBoolean } from "../values/read-boolean.ts";
import { durationOfDate, readDuration } from "../values/read-duration.ts";
import type { DurationUnit } from "../values/read-duration.ts";
import { readNumber } from "../values/read-number.ts";
import type { Decimal } from "../values/read-number.ts";
import { readSpecialTime, readTime, steadySecond } from "../values/read-time.ts";
import type { DateOrder } from "../values/read-time.ts";
import { compileTimeFormat, isSpecialTimeFormat } from "../values/time-format.ts";
import type { ReadTime } from "../values/time-format.ts";
import type { Zone } from "../values/zoned-time.ts";

/** How the values of one cell are spelled in this file: declared, or learned from the whole column. */
export type Spelling = { zone: Zone; decimal: Decimal; order?: DateOrder };
export type Converter = (content: CellContent) => Value;

/** Texts that stand for "no value" where a number, time or yes/no is expected. */
const empties = new Set([
  "",
  "-",
  "--",
  "—",
  "null",
  "none",
  "nan",
  "n/a",
  "na",
  "#n/a",
  "nil",
  "없음",
  "해당없음",
  "미정",
]);
const isEmptyText = (text: string): boolean => empties.has(text.toLowerCase());

/** Turns a cell into a value of the field's type; throws BadCell where it can't. */
export function converterOf(type: Field["type"], spec: CellSpec, spelling: Spelling): Converter {
  if (type === "list") return listConverter(spec);
  if (type === "time") return timeConverter(spec, spelling);
  if (type === "number") return numberConverter(spec, spelling);
  if (type === "minutes") return durationConverter(spec, spelling);
  if (type === "boolean") return typed((text) => readBoolean(text), "not_a_boolean");
  return (content) => textOf(content, spec.trim ?? true);
}

type BadKind = "not_a_boolean" | "not_a_duration" | "not_a_number" | "not_a_time";
function typed(read: (text: string) => Value | undefined, kind: BadKind): Converter {
  return (content) => {
    const text = textOf(content);
    if (text === null || isEmptyText(text)) return null;
    const value = read(text);
    if (value === undefined) throw new BadCell({ kind, text: shorten(text) });
    return value;
  };
}

function listConverter(spec: CellSpec): Converter {
  const separator = spec.split ?? /\s*[,;|]\s*/;
  return (content) => {
    const parts = Array.isArray(content) ? content : (textOf(content)?.split(separator) ?? []);
    const texts = parts.map((part) => textOf(part)).filter((part) => part !== null);
    return texts.length > 0 ? texts : null;
  };
}

function timeConverter(spec: CellSpec, spelling: Spelling): Converter {
  const { format } = spec;
  const order = spec.day_first === undefined ? spelling.order : spec.day_first ? "dmy" : "mdy";
  const read =
    format === undefined
      ? (text: string) => readTime(text, order)
      : isSpecialTimeFormat(format)
        ? (text: string) => readSpecialTime(text, format)
        : compileTimeFormat(format);
  const instant = (time: ReadTime): Date =>
    new Date(
      time.offsetMinutes === undefined
        ? spelling.zone.instantOf(time.localMs)
        : time.localMs - time.offsetMinutes * 60_000,
    );
  return (content) => {
    if (content instanceof Date) return instant({ localMs: steadySecond(content.getTime()) });
    const text = textOf(content);
    if (text === null || isEmptyText(text)) return null;
    const time = read(text);
    if (!time) throw new BadCell({ kind: "not_a_time", text: shorten(text), order: format ?? order });
    return instant(time);
  };
}

/** A unit after the number must be the declared one, or the same in every row. */
export function numberConverter(spec: CellSpec, spelling: Spelling): (content: CellContent) => number | null {
  const adjusted = adjusterOf(spec);
  let unit = spec.unit === undefined ? undefined : unitKey(spec.unit);
  const decimal = spec.decimal ?? spelling.decimal;
  return (content) => {
    if (typeof content === "number") return Number.isFinite(content) ? adjusted(content) : null;
    if (typeof content === "boolean") return content ? 1 : 0;
    const text = textOf(content);
    if (text === null || isEmptyText(text)) return null;
    const number = readNumber(text, decimal);
    if (!number) throw new BadCell({ kind: "not_a_number", text: shorten(text) });
    if (number.unit !== null) {
      unit ??= unitKey(number.unit);
      if (unit !== unitKey(number.unit))
        throw new BadCell({ kind: "unit_differs", found: number.unit, expected: unit });
    }
    return adjusted(number.value);
  };
}

const unitKey = (unit: string): string => unit.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
/** Scaling by tenths leaves tails such as 0.30000000000000004; a value that isn't scaled stays as it is. */
function adjusterOf({ scale, offset }: CellSpec): (value: number) => number {
  if (scale === undefined && offset === undefined) return (value) => value;
  return (value) => Number((value * (scale ?? 1) + (offset ?? 0)).toPrecision(15));
}

function durationConverter(spec: CellSpec, spelling: Spelling): Converter {
  const how = {
    unit: spec.unit as DurationUnit | undefined, // checked with the mapping
    format: spec.format,
    decimal: spec.decimal ?? spelling.decimal,
  };
  const adjusted = adjusterOf(spec);
  const fromText = typed((text) => {
    const minutes = readDuration(text, how);
    return minutes === undefined ? undefined : adjusted(minutes);
  }, "not_a_duration");
  return (content) => (content instanceof Date ? durationOfDate(content) : fromText(content));
}
