import { foldName } from "../../plant/directory/directory.ts";
import type { Condition, Row } from "../../plant/records.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import type { ToolContext } from "../tool.ts";
import { thingsOf } from "./renewals.ts";

export type Outcomes = {
  at: Date[];
  /** The work orders and stops that were counted. */
  records: string[];
  /** True where they speak of what the tag measures, or of the alarm; else all failures of the machine are counted. */
  related: boolean;
};

/**
 * What went wrong with the machine in the span: corrective work orders (when they were opened) about the tag's thing or
 * the alarm code, else all of them together with unplanned stops.
 */
export async function loadOutcomes(
  tag: Tag,
  code: string | undefined,
  span: { from: Date; to: Date },
  context: ToolContext,
): Promise<Outcomes> {
  const { mes, ctx } = context;
  const list = (records: "work_orders" | "downtimes", flag: "preventive" | "planned", within: Condition[] = []) =>
    mes.list({
      records,
      where: [
        { field: "equipment_id", op: "eq", value: tag.equipmentId },
        { field: flag, op: "ne", value: true },
        ...within,
      ],
      limit: 5_000,
      timeZone: ctx.timeZone,
    });
  const began: Condition[] = [
    { field: "started_at", op: "gte", value: span.from },
    { field: "started_at", op: "lte", value: span.to },
  ];
  const [orders, stops] = await Promise.all([list("work_orders", "preventive"), list("downtimes", "planned", began)]);
  const dated = (rows: Row[], ...fields: string[]): { at: Date; row: Row }[] =>
    rows.flatMap((row) => {
      const at = fields.map((field) => row[field]).find((value) => value instanceof Date);
      return at instanceof Date && at >= span.from && at <= span.to ? [{ at, row }] : [];
    });
  const repairs = dated(orders.rows, "opened_at", "finished_at");
  const about = repairs.filter(({ row }) => isAbout(row, thingsOf(tag), code));
  const counted = about.length > 0 ? about : [...repairs, ...dated(stops.rows, "started_at")];
  counted.sort((a, b) => a.at.getTime() - b.at.getTime());
  return {
    at: counted.map(({ at }) => at),
    records: counted.map(({ row }) => String(row["id"])),
    related: about.length > 0,
  };
}

function isAbout(row: Row, things: string[], code: string | undefined): boolean {
  const field = (name: string): string => (typeof row[name] === "string" ? row[name] : "");
  if (code !== undefined && foldName(field("alarm_code")) === foldName(code)) return true;
  const text = ["description", "cause", "remedy", "component", "primary_code_description", "secondary_code_description"]
    .map(field)
    .join(" ")
    .toLowerCase();
  return things.some((thing) => text.includes(thing));
}
