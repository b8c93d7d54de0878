import type { Doubt } from "../../plant/analysis/condition/doubt.ts";
import { sensorDoubts } from "../../plant/analysis/condition/sensor-doubts.ts";
import { reviewAlarmLimit, type LimitReview } from "../../plant/analysis/prognosis/alarm-limit.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { codeCondition } from "../arguments/codes.ts";
import type { ToolContext } from "../tool.ts";
import { loadOutcomes } from "./limit-outcomes.ts";

/** What review_alarm_limit says of one tag's limit. It proposes; nothing is written anywhere. */
export type TagLimitReview = LimitReview & {
  tagId: string;
  name: string;
  unit: string | null;
  side: "high" | "low";
  from: string;
  to: string;
  failures: number;
  /** False where no failure on record speaks of this sensor, so that all of the machine's were counted. */
  related: boolean;
  /** The records behind the failures. */
  records: string[];
  /** Alarms on record of the asked code, with how many were followed by a failure; null where no code is given. */
  recorded: { code: string; alarms: number; justified: number } | null;
  doubts: Doubt[];
};

export type LimitQuestion = {
  side: "high" | "low";
  code: string | undefined;
  asked: number | undefined;
  span: { from: Date; to: Date };
};

const mostPoints = 2_000;
export const allowedMs = 24 * 3_600_000;

/** One tag's upper or lower alarm limit against its readings and the machine's failures in the span. */
export async function reviewTagLimit(tag: Tag, question: LimitQuestion, context: ToolContext): Promise<TagLimitReview> {
  const { side, code, asked } = question;
  const [coverage] = await context.sensors.coverage([tag.id]);
  const from = coverage && coverage.from > question.span.from ? coverage.from : question.span.from;
  const span = { from, to: question.span.to };
  const window = from < span.to ? await context.sensors.window({ tagId: tag.id, ...span, maxPoints: mostPoints }) : [];
  const outcomes = await loadOutcomes(tag, code, span, context);
  const points = window.map(({ at, max, min }) => ({ at, value: side === "high" ? max : min }));
  const current = side === "high" ? tag.alarmHigh : tag.alarmLow;
  const review = reviewAlarmLimit(points, { side, current, failures: outcomes.at, asked });
  return {
    ...review,
    tagId: tag.id,
    name: tag.name,
    unit: tag.unit,
    side,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    failures: outcomes.at.length,
    related: outcomes.related,
    records: outcomes.records,
    recorded: code === undefined ? null : await recordedAlarms(tag.equipmentId, code, span, outcomes.at, context),
    doubts: sensorDoubts(
      window.map(({ at, mean }) => ({ at, value: mean })),
      tag,
      span.to,
    ),
  };
}

async function recordedAlarms(
  equipmentId: string,
  code: string,
  span: { from: Date; to: Date },
  failures: Date[],
  context: ToolContext,
): Promise<NonNullable<TagLimitReview["recorded"]>> {
  const { rows, total } = await context.mes.list({
    records: "events",
    where: [
      { field: "equipment_id", op: "eq", value: equipmentId },
      { field: "started_at", op: "gte", value: span.from },
      { field: "started_at", op: "lt", value: span.to },
      ...(await codeCondition("events", "code", code, context)),
    ],
    limit: 5_000,
    timeZone: context.ctx.timeZone,
  });
  const followed = rows.filter((row) => {
    const at = row["started_at"];
    return at instanceof Date && failures.some((failure) => failure >= at && +failure - +at <= allowedMs);
  });
  return { code, alarms: total, justified: followed.length };
}
