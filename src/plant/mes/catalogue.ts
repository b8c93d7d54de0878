import { codeMaps, failureCodes, parts, people, workOrders } from "./catalogue/maintenance.ts";
import { downtimes, equipment, events, jobOrders, tags } from "./catalogue/operations.ts";
import { inspections, lotLinks, lots } from "./catalogue/quality.ts";
import { SunbaeError } from "../../core/errors.ts";
import type { Field, RecordSet, RecordSetName } from "../records.ts";

export const catalogue: Record<RecordSetName, RecordSet> = {
  equipment,
  tags,
  events,
  work_orders: workOrders,
  failure_codes: failureCodes,
  code_maps: codeMaps,
  job_orders: jobOrders,
  lots,
  lot_links: lotLinks,
  inspections,
  parts,
  downtimes,
  people,
};

export const recordSetNames = Object.keys(catalogue) as RecordSetName[];

/** The record set of a name; throws `invalid_input` naming those there are. */
export function recordSetOf(name: RecordSetName): RecordSet {
  if (Object.hasOwn(catalogue, name)) return catalogue[name];
  throw new SunbaeError("invalid_input", `There is no record set "${name}".`, {
    fix: `Use one of: ${recordSetNames.join(", ")}.`,
  });
}

/** The field of a record set; throws `invalid_input` naming the fields there are. */
export function fieldOf(records: RecordSetName, name: string): Field {
  const found = recordSetOf(records).fields.find((field) => field.name === name);
  if (found) return found;
  const known = catalogue[records].fields.map((field) => field.name).join(", ");
  throw new SunbaeError("invalid_input", `${records} has no field "${name}".`, { fix: `Use one of: ${known}.` });
}
