import type { ToolContext } from "../tool.ts";

/** How long after a stop a machine is not yet as usual. */
const warmUpMs = 30 * 60_000;
const mostStops = 2_000;

/**
 * Whether the machine ran at an instant, by its recorded stops, planned ones too. A stop without an end lasts as long as
 * it says, else until the next one, since that is one that nobody closed, else until now. Always true where no stops are
 * on record or the MES can't be reached.
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
      // Newest first: of too many it is the oldest that are left out.
      orderBy: [{ field: "started_at", direction: "desc" }],
      limit: mostStops,
      timeZone: ctx.timeZone,
    })
    .catch(() => ({ rows: [] }));
  let next = ctx.now().getTime();
  const stops = rows.flatMap((row) => {
    const [start, end, minutes] = [row["started_at"], row["ended_at"], row["duration_minutes"]];
    if (!(start instanceof Date)) return [];
    const from = start.getTime();
    const ended = end instanceof Date ? end.getTime() : typeof minutes === "number" ? from + minutes * 60_000 : null;
    const to = ended === null ? next : ended + warmUpMs;
    next = from;
    return [{ from, to }];
  });
  return (at) => !stops.some(({ from, to }) => at.getTime() >= from && at.getTime() < to);
}
