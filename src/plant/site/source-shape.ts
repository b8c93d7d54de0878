import { z } from "zod";
import { isTimeZone } from "../import/values/zoned-time.ts";

// What every source of the site file has beside its own settings.

/** The store that Sunbae keeps itself; no source of the site file may be called so. */
const taken = new Set(["embedded", "sample", "memory", "readings", "sunbae"]);

export const sourceName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u, "use 1–64 letters, digits, . _ -")
  .refine((name) => !taken.has(name.toLowerCase()), "Sunbae uses this name itself; choose another.");

/** Ids or globs ("CNC-*") of the machines that live in a source. */
export const machineList = z
  .array(z.union([z.string().min(1), z.number()]).transform(String))
  .min(1, "name a machine, or leave `machines` out for all that the source lists");

export const timeZoneName = z.string().refine(isTimeZone, "is not an IANA time zone; write one like Asia/Seoul.");
