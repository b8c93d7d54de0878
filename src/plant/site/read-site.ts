import { SunbaeError } from "../../core/errors.ts";
import type { ErrorDetail } from "../../core/errors.ts";
import type { Shift } from "../../core/periods/period.ts";
import type { SiteText } from "../../core/site-text.ts";
import { describeIssues } from "../yaml/describe-issues.ts";
import { readYaml } from "../yaml/read-yaml.ts";
import { expandValues, readExpandedNumbers } from "./expand-values.ts";
import { toPlannedShifts } from "./planned-time-settings.ts";
import type { PlannedTimeSettings } from "./planned-time.ts";
import type { RetentionSettings } from "../sensors/retention-settings.ts";
import { siteSchema, type SiteDocument } from "./site-schema.ts";

// Site: what one YAML file says of a plant: its clock, shifts and planned time, where its data live, what is collected.

export type Site = {
  /** Where it was read; null where there is no site file. */
  path: string | null;
  timeZone: string | null;
  shifts: Shift[] | null;
  plannedTime: Omit<PlannedTimeSettings, "timeZone"> | null;
  sensorStores: SiteDocument["sensor_stores"];
  mesStores: SiteDocument["mes_stores"];
  collectors: SiteDocument["collectors"];
  retention: RetentionSettings | null;
  machineRules: SiteDocument["machine_rules"];
};

export const noSite: Site = {
  path: null,
  timeZone: null,
  shifts: null,
  plannedTime: null,
  sensorStores: [],
  mesStores: [],
  collectors: [],
  retention: null,
  machineRules: [],
};

/** Throws `invalid_input` with one detail (line, fix) for each fault. */
export function readSite(given: SiteText | null): Site {
  if (given === null) return noSite;
  const { site, faults } = checkSite(given);
  if (site) return site;
  const [first] = faults;
  const where = first?.line === undefined ? "" : `, line ${first.line}`;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  throw new SunbaeError(
    "invalid_input",
    `The site file ${given.path}${where}: ${first?.message ?? "is wrong."}${more}`,
    {
      fix: `Mend the lines named; \`sunbae doctor --site ${given.path}\` shows all faults.`,
      details: faults,
    },
  );
}

/** The site, or all that is wrong with it, in the order of its lines. */
export function checkSite({ path, text, values }: SiteText): { site: Site | null; faults: ErrorDetail[] } {
  const { yaml, faults } = readYaml(text);
  if (faults.length > 0) return { site: null, faults };
  const expanded = expandValues(yaml, values);
  const whole = expanded.value ?? {};
  let parsed = siteSchema.safeParse(whole);
  const wanted = (parsed.error?.issues ?? []).flatMap((issue) =>
    issue.code === "invalid_type" && issue.expected === "number" ? [issue.path as (string | number)[]] : [],
  );
  if (readExpandedNumbers(whole, wanted, expanded.from)) parsed = siteSchema.safeParse(whole);
  const unset = new Set(expanded.faults.map((fault) => fault.path));
  const wrong = describeIssues(parsed.error?.issues ?? [], {
    yaml,
    schema: siteSchema,
    whole: "the site file",
    choices: { kind: "kind says what the source is." },
  }).filter((fault) => !unset.has(fault.path));
  const names = parsed.success ? nameFaults(parsed.data) : [];
  const all = [
    ...expanded.faults,
    ...wrong,
    ...names.map(({ at, message }) => {
      const line = yaml.lineOf(at);
      return { path: at.join("."), ...(line !== undefined && { line }), message };
    }),
  ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { site: parsed.success && all.length === 0 ? toSite(path, parsed.data) : null, faults: all };
}

/** What Sunbae calls its own data; no source of the site file may be called so. */
const taken = new Set(["embedded", "sample", "memory", "readings", "sunbae"]);

/** A source is called by its name in answers, evidence and `doctor`: two may not share it. */
function nameFaults(site: SiteDocument): { at: (string | number)[]; message: string }[] {
  const seen = new Map<string, string>();
  return (["sensor_stores", "mes_stores", "collectors"] as const).flatMap((section) =>
    site[section].flatMap(({ name }, index) => {
      const at = [section, index, "name"];
      if (taken.has(name.toLowerCase()))
        return [{ at, message: `Sunbae uses the name "${name}" itself; choose another.` }];
      const other = seen.get(name.toLowerCase());
      seen.set(name.toLowerCase(), other ?? `${section}.${index}`);
      const message = `The name "${name}" is taken by ${other}; give each source a name of its own.`;
      return other === undefined ? [] : [{ at, message }];
    }),
  );
}

function toSite(path: string, document: SiteDocument): Site {
  const { planned_time: planned } = document;
  return {
    path,
    timeZone: document.time_zone ?? null,
    shifts: document.shifts ?? null,
    plannedTime: planned ? { shifts: toPlannedShifts(planned), holidays: planned.holidays } : null,
    sensorStores: document.sensor_stores,
    mesStores: document.mes_stores,
    collectors: document.collectors,
    retention: document.retention ?? null,
    machineRules: document.machine_rules,
  };
}
