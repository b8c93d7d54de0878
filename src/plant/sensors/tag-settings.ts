import { z } from "zod";
import type { Tag } from "../sensor-store.ts";
import { machineList } from "../site/source-shape.ts";

// How the site file describes a tag of a sensor source, whatever the source is: who it is, its limits, and how the
// stored number becomes the value: value = stored × scale + offset.

const number = z.number();
const text = z.string().min(1);

export const tagShape = {
  id: text,
  /** The machine it belongs to. */
  equipment: text,
  name: text.optional(),
  name_ko: text.optional(),
  aliases: z.array(text).optional(),
  unit: z.string().optional(),
  normal_low: number.optional(),
  normal_high: number.optional(),
  alarm_low: number.optional(),
  alarm_high: number.optional(),
  scale: number.refine((scale) => scale !== 0, "must not be 0: every value would be the same").optional(),
  offset: number.optional(),
};

const tagSchema = z.object(tagShape);
export type TagSettings = z.infer<typeof tagSchema>;

/** Which stored qualities are good and which uncertain, whatever their case; all others are bad, none at all is good. */
export const qualityShape = {
  good: z.array(z.union([text, number])).min(1),
  uncertain: z.array(z.union([text, number])).default([]),
};

/** Spread into the settings of every sensor source. */
export const sourceShape = {
  /** Names a source in answers, in the log and for `sunbae doctor`. */
  name: z.string().regex(/^[\p{L}\p{N}._-]+$/u, "takes letters, digits, - _ and ."),
  /** Machines whose readings are here: ids, or globs like "CNC-*". */
  machines: machineList.optional(),
};

export function toTag(settings: TagSettings, source: string): Tag {
  return {
    id: settings.id,
    equipmentId: settings.equipment,
    name: settings.name ?? settings.name_ko ?? settings.id,
    nameKo: settings.name_ko ?? null,
    aliases: settings.aliases ?? [],
    unit: settings.unit ?? null,
    normalLow: settings.normal_low ?? null,
    normalHigh: settings.normal_high ?? null,
    alarmLow: settings.alarm_low ?? null,
    alarmHigh: settings.alarm_high ?? null,
    source,
  };
}

/** The settings of a tag from a row of the customer's own list; null where it says no id. */
export function tagSettingsOf(row: Record<string, unknown>): TagSettings | null {
  const textOf = (name: string) => (row[name] == null || row[name] === "" ? undefined : String(row[name]).trim());
  const numberOf = (name: string) => {
    const value = textOf(name) === undefined ? Number.NaN : Number(row[name]);
    return Number.isFinite(value) ? value : undefined;
  };
  const id = textOf("id");
  if (!id) return null;
  return {
    id,
    equipment: textOf("equipment") ?? "",
    name: textOf("name"),
    name_ko: textOf("name_ko"),
    unit: textOf("unit"),
    normal_low: numberOf("normal_low"),
    normal_high: numberOf("normal_high"),
    alarm_low: numberOf("alarm_low"),
    alarm_high: numberOf("alarm_high"),
    scale: numberOf("scale") || undefined,
    offset: numberOf("offset"),
  };
}
