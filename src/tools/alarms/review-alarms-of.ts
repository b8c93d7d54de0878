import { reviewAlarmLoad } from "../../plant/analysis/operations/alarm-review.ts";
import { machinesCondition, resolveMachines, type Machines } from "../arguments/equipment.ts";
import { latestSpan } from "../arguments/latest-span.ts";
import { isSample } from "../sample.ts";
import { say } from "../wording.ts";
import type { ToolContext, ToolResult } from "../tool.ts";
import { alarmEvidence, noAlarms } from "./alarm-evidence.ts";
import type { AlarmReport } from "./alarm-output.ts";
import { loadAlarms } from "./load-alarms.ts";

type Input = {
  equipment?: string | undefined;
  period?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  operators?: number | undefined;
  code?: string | undefined;
};

const usualDays = 30;

export async function reviewAlarmsOf(input: Input, context: ToolContext): Promise<ToolResult> {
  const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
  const span = await readSpan(input, machines, context);
  const label = machines?.label ?? say(context.language, "공장 전체", "the whole plant");
  const loaded = await loadAlarms({ machines, code: input.code, ...span }, context);
  const operators = input.operators ?? 1;
  const review = reviewAlarmLoad(loaded.alarms, { ...span, operators, carried: loaded.carried });
  const report: AlarmReport = {
    found: review.alarms > 0 || (review.standing?.length ?? 0) > 0,
    label,
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    operators,
    left: loaded.left,
    warnings: loaded.warnings,
    allEvents: loaded.allEvents,
    ...review,
  };
  const evidence = report.found
    ? alarmEvidence(report, { machines, texts: loaded.texts }, context)
    : [await noAlarms(report, machines, context)];
  const sample = await isSample(machines, context);
  for (const one of evidence) one.source.sample = sample;
  return { output: report, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
}

/** Not before the first event on record: a rate must not count time that nobody recorded. */
async function readSpan(
  input: Input,
  machines: Machines | null,
  context: ToolContext,
): Promise<{ from: number; to: number }> {
  const records = {
    records: "events",
    field: "started_at",
    where: machinesCondition(machines),
    days: usualDays,
  } as const;
  const { from, to } = await latestSpan(input, records, context);
  const { from: first } = await context.mes.coverage("events");
  return { from: first && first.getTime() < to ? Math.max(from, first.getTime()) : from, to };
}
