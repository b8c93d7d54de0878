import type { Row } from "../../src/plant/records.ts";
import type { Tag } from "../../src/plant/sensor-store.ts";

/** A tag as the record that an import writes. */
export function tagRow(tag: Tag): Row {
  return {
    id: tag.id,
    equipment_id: tag.equipmentId,
    name: tag.name,
    name_ko: tag.nameKo,
    aliases: tag.aliases,
    unit: tag.unit,
    normal_low: tag.normalLow,
    normal_high: tag.normalHigh,
    alarm_low: tag.alarmLow,
    alarm_high: tag.alarmHigh,
  };
}
