import { z } from "zod";
import { qualityShape, sourceShape, tagShape } from "../tag-settings.ts";

// Sensor readings in InfluxDB, asked in InfluxQL by its v1 query API, which version 2 (with a mapping of database to
// bucket) and 3 serve too. Measurement, field and tag key are InfluxDB's words; a tag of ours is one field of one series.

const text = z.string().min(1);
const keys = z.record(text, z.string());
const quality = z
  .strictObject({ field: text, ...qualityShape })
  .refine(
    ({ good, uncertain }) => new Set([...good, ...uncertain].map((one) => typeof one)).size === 1,
    "is of texts or of numbers, not of both",
  );

const place = {
  measurement: text,
  /** Tag keys of InfluxDB with their values: { machine: "CNC-07" }. */
  where: keys.optional(),
  /** Every point must have it. */
  quality: quality.optional(),
};

const tag = z.strictObject({ ...tagShape, ...place, field: text.default("value") });

/** Every numeric field of every machine in a measurement becomes a tag. */
const series = z.strictObject({
  ...place,
  /** The tag key whose values are the machines. */
  equipment: text,
  id: z
    .string()
    .refine((id) => id.includes("{equipment}") && id.includes("{field}"), "needs {equipment} and {field}")
    .default("{equipment}.{field}"),
  fields: z.array(text).min(1).optional(),
});

export const influxSensorSettings = z
  .strictObject({
    ...sourceShape,
    kind: z.enum(["influxdb", "influx"]),
    url: z.url({ protocol: /^https?$/, error: 'is written as "http://10.0.0.5:8086"' }),
    database: text,
    retention_policy: text.optional(),
    user: text.optional(),
    password: z.string().optional(),
    token: text.optional(),
    timeout_ms: z.number().int().min(100).max(120_000).default(5_000),
    tags: z.array(tag).default([]),
    series: z.array(series).default([]),
  })
  .superRefine((settings, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    if (settings.tags.length + settings.series.length === 0)
      fault(["tags"], "is empty: list tags, or name measurements under series");
    if (settings.token !== undefined && settings.user !== undefined)
      fault(["token"], "stands beside a user: InfluxDB takes one of them");
    const ids = settings.tags.map((one) => one.id);
    ids.forEach((id, at) => ids.indexOf(id) < at && fault(["tags", at, "id"], `"${id}" is there twice`));
  });

export type InfluxSensorSettings = z.infer<typeof influxSensorSettings>;
export type InfluxQuality = z.infer<typeof quality>;
