import type { Condition, Row } from "../../plant/records.ts";
import { codeCondition, nameCondition } from "../arguments/codes.ts";
import { spanConditions, type Span } from "../arguments/period.ts";
import type { ToolContext } from "../tool.ts";
import type { DriftEvent } from "./drift-output.ts";

export type EventQuestion = {
  equipmentId: string;
  before: "stops" | "alarms";
  code: string | undefined;
  span: Span | null;
  count: number;
};

/** Neighbours closer than this are one event: an alarm that comes again, a stop that was booked in pieces. */
const mergeMs = 3_600_000;

/** The latest unplanned stops or alarms of a machine, newest first, each burst once. */
export async function loadEvents(question: EventQuestion, context: ToolContext): Promise<DriftEvent[]> {
  const { equipmentId, before, code, span, count } = question;
  const where: Condition[] = [
    { field: "equipment_id", op: "eq", value: equipmentId },
    ...spanConditions("started_at", span ?? { from: null, to: context.ctx.now(), label: "" }),
  ];
  const records = before === "stops" ? "downtimes" : "events";
  if (before === "stops")
    where.push(
      { field: "planned", op: "ne", value: true },
      ...(await nameCondition(records, "reason_code", code, context)),
    );
  else where.push(...(await codeCondition(records, "code", code, context)));
  const { rows } = await context.mes.list({
    records,
    where,
    orderBy: [{ field: "started_at", direction: "desc" }],
    limit: 500,
    timeZone: context.ctx.timeZone,
  });
  const fitting = before === "alarms" && code === undefined ? rows.filter(isAlarm) : rows;
  return bursts(fitting.map((row) => toEvent(row, before))).slice(0, count);
}

/** Events of a plant may hold work orders and messages too. */
function isAlarm(row: Row): boolean {
  return /alarm|alert|fault|error|trip|알람|경보|이상/i.test(`${text(row["group"])} ${text(row["category"])}`);
}

/** Of each burst the first; newest first as given. */
function bursts(events: DriftEvent[]): DriftEvent[] {
  return events.filter(({ at }, index) => {
    const earlier = events[index + 1];
    return !earlier || Date.parse(at) - Date.parse(earlier.at) > mergeMs;
  });
}

function toEvent(row: Row, before: "stops" | "alarms"): DriftEvent {
  const at = row["started_at"];
  const code = text(row[before === "stops" ? "reason_code" : "code"]);
  const label = text(row[before === "stops" ? "reason" : "description"]);
  return {
    id: text(row["id"]),
    kind: before === "stops" ? "stop" : "alarm",
    at: at instanceof Date ? at.toISOString() : "",
    label: label === "" ? code : label,
    code: code === "" ? null : code,
  };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
