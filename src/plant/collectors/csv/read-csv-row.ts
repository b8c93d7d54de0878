import { splitUnit } from "../../import/rows/wide-columns.ts";
import { readNumber } from "../../import/values/read-number.ts";
import { readSpecialTime, readTime } from "../../import/values/read-time.ts";
import { compileTimeFormat, isSpecialTimeFormat, type ReadTime } from "../../import/values/time-format.ts";
import type { Zone } from "../../import/values/zoned-time.ts";
import { fillTemplate } from "../mqtt/topic-template.ts";
import type { HeardReading } from "../reading-intake.ts";
import type { CsvCollectorSettings } from "./csv-settings.ts";

export type RowRead = { readings: HeardReading[]; leftOut: string[] };

const clean = (name: string): string => name.replace(/^\ufeff/, "").trim();

/** A reader of a file's rows. Throws, naming the columns there are, where one of the site file is not among them. */
export function createRowReader(
  settings: CsvCollectorSettings,
  header: string[],
  names: Record<string, string>,
  zone: Zone,
) {
  const columns = header.map(clean);
  const at = (name: string): number => {
    const found = columns.findIndex((column) => column.toLowerCase() === clean(name).toLowerCase());
    if (found < 0) throw new Error(`has no column "${name}"; there are ${columns.slice(0, 12).join(", ")}`);
    return found;
  };
  const timeAt = [settings.time].flat().map(at);
  const equipmentAt = settings.equipment_column === undefined ? null : at(settings.equipment_column);
  const tagAt = settings.tag_column === undefined ? null : at(settings.tag_column);
  const valueAt = settings.value_column === undefined ? null : at(settings.value_column);
  const aside = new Set([...timeAt, ...(equipmentAt === null ? [] : [equipmentAt])]);
  const wide = (settings.columns?.map(at) ?? columns.map((_, index) => index)).filter((index) => !aside.has(index));
  const wideTags = new Map(wide.map((index) => [index, splitUnit(columns[index] ?? "")]));
  const timeOf = timeReader(settings);
  const toleranceMs = settings.clock_tolerance_s * 1000;

  return function read(cells: string[], receivedMs: number): RowRead {
    const written = timeAt
      .map((index) => cells[index]?.trim() ?? "")
      .join(" ")
      .trim();
    if (written === "") return { readings: [], leftOut: ["a row without a time"] };
    const local = timeOf(written);
    if (!local) return { readings: [], leftOut: [`a time that can't be read: ${written}`] };
    const atMs =
      local.offsetMinutes === undefined ? zone.instantOf(local.localMs) : local.localMs - local.offsetMinutes * 60_000;
    if (atMs > receivedMs + toleranceMs) return { readings: [], leftOut: [`a time in the future: ${written}`] };
    const equipment =
      (equipmentAt === null ? "" : cells[equipmentAt]?.trim()) || settings.equipment || names["equipment"];
    if (!equipment) return { readings: [], leftOut: ["a row that names no machine"] };
    const found: RowRead = { readings: [], leftOut: [] };
    const add = (tag: string, unit: string | null, cell: string) => {
      const number = readNumber(cell, settings.decimal);
      if (!number) return void found.leftOut.push(`a value that is no number: ${tag} = ${cell}`);
      const id = fillTemplate(settings.id, { ...names, equipment, tag });
      if (id === null) return void found.leftOut.push(`a tag that can't be named: ${tag}`);
      const about = { id, equipment, name: tag, unit: unit ?? number.unit };
      found.readings.push({ tag: about, atMs, value: number.value, quality: "good" });
    };
    if (tagAt !== null && valueAt !== null) {
      const { name, unit } = splitUnit(cells[tagAt]?.trim() ?? "");
      const cell = cells[valueAt]?.trim() ?? "";
      if (name === "") found.leftOut.push("a row that names no tag");
      else if (cell !== "") add(name, unit, cell);
      return found;
    }
    for (const [index, { name, unit }] of wideTags) {
      const cell = cells[index]?.trim() ?? "";
      // Texts beside the numbers (a state, a remark) are no tags, unless the site file names their column.
      if (cell !== "" && (settings.columns || readNumber(cell, settings.decimal))) add(name, unit, cell);
    }
    return found;
  };
}

function timeReader({
  time_format: format,
  date_order: order,
}: CsvCollectorSettings): (text: string) => ReadTime | undefined {
  if (format === undefined) return (text) => readTime(text, order);
  if (isSpecialTimeFormat(format)) return (text) => readSpecialTime(text, format);
  return compileTimeFormat(format);
}
