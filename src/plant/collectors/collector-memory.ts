import type pg from "pg";

/** A JSON value. */
export type Note = unknown;

/** What a collector must still know after a restart, in Sunbae's own database. Rejects where that can't be reached. */
export type CollectorMemory = {
  /** Every note of a collector by its key. */
  recall(collector: string): Promise<Map<string, Note>>;
  /** Writes notes by their key, all or none; null removes one. */
  remember(collector: string, notes: Record<string, Note>): Promise<void>;
  /** Which of these ids other sources than this have declared. */
  knownElsewhere(records: "equipment" | "tags", ids: string[], source: string): Promise<string[]>;
  /** Epoch milliseconds of the newest reading of each tag that has one. */
  newest(tagIds: string[]): Promise<Map<string, number>>;
};

export function createCollectorMemory({ pool }: { pool: Pick<pg.Pool, "query"> }): CollectorMemory {
  return {
    async recall(collector) {
      const { rows } = await pool.query<{ key: string; note: Note }>(
        "SELECT key, note FROM collector_notes WHERE collector = $1",
        [collector],
      );
      return new Map(rows.map(({ key, note }) => [key, note]));
    },

    async remember(collector, notes) {
      const entries = Object.entries(notes);
      const kept = entries.filter(([, note]) => note !== null);
      const gone = entries.filter(([, note]) => note === null).map(([key]) => key);
      await pool.query(
        `WITH removed AS (DELETE FROM collector_notes WHERE collector = $1 AND key = ANY($2))
         INSERT INTO collector_notes (collector, key, note)
         SELECT $1, u.key, u.note::jsonb FROM unnest($3::text[], $4::text[]) AS u(key, note)
         ON CONFLICT (collector, key) DO UPDATE SET note = excluded.note`,
        [collector, gone, kept.map(([key]) => key), kept.map(([, note]) => JSON.stringify(note))],
      );
    },

    async knownElsewhere(records, ids, source) {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT DISTINCT id FROM ${records === "tags" ? "tags" : "equipment"} WHERE id = ANY($1) AND source <> $2`,
        [ids, source],
      );
      return rows.map(({ id }) => id);
    },

    async newest(tagIds) {
      const { rows } = await pool.query<{ tag_id: string; at_ms: string }>(
        "SELECT tag_id, at_ms FROM latest_readings WHERE tag_id = ANY($1) AND at_ms IS NOT NULL",
        [tagIds],
      );
      return new Map(rows.map((row) => [row.tag_id, Number(row.at_ms)]));
    },
  };
}
