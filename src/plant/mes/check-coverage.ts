import { SunbaeError } from "../../core/errors.ts";
import type { Field, RecordSetName } from "../records.ts";
import { fieldOf, recordSetOf } from "./catalogue.ts";
import { checkPage } from "./check-query.ts";

/** The fields behind `coverage`: when a row happened, and whose it is where a machine is asked for. */
export function coverageFields(
  records: RecordSetName,
  equipmentId: string | undefined,
): { time: Field | null; equipment: Field | null } {
  const { fields, timeField } = recordSetOf(records);
  const time = timeField ? fieldOf(records, timeField) : null;
  if (equipmentId === undefined) return { time, equipment: null };
  const name = records === "equipment" ? "id" : "equipment_id";
  const equipment = fields.find((field) => field.name === name);
  if (equipment) return { time, equipment };
  throw new SunbaeError("invalid_input", `${records} belong to no machine.`, { fix: "Leave the equipment out." });
}

/** The fields behind `vocabulary`: the one asked for and, where it has one, the field that spells it out. */
export function vocabularyFields(
  records: RecordSetName,
  name: string,
  limit: number,
): { field: Field; description: Field | null; limit: number } {
  const field = fieldOf(records, name);
  if (field.type === "time")
    throw new SunbaeError("invalid_input", `${name} is a time and has no vocabulary.`, {
      fix: "Group by a bucket of it.",
    });
  const description = field.describedBy ? fieldOf(records, field.describedBy) : null;
  return { field, description, limit: checkPage({ limit }).limit ?? 0 };
}
