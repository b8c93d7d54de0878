import type { Row } from "../plant/records.ts";
import type { ToolContext } from "./tool.ts";

export type People = (id: string | null | undefined) => string;

/** Says a person's name for an id; a name, or an id nobody knows, stays as it is. */
export async function loadPeople({ mes, ctx }: ToolContext): Promise<People> {
  // An answer is not lost for want of a name.
  const asked = mes.list({ records: "people", where: [], timeZone: ctx.timeZone, limit: 500 });
  const { rows } = await asked.catch((): { rows: Row[] } => ({ rows: [] }));
  ctx.signal?.throwIfAborted();
  const names = new Map(rows.map((row) => [String(row["id"]), String(row["name"] ?? row["id"])]));
  return (id) => (id ? (names.get(id) ?? id) : "");
}
