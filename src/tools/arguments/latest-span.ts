import type { Condition, RecordSetName } from "../../plant/records.ts";
import type { ToolContext } from "../tool.ts";
import { readPeriod } from "./period.ts";

const dayMs = 86_400_000;

type Asked = { period?: string | undefined; from?: string | undefined; to?: string | undefined };
type Records = { records: RecordSetName; field: string; where: Condition[]; days: number };

/**
 * The span asked for, closed and not beyond now. Where none was: the last so many days; of records that ended earlier, the
 * last so many days of them, as an archive is asked about its own time. Epoch milliseconds.
 */
export async function latestSpan(
  asked: Asked,
  { records, field, where, days }: Records,
  context: ToolContext,
): Promise<{ from: number; to: number; asked: boolean }> {
  const now = context.ctx.now().getTime();
  const span = readPeriod(asked, context);
  if (span) {
    const to = Math.min(span.to?.getTime() ?? now, now);
    return { from: Math.min(span.from?.getTime() ?? to - days * dayMs, to), to, asked: true };
  }
  const { groups } = await context.mes.aggregate({
    records,
    where: [...where, { field, op: "lte", value: new Date(now) }],
    timeZone: context.ctx.timeZone,
    measure: { kind: "max", field },
  });
  const newest = groups[0]?.value ?? now;
  const to = newest < now - days * dayMs ? newest + 1 : now;
  return { from: to - days * dayMs, to, asked: false };
}
