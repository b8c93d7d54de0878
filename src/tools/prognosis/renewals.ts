import type { Tag } from "../../plant/sensor-store.ts";
import type { Row } from "../../plant/records.ts";
import type { ToolContext } from "../tool.ts";

/** A finished work order by which the thing that a tag measures was renewed. */
export type Renewal = { id: string; at: Date };

const renewing = /교체|교환|청소|세척|보충|주입|연마|replac|renew|chang|clean|refill|top(ped)? up|rebuil|overhaul/i;
/** Quantities, not things: a work order with "pressure" in it need not be about this pressure. */
const quantities =
  /^(differential|pressure|temperature|temp|level|flow|rate|current|speed|power|vibration|load|value|sensor|inlet|outlet|압력|차압|온도|수위|레벨|유량|전류|속도|전력|진동|부하|센서|값|입구|출구)$/i;

/**
 * Work orders finished in the span that speak of renewing what the tag is named after ("Filter differential pressure" and
 * "replaced the filter"), oldest first; none where the MES can't be reached.
 */
export async function renewalsOf(tag: Tag, span: { from: Date; to: Date }, context: ToolContext): Promise<Renewal[]> {
  const things = thingsOf(tag);
  if (things.length === 0) return [];
  const { rows } = await context.mes
    .list({
      records: "work_orders",
      where: [
        { field: "equipment_id", op: "eq", value: tag.equipmentId },
        { field: "finished_at", op: "gte", value: span.from },
        { field: "finished_at", op: "lt", value: span.to },
      ],
      orderBy: [{ field: "finished_at", direction: "asc" }],
      limit: 500,
      timeZone: context.ctx.timeZone,
    })
    .catch(() => ({ rows: [] as Row[] }));
  return rows.flatMap((row) => {
    const text = ["description", "remedy", "component", "primary_code_description", "secondary_code_description"]
      .map((field) => (typeof row[field] === "string" ? row[field] : ""))
      .join(" ")
      .toLowerCase();
    const at = row["finished_at"];
    const fits = renewing.test(text) && things.some((thing) => text.includes(thing));
    return fits && at instanceof Date ? [{ id: String(row["id"]), at }] : [];
  });
}

/** The words of a tag's names that name a thing, not a quantity, lower case. */
export function thingsOf(tag: Tag): string[] {
  const words = [tag.name, tag.nameKo ?? "", ...tag.aliases].flatMap((name) => name.toLowerCase().split(/[\s_./-]+/));
  return [...new Set(words.filter((word) => word.length >= 2 && !quantities.test(word)))];
}
