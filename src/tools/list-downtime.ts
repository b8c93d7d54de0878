import { z } from "zod";
import { formatMinutes, formatTime } from "../core/format/format.ts";
import type { Condition, Row } from "../plant/records.ts";
import { nameCondition } from "./arguments/codes.ts";
import { machinesArgument, machinesCondition, resolveMachines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, spanConditions, type Span } from "./arguments/period.ts";
import { downtimeBars, paretoEvidence } from "./downtime/downtime-bars.ts";
import { answerListing } from "./listing/answer-listing.ts";
import { isSample } from "./sample.ts";
import { say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export const listDowntime = defineTool({
  name: "list_downtime",
  title: { ko: "비가동 이력", en: "List downtime" },
  description:
    "Stops of machines with reason and duration, newest first, with the total time and the time by reason. " +
    "With `by` also a Pareto: minutes, stops, share and cumulative share by reason, machine or shift. " +
    "Use it for “how long was it down”, “why did it stop”, “what is standing now”, “which stops cost most”, “비가동 파레토”.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    planned: z.boolean().optional().describe("True: only planned stops. False: only unplanned ones."),
    reason: z.string().trim().min(1).optional().describe("Reason code or words of the reason."),
    ongoing: z.boolean().optional().describe("Only stops that have not ended."),
    by: z.enum(["reason", "machine", "shift"]).optional().describe("Adds a Pareto of the downtime by this."),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(100)
      .optional()
      .describe("Rows wanted; 20 unless told. Totals are always of all."),
  }),
  agents: ["planner", "maintenance"],
  async run(input, context) {
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const span = readPeriod(input, context);
    const filter: Condition[] = [
      ...machinesCondition(machines),
      ...(input.planned === undefined ? [] : [{ field: "planned", op: "eq", value: input.planned } as const]),
      ...(await nameCondition("downtimes", "reason_code", input.reason, context)),
      ...(input.ongoing === true ? [{ field: "ended_at", op: "is_null" } as const] : []),
    ];
    const where = [...filter, ...spanConditions("started_at", span)];
    const sum = { kind: "sum", field: "duration_minutes" } as const;
    const whole = await context.mes.aggregate({
      records: "downtimes",
      where,
      timeZone: context.ctx.timeZone,
      measure: sum,
    });
    const minutes = whole.groups[0]?.value ?? null;
    const carried = await carriedIn(filter, span, context);
    const { language } = context;
    const notes = [
      minutes === null
        ? ""
        : say(
            language,
            `합계 ${formatMinutes(minutes, "ko")} (끝난 정지만, 기간 안에 시작한 것)`,
            `total ${formatMinutes(minutes, "en")} (ended stops that began in the period)`,
          ),
      ...carried.map((row) => carriedText(row, context)),
    ].filter((note) => note !== "");
    const result = await answerListing(
      {
        question: { records: "downtimes", where, limit: input.limit ?? 20 },
        machines,
        breakdown: { field: "reason_code", measure: sum },
        notes,
      },
      context,
    );
    const [evidence] = result.evidence;
    const output = { ...result.output, totalMinutes: minutes, carriedIn: carried };
    if (evidence) evidence.data = output;
    if (input.by === undefined) return { ...result, output };
    const pareto = await downtimeBars({ by: input.by, where: filter, span }, context);
    const own = paretoEvidence(pareto, machines, context);
    own.source.sample = await isSample(machines, context);
    return {
      output: { ...output, pareto },
      summary: own.text.split("\n")[0] ?? "",
      evidence: [own, ...result.evidence],
    };
  },
});

/** Stops that had begun before the period and reached into it: they are not in the total. */
async function carriedIn(filter: Condition[], span: Span | null, { mes, ctx }: ToolContext): Promise<Row[]> {
  const from = span?.from;
  if (!from) return [];
  const before: Condition[] = [...filter, { field: "started_at", op: "lt", value: from }];
  const query = (last: Condition) =>
    mes.list({ records: "downtimes", where: [...before, last], limit: 5, timeZone: ctx.timeZone });
  const [ended, open] = await Promise.all([
    query({ field: "ended_at", op: "gt", value: from }),
    query({ field: "ended_at", op: "is_null" }),
  ]);
  return [...open.rows, ...ended.rows];
}

function carriedText(row: Row, { language, ctx }: ToolContext): string {
  const time = (value: unknown): string => (value instanceof Date ? formatTime(value, ctx.timeZone) : "");
  const what = [row["equipment_id"], row["reason"] ?? row["reason_code"]].filter(Boolean).map(String).join(" ");
  const end =
    row["ended_at"] instanceof Date
      ? say(language, `${time(row["ended_at"])}까지`, `until ${time(row["ended_at"])}`)
      : say(language, "계속 중", "still going on");
  return say(
    language,
    `기간 전부터 이어짐: ${what}, ${time(row["started_at"])}부터 ${end}`,
    `carried in: ${what}, since ${time(row["started_at"])}, ${end}`,
  );
}
