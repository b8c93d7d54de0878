import type { AlarmRecord } from "../../plant/analysis/operations/alarm-review.ts";
import type { Condition, Row } from "../../plant/records.ts";
import { codeCondition } from "../arguments/codes.ts";
import { machinesCondition, type Machines } from "../arguments/equipment.ts";
import type { ToolContext } from "../tool.ts";

export type LoadedAlarms = {
  alarms: AlarmRecord[];
  /** Came before the span and lasted into it. */
  carried: AlarmRecord[];
  /** What a code means. */
  texts: Map<string, string>;
  left: number;
  warnings: number;
  allEvents: boolean;
};

const mostRows = 200_000;
const warning = /warn|경고/i;
const alarming = /alarm|alert|warn|fault|error|trip|알람|경보|경고|이상/i;

export async function loadAlarms(
  { machines, code, from, to }: { machines: Machines | null; code: string | undefined; from: number; to: number },
  context: ToolContext,
): Promise<LoadedAlarms> {
  const where: Condition[] = [
    ...machinesCondition(machines),
    ...(await codeCondition("events", "code", code, context)),
  ];
  const start = new Date(from);
  const before: Condition[] = [...where, { field: "started_at", op: "lt", value: start }];
  const query = (conditions: Condition[], limit: number) =>
    context.mes.list({ records: "events", where: conditions, limit, timeZone: context.ctx.timeZone });
  const [own, ended, open] = await Promise.all([
    query(
      [
        ...where,
        { field: "started_at", op: "gte", value: start },
        { field: "started_at", op: "lt", value: new Date(to) },
      ],
      mostRows,
    ),
    query([...before, { field: "ended_at", op: "gt", value: start }], 1_000),
    query([...before, { field: "ended_at", op: "is_null" }], 1_000),
  ]);
  const called = own.rows.filter(isAlarm);
  const allEvents = called.length === 0 && code === undefined;
  const used = allEvents || code !== undefined ? own.rows : called;
  const earlier = [...ended.rows, ...open.rows];
  const texts = new Map<string, string>();
  for (const row of used)
    if (typeof row["description"] === "string") texts.set(String(row["code"]), row["description"]);
  const alarms = used.flatMap(toAlarm);
  // Where ends are never recorded, an alarm without one is not an alarm that stands.
  const ends = alarms.some(({ until }) => until !== null) || ended.rows.length > 0;
  return {
    alarms,
    carried: ends ? (allEvents ? earlier : earlier.filter(isAlarm)).flatMap(toAlarm) : [],
    texts,
    left: own.total - own.rows.length,
    warnings: used.filter((row) => matches(row, warning)).length,
    allEvents: allEvents && own.rows.length > 0,
  };
}

const isAlarm = (row: Row): boolean => matches(row, alarming);

function matches(row: Row, words: RegExp): boolean {
  return [row["group"], row["category"]].some((value) => typeof value === "string" && words.test(value));
}

function toAlarm(row: Row): AlarmRecord[] {
  const [at, until, minutes] = [row["started_at"], row["ended_at"], row["duration_minutes"]];
  if (!(at instanceof Date)) return [];
  const end =
    until instanceof Date ? until.getTime() : typeof minutes === "number" ? at.getTime() + minutes * 60_000 : null;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return [
    {
      machine: text(row["equipment_id"]),
      code: text(row["code"]) || text(row["description"]),
      at: at.getTime(),
      until: end,
    },
  ];
}
