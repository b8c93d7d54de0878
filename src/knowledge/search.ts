import type { Ctx } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Knowledge, SearchAnswer, SearchInput } from "./knowledge.ts";

/** Passages for a query, best first; the roles of `ctx.actor` decide what can be seen. */
export async function search(_ctx: Ctx, _knowledge: Knowledge, _input: SearchInput): Promise<SearchAnswer> {
  throw new SunbaeError("unavailable", "Search is being built.");
}
