import type { Interval } from "../../plant/analysis/operations/intervals.ts";
import type { Stop } from "../../plant/analysis/operations/oee.ts";
import type { Condition, RecordSetName, Row } from "../../plant/records.ts";
import type { ToolContext } from "../tool.ts";

/** More rows than this of one kind are not read; how many are left is told. */
export const mostRows = 100_000;

/** Rows whose stretch of time touches the span; those without an end reach to now. */
export async function touching(
  records: RecordSetName,
  where: Condition[],
  span: Interval,
  lacks: { left: number },
  { mes, ctx }: ToolContext,
): Promise<Row[]> {
  const begun: Condition[] = [...where, { field: "started_at", op: "lt", value: new Date(span.to) }];
  const query = (last: Condition) =>
    mes.list({ records, where: [...begun, last], limit: mostRows, timeZone: ctx.timeZone });
  const found = await Promise.all([
    query({ field: "ended_at", op: "gt", value: new Date(span.from) }),
    query({ field: "ended_at", op: "is_null" }),
  ]);
  for (const { rows, total } of found) lacks.left += total - rows.length;
  return found.flatMap(({ rows }) => rows);
}

/** Stops that touch the span, by machine; one without an end lasts as long as it says, else until now. */
export async function loadStops(
  where: Condition[],
  span: Interval,
  lacks: { left: number },
  context: ToolContext,
): Promise<Map<string, Stop[]>> {
  const now = context.ctx.now().getTime();
  const out = new Map<string, Stop[]>();
  for (const row of await touching("downtimes", where, span, lacks, context)) {
    const [from, ended] = [millis(row["started_at"]), millis(row["ended_at"])];
    const id = row["equipment_id"];
    if (from === null || typeof id !== "string") continue;
    const minutes = row["duration_minutes"];
    const to = ended ?? (typeof minutes === "number" ? from + minutes * 60_000 : now);
    if (to <= span.from) continue;
    const reason = [row["reason"], row["reason_code"]].find((one) => typeof one === "string" && one !== "");
    push(out, id, { from, to, planned: row["planned"] === true, reason: typeof reason === "string" ? reason : "" });
  }
  return out;
}

export const millis = (value: unknown): number | null => (value instanceof Date ? value.getTime() : null);

export function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
