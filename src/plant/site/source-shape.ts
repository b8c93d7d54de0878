import { z } from "zod";
import { isTimeZone } from "../import/values/zoned-time.ts";

/** Ids or globs ("CNC-*") of machines. */
export const machineList = z
  .array(z.union([z.string().min(1), z.number()]).transform(String))
  .min(1, "name a machine, or leave `machines` out for all");

export const timeZoneName = z.string().refine(isTimeZone, "is not an IANA time zone; write one like Asia/Seoul.");
