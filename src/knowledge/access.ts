import type { Ctx } from "../core/context.ts";
import { hasRole } from "../core/context.ts";

/**
 * The condition that keeps documents from eyes they are not meant for. `d` is the documents table; `parameter` the
 * number of the query's parameter that holds `readerRoles(ctx)`.
 */
export const readableBy = (parameter: number): string =>
  `($${parameter}::text[] IS NULL OR d.audience = '{}' OR d.audience && $${parameter}::text[])`;

/** The same for the files of an ingestion that was told an audience. `j` is the jobs table. */
export const jobReadableBy = (parameter: number): string =>
  `($${parameter}::text[] IS NULL OR coalesce(j.input->'audience', '[]') = '[]' OR j.input->'audience' ?| $${parameter}::text[])`;

/** The actor's roles; null for an administrator, who sees everything. */
export const readerRoles = (ctx: Ctx): string[] | null => (hasRole(ctx.actor, "admin") ? null : ctx.actor.roles);
