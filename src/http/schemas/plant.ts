import { z } from "zod";
import { named } from "../schema.ts";

export const equipment = named(
  "Equipment",
  z.object({
    id: z.string(),
    name: z.string(),
    nameKo: z.string().nullable(),
    aliases: z.array(z.string()),
    class: z.string().nullable(),
    model: z.string().nullable(),
    level: z.enum(["enterprise", "site", "area", "work_center", "work_unit"]).nullable(),
    parentId: z.string().nullable(),
    source: z.string(),
    sample: z.boolean().describe("True for the sample plant"),
  }),
);

const tagFields = {
  id: z.string(),
  equipmentId: z.string(),
  name: z.string(),
  nameKo: z.string().nullable(),
  aliases: z.array(z.string()),
  unit: z.string().nullable(),
  normalLow: z.number().nullable(),
  normalHigh: z.number().nullable(),
  alarmLow: z.number().nullable(),
  alarmHigh: z.number().nullable(),
  source: z.string(),
};
export const tag = named("Tag", z.object(tagFields));

const latestReading = z.object({
  at: z.string(),
  value: z.number(),
  quality: z.enum(["good", "uncertain", "bad"]),
});

export const equipmentDetail = named(
  "EquipmentDetail",
  z.object({
    equipment,
    /** The machines below an area or line; the machine itself otherwise. */
    units: z.array(z.string()),
    tags: z.array(z.object({ ...tagFields, latest: latestReading.nullable() })),
  }),
);

export const series = named(
  "Series",
  z.object({
    tag,
    points: z.array(
      z.object({ at: z.string(), min: z.number(), max: z.number(), mean: z.number(), count: z.number() }),
    ),
  }),
);

export const auditEntry = named(
  "AuditEntry",
  z.object({
    seq: z.number(),
    at: z.string(),
    actor: z.string(),
    door: z.string(),
    action: z.string(),
    entity: z.string(),
    entityId: z.string(),
    details: z.unknown(),
    previousHash: z.string(),
    hash: z.string(),
  }),
);
