import { z } from "zod";
import { retentionSettings } from "../sensors/retention-settings.ts";
import { machineRulesSettings } from "./machine-rules-settings.ts";
import { clock, plannedTimeSettings } from "./planned-time-settings.ts";
import { collectorSettings, mesStoreSettings, sensorStoreSettings } from "./source-schemas.ts";
import { timeZoneName } from "./source-shape.ts";

const shift = z.strictObject({
  name: z.string().min(1),
  /** How people call it: "주간조", "day shift". */
  words: z.array(z.string().min(1)).min(1),
  start: clock,
  end: clock,
});

/** The site file, whole. */
export const siteSchema = z.strictObject({
  time_zone: timeZoneName.optional(),
  shifts: z.array(shift).min(1).optional(),
  planned_time: plannedTimeSettings.optional(),
  sensor_stores: z.array(sensorStoreSettings).default([]),
  mes_stores: z.array(mesStoreSettings).default([]),
  collectors: z.array(collectorSettings).default([]),
  retention: retentionSettings.optional(),
  machine_rules: machineRulesSettings.default([]),
});

export type SiteDocument = z.output<typeof siteSchema>;
