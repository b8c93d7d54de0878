import { z } from "zod";
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

const retention = z.strictObject({
  /** Readings as they came are kept so long. */
  raw_days: z.number().int().min(1).optional(),
  /** Hourly means, minima and maxima are kept so long. */
  hourly_days: z.number().int().min(1).optional(),
});

/** The site file, whole. */
export const siteSchema = z.strictObject({
  time_zone: timeZoneName.optional(),
  shifts: z.array(shift).min(1).optional(),
  planned_time: plannedTimeSettings.optional(),
  sensor_stores: z.array(sensorStoreSettings).default([]),
  mes_stores: z.array(mesStoreSettings).default([]),
  collectors: z.array(collectorSettings).default([]),
  retention: retention.optional(),
});

export type SiteDocument = z.output<typeof siteSchema>;
export type RetentionSettings = z.output<typeof retention>;
