import { sql } from "drizzle-orm";
import { SunbaeError } from "../../core/errors.ts";
import type { Database, Transaction } from "../../db/database.ts";
import type { NewWorkOrder, WorkOrderWriter } from "../mes-store.ts";

const attempts = 5;

type Origin = { source: string; year: string; description: string | null };

/** The source that the machine belongs to, so that a sample's work orders leave with the sample, and its zone's year. */
async function originOf(tx: Transaction, order: NewWorkOrder): Promise<Origin> {
  const { rows } = await tx.execute<Origin>(sql`
    SELECT e.source, to_char(${order.openedAt.toISOString()}::timestamptz AT TIME ZONE coalesce(s.time_zone, 'UTC'), 'YYYY') AS year,
      (SELECT description FROM failure_codes c WHERE c.id = ${order.primaryCode} ORDER BY c.source = e.source DESC LIMIT 1) AS description
    FROM equipment e LEFT JOIN data_sources s ON s.name = e.source WHERE e.id = ${order.equipmentId}
    ORDER BY e.source COLLATE "C" LIMIT 1`);
  if (rows[0]) return rows[0];
  throw new SunbaeError("not_found", `There is no equipment "${order.equipmentId}" any more.`, {
    fix: "Draft the work order again for a machine of the plant.",
  });
}

async function writtenId(tx: Transaction, proposalId: string): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`SELECT id FROM work_orders WHERE proposal_id = ${proposalId}`);
  return rows[0]?.id ?? null;
}

/** The next number, past all that the plant's own records have used this year. */
async function nextId(tx: Transaction, year: string, retry: boolean): Promise<string> {
  const pattern = `^WO-${year}-([0-9]{1,15})$`;
  if (retry)
    await tx.execute(sql`
      SELECT setval('work_order_numbers', greatest(
        (SELECT last_value FROM work_order_numbers),
        (SELECT max(substring(id FROM ${pattern})::bigint) FROM work_orders WHERE id ~ ${pattern})))`);
  const { rows } = await tx.execute<{ number: string }>(sql`SELECT nextval('work_order_numbers')::text AS number`);
  return `WO-${year}-${(rows[0]?.number ?? "").padStart(5, "0")}`;
}

/**
 * Writes approved work orders into Sunbae's own MES records, within the transaction of the approval. Ids are
 * "WO-" + year + number, unlike any id that an import brought. Throws `not_found` where the machine is gone.
 */
export function createEmbeddedWorkOrderWriter(database: Pick<Database, "db">): WorkOrderWriter {
  return {
    async write(order, transaction) {
      // The port doesn't know the database; whoever composes this writer passes its own transactions.
      const tx = (transaction ?? database.db) as Transaction;
      const known = await writtenId(tx, order.proposalId);
      if (known) return { id: known, created: false };
      const { source, year, description } = await originOf(tx, order);
      for (let attempt = 0; attempt < attempts; attempt++) {
        const id = await nextId(tx, year, attempt > 0);
        const { rows } = await tx.execute<{ id: string }>(sql`
          INSERT INTO work_orders (source, id, equipment_id, description, preventive, status, priority, primary_code,
            primary_code_description, alarm_code, opened_at, proposal_id, requested_by)
          SELECT ${source}, ${id}, ${order.equipmentId}, ${order.description}, ${order.preventive}::boolean, 'open', ${order.priority}::float8,
            ${order.primaryCode}, ${description}, ${order.alarmCode}, ${order.openedAt.toISOString()}::timestamptz, ${order.proposalId}, ${order.requestedBy}
          WHERE NOT EXISTS (SELECT FROM work_orders WHERE id = ${id})
          ON CONFLICT DO NOTHING RETURNING id`);
        if (rows[0]) return { id, created: true };
        const written = await writtenId(tx, order.proposalId);
        if (written) return { id: written, created: false };
      }
      throw new SunbaeError("conflict", "No free work order number was found.", { fix: "Approve the proposal again." });
    },
  };
}
