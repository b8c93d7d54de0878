import { foldName } from "../../plant/directory/directory.ts";
import type { Condition, RecordSetName } from "../../plant/records.ts";
import type { People } from "../people.ts";
import type { ToolContext } from "../tool.ts";

/** The recorded values that a code means however it is spelt ("al 5" → "AL-05"); the text itself where none is on record. */
async function recordedCodes(
  records: RecordSetName,
  field: string,
  text: string,
  { mes }: ToolContext,
): Promise<string[]> {
  const folded = foldName(text);
  const entries = await mes.vocabulary(records, field, 5000);
  const found = entries.map((entry) => entry.value).filter((value) => foldName(value) === folded);
  return found.length > 0 ? found : [text];
}

/** The condition that a field holds the code; none where no code is asked for. */
export async function codeCondition(
  records: RecordSetName,
  field: string,
  text: string | undefined,
  context: ToolContext,
): Promise<Condition[]> {
  return text === undefined ? [] : [anyOf(field, await recordedCodes(records, field, text, context))];
}

/** The condition that a field with names holds the words; the whole value where one is exactly that. */
export async function nameCondition(
  records: RecordSetName,
  field: string,
  text: string | undefined,
  context: ToolContext,
  naming: People = (value) => value ?? "",
): Promise<Condition[]> {
  if (text === undefined) return [];
  const folded = foldName(text);
  const values = (await context.mes.vocabulary(records, field, 5000)).map(({ value, label }) => ({
    value,
    forms: [value, naming(value), label ?? ""].map(foldName),
  }));
  const exact = values.filter((one) => one.forms.includes(folded));
  const fits = exact.length > 0 ? exact : values.filter((one) => one.forms.some((form) => form.includes(folded)));
  return [anyOf(field, fits.length > 0 ? fits.map((one) => one.value) : [text])];
}

export function anyOf(field: string, values: string[]): Condition {
  const [only] = values;
  return values.length === 1 && only !== undefined
    ? { field, op: "eq", value: only }
    : { field, op: "in", value: values };
}
