import { recordAudit } from "../audit/record-audit.ts";
import type { Ctx } from "../core/context.ts";
import { toSunbaeError } from "../core/errors.ts";
import type { Database } from "../db/database.ts";
import type { PlantMaintenance } from "../http/backend.ts";
import { embedMissing } from "../knowledge/embed-missing.ts";
import { ingestPaths } from "../knowledge/ingest-paths.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { importPlantData } from "../plant/import/import-plant-data.ts";
import type { MesStore } from "../plant/mes-store.ts";
import type { PlantWriter } from "../plant/plant-writer.ts";
import type { SamplePlant } from "./sample-plant.ts";
import { removeSampleKnowledge } from "./shipped-knowledge.ts";

export type PlantMaintenanceDeps = {
  database: Database;
  knowledge: Knowledge;
  mes: MesStore;
  writer: PlantWriter;
  sample: SamplePlant;
  packageRoot: string;
  knownModels: () => Promise<string[]>;
  /** Whatever is kept in memory of the plant is stale. */
  plantChanged: () => Promise<void>;
  sampleRemoved: () => void;
};

export function createPlantMaintenance(deps: PlantMaintenanceDeps): PlantMaintenance {
  const { database, knowledge, mes, writer, sample, packageRoot, plantChanged } = deps;

  /** After the work, in a transaction of its own: an import is many. */
  async function audit(ctx: Ctx, action: string, entity: string, entityId: string, details: Record<string, unknown>) {
    await database.db.transaction(async (tx) => {
      await recordAudit(tx, { actor: ctx.actor, action, entity, entityId, details }, ctx.now());
    });
  }

  return {
    async ingest(ctx, { paths, root }, onProgress) {
      const knownModels = await deps.knownModels();
      const asked = { paths, onProgress, knownModels, ...(root === undefined ? {} : { root }) };
      const report = await ingestPaths(ctx, knowledge, asked);
      // Also what a change of embedder or an earlier time without it left over; the server's timer tries again.
      await embedMissing(ctx, knowledge).catch(ignoreUnavailable);
      await plantChanged();
      return report;
    },
    async importPlantData(ctx, { mappingPath, dataFolder }, onProgress) {
      const report = await importPlantData({
        mappingPath,
        writer,
        store: mes,
        onProgress,
        ...(dataFolder === undefined ? {} : { dataFolder }),
        ...(ctx.signal && { signal: ctx.signal }),
      });
      await plantChanged();
      await audit(ctx, "plant.import", "data_source", report.source, { mappingPath, ...report.totals });
      return report;
    },
    async removeSample(ctx) {
      deps.sampleRemoved();
      const rows = await sample.remove();
      const documents = await removeSampleKnowledge(ctx, { knowledge, packageRoot });
      await plantChanged();
      await audit(ctx, "sample.remove", "data_source", "sample", { rows, documents });
      return { rows, documents };
    },
  };
}

function ignoreUnavailable(thrown: unknown): void {
  if (toSunbaeError(thrown).code !== "unavailable") throw thrown;
}
