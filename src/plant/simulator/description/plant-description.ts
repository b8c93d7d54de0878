import { z } from "zod";
import { fault } from "./fault-schema.ts";
import { failureCode, incident, material, part, product, routine, stopReason } from "./production-schema.ts";
import { area, machine, model, person, site, workCenter } from "./site-schema.ts";

export const plantDescription = z.strictObject({
  site,
  areas: z.array(area).min(1),
  work_centers: z.array(workCenter).min(1),
  machines: z.array(machine).min(1),
  people: z.array(person).min(1),
  models: z.array(model).min(1),
  parts: z.array(part),
  materials: z.array(material),
  products: z.array(product),
  failure_codes: z.array(failureCode),
  stop_reasons: z.array(stopReason),
  routines: z.array(routine),
  incidents: z.array(incident),
  faults: z.array(fault),
});

export type PlantDescription = z.infer<typeof plantDescription>;
