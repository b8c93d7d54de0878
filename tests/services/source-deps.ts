import { createLogger } from "../../src/observability/logger.ts";
import type { TagSettings } from "../../src/plant/sensors/tag-settings.ts";
import type { Tag } from "../../src/plant/sensor-store.ts";
import type { SourceDeps } from "../../src/plant/source.ts";

export const sourceDeps: SourceDeps = {
  logger: createLogger({ level: "silent" }),
  now: () => new Date("2026-03-10T00:00:00Z"),
  timeZone: "Asia/Seoul",
  mayReach: () => {},
};

/** A tag as the site file writes it. */
export function tagSettings(tag: Tag): TagSettings {
  const limits = {
    normal_low: tag.normalLow,
    normal_high: tag.normalHigh,
    alarm_low: tag.alarmLow,
    alarm_high: tag.alarmHigh,
  };
  const given = { name_ko: tag.nameKo, unit: tag.unit, ...limits };
  const kept = Object.entries(given).filter(([, value]) => value !== null);
  return { id: tag.id, equipment: tag.equipmentId, name: tag.name, aliases: tag.aliases, ...Object.fromEntries(kept) };
}
