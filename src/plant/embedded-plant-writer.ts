import { SunbaeError } from "../core/errors.ts";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/in-transaction.ts";
import type { PlantWriter } from "./plant-writer.ts";
import type { RecordSetName } from "./records.ts";
import { recordSetNames } from "./mes/catalogue.ts";
import { checkTimeZone } from "./mes/check-query.ts";
import { upsertRows } from "./mes/upsert-rows.ts";
import { appendReadings } from "./sensors/append-readings.ts";
import { removeReadings } from "./sensors/remove-readings.ts";

/** Fills Sunbae's own database. A source is declared before its rows are written, a tag before its readings. */
export function createEmbeddedPlantWriter(database: Pick<Database, "pool">): PlantWriter {
  const { pool } = database;

  async function requireSource(name: string): Promise<void> {
    const { rowCount } = await pool.query("SELECT FROM data_sources WHERE name = $1", [name]);
    if (!rowCount)
      throw new SunbaeError("invalid_input", `The source "${name}" is not declared.`, {
        fix: "Call declareSource first.",
      });
  }

  return {
    async upsert(records, source, rows) {
      await requireSource(source);
      return await upsertRows(pool, records, source, rows);
    },

    async appendReadings(batch) {
      return await appendReadings(pool, batch);
    },

    async declareSource({ name, title, timeZone, sample }) {
      await pool.query(
        `INSERT INTO data_sources (name, title, time_zone, sample) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET title = excluded.title, time_zone = excluded.time_zone, sample = excluded.sample`,
        [name, title, checkTimeZone(timeZone), sample],
      );
    },

    async removeSource(name) {
      const removed: Partial<Record<RecordSetName | "readings", number>> = {};
      await inTransaction(pool, async (client) => {
        removed.readings = await removeReadings(client, name);
        for (const records of recordSetNames) {
          const { rowCount } = await client.query(`DELETE FROM "${records}" WHERE source = $1`, [name]);
          removed[records] = rowCount ?? 0;
        }
        await client.query("DELETE FROM data_sources WHERE name = $1", [name]);
      });
      return removed;
    },
  };
}
