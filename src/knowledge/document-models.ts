import type { Ctx } from "../core/context.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge } from "./knowledge.ts";

/** Machine models that documents of the actor are about, also those of which the plant has no machine on record. */
export async function documentModels(ctx: Ctx, knowledge: Pick<Knowledge, "database">): Promise<string[]> {
  const { rows } = await knowledge.database.pool.query<{ model: string }>({
    name: "knowledge-document-models",
    text: `SELECT DISTINCT unnest(d.models) AS model FROM documents d WHERE ${readableBy(1)} ORDER BY 1`,
    values: [readerRoles(ctx)],
  });
  return rows.map((row) => row.model);
}
