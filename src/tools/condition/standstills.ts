import type { ToolContext } from "../tool.ts";

/** How long after a stop a machine is not yet as usual. */
const warmUpMs = 30 * 60_000;

/**
 * Whether the machine ran at an instant, by its recorded stops, planned ones too; a stop without an end lasts until now.
 * Always true where no stops are on record or the MES can't be reached.
 */
export async function runningBy(
  equipmentId: string,
  span: { from: Date; to: Date },
  { mes, ctx }: ToolContext,
): Promise<(at: Date) => boolean> {
  const { rows } = await mes
    .list({
      records: "downtimes",
      where: [
        { field: "equipment_id", op: "eq", value: equipmentId },
        { field: "started_at", op: "gte", value: new Date(span.from.getTime() - 7 * 86_400_000) },
        { field: "started_at", op: "lt", value: span.to },
      ],
      orderBy: [{ field: "started_at", direction: "asc" }],
      limit: 2_000,
      timeZone: ctx.timeZone,
    })
    .catch(() => ({ rows: [] }));
  const stops = rows.flatMap((row) => {
    const [start, end] = [row["started_at"], row["ended_at"]];
    if (!(start instanceof Date)) return [];
    const until = end instanceof Date ? end.getTime() + warmUpMs : ctx.now().getTime();
    return [{ from: start.getTime(), to: until }];
  });
  return (at) => !stops.some(({ from, to }) => at.getTime() >= from && at.getTime() < to);
}
