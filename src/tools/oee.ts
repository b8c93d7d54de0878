import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import type { Interval } from "../plant/analysis/operations/intervals.ts";
import { computeOee, type OeeResult } from "../plant/analysis/operations/oee.ts";
import { machinesArgument, machinesCondition, resolveMachines } from "./arguments/equipment.ts";
import { latestSpan } from "./arguments/latest-span.ts";
import { periodFields } from "./arguments/period.ts";
import { compareSpans, reasonsOf, resultsOf, rowOf } from "./oee/compute-report.ts";
import { loadMachineTimes, type LoadedTimes } from "./oee/load-machine-times.ts";
import { noOee } from "./oee/no-oee.ts";
import { changeEvidence, oeeEvidence } from "./oee/oee-evidence.ts";
import { oeeNotes } from "./oee/oee-notes.ts";
import type { OeeBy, OeeComparison, OeeReport, OeeRow } from "./oee/oee-output.ts";
import { bucketsOf, spanBefore, usualBucket } from "./oee/spans.ts";
import { isSample } from "./sample.ts";
import { equipmentTitle, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

const usualDays = 30;

export const oeeTool = defineTool({
  name: "oee",
  title: { ko: "설비종합효율(OEE)", en: "OEE" },
  description:
    "OEE by ISO 22400-2 of a machine, line or the plant in a period: availability, performance, quality, each loss in minutes that add up to the planned busy time, unplanned stops by reason, by machine or day/week/month, and why it changed against the period before. " +
    "Use it for “OEE”, “how efficient”, “why did the OEE drop”, “설비 가동률”, “종합효율”.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    by: z
      .enum(["machine", "day", "week", "month"])
      .optional()
      .describe(
        "What the rows are; machines where several are meant, else days, weeks or months by the length of the period.",
      ),
    compare: z.boolean().optional().describe("False: leave out the comparison with the period before."),
  }),
  agents: ["planner"],
  async run(input, context) {
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const records = {
      records: "job_orders",
      field: "ended_at",
      where: machinesCondition(machines),
      days: usualDays,
    } as const;
    const { from, to } = await latestSpan(input, records, context);
    const span: Interval = { from, to };
    const before = spanBefore(span, context.ctx.timeZone);
    const compared = input.compare !== false;
    const whole: Interval = compared ? { from: Math.min(before.from, span.from), to: span.to } : span;
    const loaded = await loadMachineTimes(machines && (await withLines(machines.ids, context)), whole, context);
    const results = resultsOf(loaded, span);
    const label = machines?.label ?? say(context.language, "공장 전체", "the whole plant");
    if (results.size === 0) return await noOee({ label, machines, span }, context);
    const labels = await labelsOf(context);
    const by: OeeBy = input.by ?? (results.size > 1 ? "machine" : usualBucket(span));
    const total = rowOf("total", label, [...results.values()]);
    const report: OeeReport = {
      found: total.oee !== null,
      label,
      from: new Date(span.from).toISOString(),
      to: new Date(span.to).toISOString(),
      basis: loaded.basis,
      total,
      by,
      rows: rowsOf(by, { span, loaded, results, labels }, context),
      reasons: reasonsOf(results.values()),
      plannedStops: reasonsOf(results.values(), "plannedStops"),
      change: compared ? comparison({ before, span, loaded, results, labels }) : null,
      notes: oeeNotes(results, loaded, context),
    };
    const evidence: EvidenceDraft[] = [oeeEvidence(report, machines, [...results.keys()], context)];
    if (report.change) evidence.push(changeEvidence(report, report.change, machines, context));
    const sample = await isSample(machines, context);
    for (const one of evidence) one.source.sample = sample;
    return { output: report, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

/** The machines, and the lines and areas made of nothing else: some plants book orders and stops on the line. */
async function withLines(ids: readonly string[], { directory }: ToolContext): Promise<string[]> {
  const { all, unitsOf } = await directory.load();
  const wanted = new Set(ids);
  const lines = all.filter(({ id }) => {
    const units = wanted.has(id) ? [] : unitsOf(id);
    return units.length > 0 && units.every((unit) => wanted.has(unit));
  });
  return [...ids, ...lines.map(({ id }) => id)];
}

async function labelsOf({ directory, language }: ToolContext): Promise<(id: string) => string> {
  const { byId } = await directory.load();
  return (id) => {
    const found = byId.get(id);
    return found ? equipmentTitle(found, language) : id;
  };
}

type Task = {
  span: Interval;
  loaded: LoadedTimes;
  results: Map<string, OeeResult>;
  labels: (id: string) => string;
};

function rowsOf(by: OeeBy, { span, loaded, results, labels }: Task, context: ToolContext): OeeRow[] {
  if (by === "machine")
    return [...results]
      .map(([id, result]) => rowOf(id, labels(id), [result]))
      .sort((a, b) => (a.oee ?? 2) - (b.oee ?? 2));
  return bucketsOf(span, by, context).map((bucket) =>
    rowOf(
      bucket.key,
      bucket.label,
      [...results.keys()].flatMap((id) => {
        const times = loaded.machines.get(id);
        return times ? [computeOee(times, bucket)] : [];
      }),
    ),
  );
}

function comparison({ before, loaded, results, labels }: Task & { before: Interval }): OeeComparison | null {
  const found = compareSpans(resultsOf(loaded, before), results, labels);
  return found && { from: new Date(before.from).toISOString(), to: new Date(before.to).toISOString(), ...found };
}
