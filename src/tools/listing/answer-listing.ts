import type { Language } from "../../core/context.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import type { Measure, Row } from "../../plant/records.ts";
import type { Coverage } from "../../plant/mes-store.ts";
import type { Machines } from "../arguments/equipment.ts";
import { answerRecords, valueText, type RecordsAnswer } from "../records/answer-records.ts";
import { recordsLabel } from "../records/describe-query.ts";
import type { RecordsQuestion } from "../records/query.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext, ToolResult } from "../tool.ts";

// A listing: rows of one record set, their number, and what they are mostly made of, as one piece of evidence.

export type Listing = {
  question: RecordsQuestion;
  machines: Machines | null;
  /** What the rows are called, where not by the record set's own name. */
  name?: Record<Language, string>;
  /** The field whose weightiest values are told in the first line, by count or by a measure. */
  breakdown?: { field: string; measure?: Measure };
  /** Further sentences; told after the first line. */
  notes?: string[];
};

export type ListingOutput = {
  found: boolean;
  total: number;
  shown: number;
  /** The conditions in words. */
  reading: string;
  rows: Row[];
  breakdown: { key: string | number | boolean | null; label: string; value: number | null }[];
  /** Where nothing was found: what there is. */
  coverage: Coverage | null;
};

const told = 5;

export async function answerListing(listing: Listing, context: ToolContext): Promise<ToolResult<ListingOutput>> {
  const { question, breakdown, machines } = listing;
  const answer = await answerRecords(question, context);
  const parts =
    breakdown && answer.total > 0 ? await answerRecords(breakdownQuestion(question, breakdown), context) : null;
  const groups = (parts?.groups ?? []).map(({ key, label, value }) => ({ key: key[0] ?? null, label, value }));
  const output: ListingOutput = {
    found: answer.total > 0,
    total: answer.total,
    shown: answer.rows.length,
    reading: answer.reading,
    rows: answer.rows,
    breakdown: groups,
    coverage: answer.coverage,
  };
  const evidence = toEvidence(listing, answer, output, context);
  if (machines?.one) evidence.equipmentId = machines.one.id;
  if (machines?.sample) evidence.source.sample = true;
  return { output, summary: evidence.text.split("\n")[0] ?? "", evidence: [evidence] };
}

function breakdownQuestion(
  { records, where }: RecordsQuestion,
  { field, measure }: NonNullable<Listing["breakdown"]>,
): RecordsQuestion {
  return { records, where, measure: measure ?? { kind: "count" }, groupBy: [{ field }], limit: 1 };
}

function toEvidence(
  listing: Listing,
  answer: RecordsAnswer,
  output: ListingOutput,
  context: ToolContext,
): EvidenceDraft {
  const { language } = context;
  const { question, breakdown } = listing;
  const own = recordsLabel(question.records, language);
  const name = listing.name?.[language] ?? own;
  const [head = "", ...rest] = answer.evidence.text.split("\n");
  const measure = breakdown?.measure ?? { kind: "count" };
  const weights = output.breakdown
    .slice(0, told)
    .map(
      ({ label, value }) =>
        `${label} ${valueText(question, measure, value, language)}${measure.kind === "count" ? say(language, "건", "") : ""}`,
    );
  const more =
    output.breakdown.length > told
      ? say(language, ` 외 ${output.breakdown.length - told}가지`, ` and ${output.breakdown.length - told} more`)
      : "";
  const first =
    (head.startsWith(own) ? name + head.slice(own.length) : head) +
    (weights.length > 0 ? ` — ${weights.join(", ")}${more}` : "");
  const cut = output.total > output.shown && output.shown > 0;
  return {
    ...answer.evidence,
    title: listing.machines?.one ? `${listing.machines.label} · ${name}` : name,
    text: lines(
      first,
      ...(listing.notes ?? []),
      ...rest,
      cut &&
        say(
          language,
          `${output.total}건 중 ${output.shown}건만 표시했습니다.`,
          `Showing ${output.shown} of ${output.total}.`,
        ),
    ),
    data: output,
  };
}
