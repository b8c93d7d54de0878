import type { Ctx } from "../core/context.ts";
import type { IngestDeps } from "../knowledge/ingest/ingest-job.ts";
import { markForModels, markUnrecognised } from "../knowledge/ingest/mark-outdated.ts";
import { rereadOutdated } from "../knowledge/ingest/reread-outdated.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { keep, readKept } from "./keep-setting.ts";

const key = "known-models";

export type RereadDeps = {
  knowledge: Knowledge;
  knownModels: () => Promise<string[]>;
};

/** At a first start: notes beside which machines the documents were read. */
export async function noteKnownModels(ctx: Ctx, { knowledge: { database }, knownModels }: RereadDeps): Promise<void> {
  if ((await readKept<string[]>(database.db, key)) === null)
    await keep(database.db, key, await knownModels(), ctx.now());
}

/**
 * Has read again what would be read otherwise today: by this version, with a tool for scans that has come, beside
 * machines that have come. Null where there is nothing, or it is under way.
 */
export async function rereadDocuments(ctx: Ctx, deps: RereadDeps & IngestDeps): Promise<{ jobId: string } | null> {
  const { knowledge, knownModels } = deps;
  const before = new Set(await readKept<string[]>(knowledge.database.db, key));
  const models = await knownModels();
  await markForModels(
    knowledge.database,
    models.filter((model) => !before.has(model)),
  );
  await keep(knowledge.database.db, key, models, ctx.now());
  await markUnrecognised(knowledge.database);
  return await rereadOutdated(ctx, deps);
}
