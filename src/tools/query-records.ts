import { answerRecords } from "./records/answer-records.ts";
import { recordsQuestionSchema, type RecordsQuestion } from "./records/query.ts";
import { catalogue, fieldOf } from "../plant/mes/catalogue.ts";
import type { Condition } from "../plant/records.ts";
import { SunbaeError } from "../core/errors.ts";
import { defineTool } from "./tool.ts";

const fields = Object.values(catalogue)
  .map((set) => `${set.name}: ${set.fields.map((field) => field.name).join(", ")}`)
  .join("\n");

export const queryRecords = defineTool({
  name: "query_records",
  title: { ko: "기록 조회", en: "Query records" },
  description:
    "Counts, sums, groups or lists any plant records with conditions. Use it for every question that needs a number: " +
    `never count by yourself. Record sets and their fields:\n${fields}`,
  input: recordsQuestionSchema,
  agents: ["planner", "maintenance", "quality"],
  async run(input, context) {
    const question: RecordsQuestion = {
      ...input,
      where: input.where.map((one) => typed(input.records, one as Condition)),
    };
    for (const grouping of question.groupBy ?? []) fieldOf(question.records, grouping.field);
    const answer = await answerRecords(question, context);
    const { evidence, ...output } = answer;
    return { output, summary: evidence.text.split("\n")[0] ?? "", evidence: [evidence] };
  },
});

/** ISO strings of time fields become dates; an unknown field is refused by name. */
function typed(records: RecordsQuestion["records"], one: Condition): Condition {
  const field = fieldOf(records, one.field);
  if (field.type !== "time" || !("value" in one)) return one;
  const at = new Date(one.value as string);
  if (Number.isNaN(at.getTime()))
    throw new SunbaeError("invalid_input", `"${String(one.value)}" is no time for ${one.field}.`, {
      fix: "Use ISO 8601.",
    });
  return { ...one, value: at } as Condition;
}
