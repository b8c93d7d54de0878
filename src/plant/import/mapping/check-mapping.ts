import { catalogue } from "../../mes/catalogue.ts";
import type { Field } from "../../records.ts";
import { encodingName } from "../../../core/text/decoder.ts";
import { compileTimeFormat, isSpecialTimeFormat } from "../values/time-format.ts";
import { isTimeZone } from "../values/zoned-time.ts";
import { durationUnits } from "./schema.ts";
import { suggestion } from "./nearest.ts";
import type { CellSpec, Entry, JoinSpec, MappingDocument, ReadingsEntry, RecordsEntry } from "./schema.ts";
import { matcherOf } from "../rows/match-row.ts";

export type Fault = { path: (string | number)[]; message: string };

/** What the schema can't see: names of the catalogue, formats, patterns, and settings that don't go together. */
export function checkMapping(mapping: MappingDocument): Fault[] {
  const faults: Fault[] = [];
  if (!isTimeZone(mapping.time_zone)) {
    faults.push({
      path: ["time_zone"],
      message: `"${mapping.time_zone}" is no IANA time zone; write one such as "Asia/Seoul".`,
    });
  }
  mapping.files.forEach((entry, index) => {
    const path = ["files", index];
    faults.push(...checkTable(entry, path));
    entry.join?.forEach((join, at) => faults.push(...checkJoin(join, [...path, "join", at])));
    faults.push(...(entry.records === "readings" ? checkReadings(entry, path) : checkRecords(entry, path)));
  });
  return faults;
}

function checkTable(
  table: Pick<Entry, "encoding" | "skip_when" | "only_when" | "header" | "names">,
  path: Fault["path"],
): Fault[] {
  const faults: Fault[] = [];
  for (const key of ["skip_when", "only_when"] as const) {
    for (const [column, wanted] of Object.entries(table[key] ?? {})) {
      const problem = problemOf(() => matcherOf(wanted));
      if (problem) faults.push({ path: [...path, key, column], message: problem });
    }
  }
  if (table.encoding && problemOf(() => encodingName(table.encoding ?? "")))
    faults.push({
      path: [...path, "encoding"],
      message: `"${table.encoding}" is no known encoding; write utf-8, cp949 (euc-kr), windows-1252, utf-16le …`,
    });
  return faults;
}

function checkJoin(join: JoinSpec, path: Fault["path"]): Fault[] {
  return [
    ...checkTable(join, path),
    ...join.on.flatMap((pair, index) =>
      (["here", "there"] as const).flatMap((side) =>
        checkCell(pair[side], pair.as === "time" ? timeField : textField, [...path, "on", index, side]),
      ),
    ),
  ];
}

const textField = { name: "text", type: "text" } as const;
const timeField = { name: "time", type: "time" } as const;
const numberField = { name: "value", type: "number" } as const;

function checkRecords(entry: RecordsEntry, path: Fault["path"]): Fault[] {
  const faults: Fault[] = [];
  const fields = catalogue[entry.records].fields;
  const known = fields.map((field) => field.name);
  const missing = (name: string): string => `${entry.records} has no field "${name}". ${suggestion(name, known)}`;
  for (const [name, spec] of Object.entries(entry.columns)) {
    const field = fields.find((one) => one.name === name);
    if (!field) faults.push({ path: [...path, "columns", name], message: missing(name) });
    else faults.push(...checkCell(spec, field, [...path, "columns", name]));
  }
  for (const name of Object.keys(entry.defaults ?? {}))
    if (!known.includes(name)) faults.push({ path: [...path, "defaults", name], message: missing(name) });
  for (const name of entry.key ?? [])
    if (!(name in entry.columns))
      faults.push({ path: [...path, "key"], message: `"${name}" is in key but not among the columns.` });
  if (entry.key && entry.columns.id)
    faults.push({ path: [...path, "key"], message: "id already names the row; leave out either key or columns.id." });
  if (entry.unique && !entry.columns.id && !entry.key)
    faults.push({
      path: [...path, "unique"],
      message: "unique needs an id or a key that says which rows are the same.",
    });
  if (entry.records === "equipment" && !entry.columns.id)
    faults.push({ path: [...path, "columns"], message: "equipment needs columns.id." });
  if (entry.measurements && entry.records !== "inspections")
    faults.push({ path: [...path, "measurements"], message: "measurements is for records: inspections." });
  if (entry.measurements && entry.columns.value)
    faults.push({
      path: [...path, "columns", "value"],
      message: "with measurements the value comes from their columns; leave this out.",
    });
  return faults;
}

function checkReadings(entry: ReadingsEntry, path: Fault["path"]): Fault[] {
  const faults = checkCell(entry.time, timeField, [...path, "time"]);
  for (const key of ["equipment", "tag", "unit"] as const) {
    const spec = entry[key];
    if (spec) faults.push(...checkCell(spec, textField, [...path, key]));
  }
  if (entry.value) faults.push(...checkCell(entry.value, numberField, [...path, "value"]));
  const long = entry.tag !== undefined && entry.value !== undefined;
  if (!long && !entry.tags)
    faults.push({
      path,
      message: 'readings need either tag and value (one reading a row) or tags (one column a tag; "*" for all).',
    });
  if (entry.tags && (entry.tag || entry.value))
    faults.push({
      path: [...path, "tags"],
      message: "tags (one column a tag) doesn't go with tag and value (one reading a row).",
    });
  if (entry.tags && !entry.equipment)
    faults.push({
      path,
      message: "say which equipment the columns belong to: equipment: a column, or {constant: ID}.",
    });
  return faults;
}

function checkCell(spec: CellSpec, field: Pick<Field, "name" | "type">, path: Fault["path"]): Fault[] {
  const faults: Fault[] = [];
  const add = (key: string, message: string): number => faults.push({ path: [...path, key], message });
  for (const key of ["extract", "replace"] as const) {
    const pattern = key === "extract" ? spec.extract : spec.replace?.[0];
    if (pattern !== undefined && problemOf(() => new RegExp(pattern, "u")))
      add(key, `"${pattern}" is no regular expression.`);
  }
  if (spec.time_zone && !isTimeZone(spec.time_zone)) add("time_zone", `"${spec.time_zone}" is no IANA time zone.`);
  if (spec.format !== undefined && field.type === "time" && !isSpecialTimeFormat(spec.format)) {
    const problem = problemOf(() => compileTimeFormat(spec.format ?? ""));
    if (problem) add("format", problem);
  }
  if (spec.format !== undefined && field.type === "minutes" && !["h:mm", "mm:ss"].includes(spec.format))
    add("format", 'a duration is written "h:mm" (also h:mm:ss; the default) or "mm:ss".');
  if (spec.format !== undefined && field.type !== "time" && field.type !== "minutes")
    add("format", `format is for times and durations; ${field.name} is a ${field.type}.`);
  if (spec.day_first !== undefined && field.type !== "time") add("day_first", `${field.name} is no time.`);
  if (field.type === "minutes" && spec.unit && !(durationUnits as readonly string[]).includes(spec.unit))
    add("unit", `a duration's unit is one of ${durationUnits.join(", ")}.`);
  if (spec.lookup) {
    const known = catalogue[spec.lookup.records].fields.map((one) => one.name);
    for (const name of [...spec.lookup.by, spec.lookup.take])
      if (!known.includes(name))
        add("lookup", `${spec.lookup.records} has no field "${name}". ${suggestion(name, known)}`);
  }
  return faults;
}

function problemOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
