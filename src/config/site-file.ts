import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { SunbaeError } from "../core/errors.ts";
import type { Shift } from "../core/periods/period.ts";
import { isTimeZone } from "./settings.ts";

// The site file (SUNBAE_SITE_FILE, YAML): what a plant says about itself. Today its time zone and its shifts.

export type Site = { timeZone: string | null; shifts: Shift[] | null };

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like "08:00" (in quotes)');
const siteFile = z.strictObject({
  time_zone: z.string().refine(isTimeZone, "is not an IANA time zone; write one like Asia/Seoul").optional(),
  shifts: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** How people call it: "주간조", "day shift". */
        words: z.array(z.string().min(1)).min(1),
        start: clock,
        end: clock,
      }),
    )
    .min(1)
    .optional(),
});

/** Throws `invalid_input` with one detail for each fault. */
export function readSiteFile(path: string): Site {
  const parsed = siteFile.safeParse(readYaml(path));
  if (parsed.success) return { timeZone: parsed.data.time_zone ?? null, shifts: parsed.data.shifts ?? null };
  const details = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  throw new SunbaeError(
    "invalid_input",
    `The site file ${path} has faults: ${details.map((one) => `${one.path || "it"} ${one.message}`).join("; ")}.`,
    { fix: "It takes time_zone, and shifts with name, words, start and end.", details },
  );
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8")) ?? {};
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SunbaeError("invalid_input", `The site file ${path} can't be read: ${why}`, {
      fix: "Set SUNBAE_SITE_FILE to a YAML file that this user may read, or leave it out.",
      cause,
    });
  }
}
