import type { ToolContext } from "./tool.ts";

export type People = (id: string | null | undefined) => string;

/** Says a person's name for an id; a name, or an id nobody knows, stays as it is. */
export async function loadPeople({ mes, ctx }: ToolContext): Promise<People> {
  const { rows } = await mes.list({ records: "people", where: [], timeZone: ctx.timeZone, limit: 500 });
  const names = new Map(rows.map((row) => [String(row["id"]), String(row["name"] ?? row["id"])]));
  return (id) => (id ? (names.get(id) ?? id) : "");
}
