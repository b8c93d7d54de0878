import type { RecordSetName, Row } from "./records.ts";
import type { Quality } from "./sensor-store.ts";

export type UpsertCounts = { inserted: number; updated: number; unchanged: number };

/** Readings of one tag; `times` in epoch milliseconds, `qualities` beside `values`, all good where absent. */
export type TagReadings = { tagId: string; times: number[]; values: number[]; qualities?: Quality[] };

/** Fills the embedded stores: the import, the sample plant and collectors use it. It never writes to a plant's own systems. */
export type PlantWriter = {
  /**
   * Inserts or replaces rows by (source, id). Rows have catalogue field names; missing fields and blank texts become
   * null. Idempotent. Of an id repeated in one call the last row is kept and counted. Throws `invalid_input`, before
   * writing, where a row doesn't fit the catalogue or the source is not declared.
   */
  upsert(records: RecordSetName, source: string, rows: Row[]): Promise<UpsertCounts>;
  /**
   * Appends readings in any order; one at the same instant replaces the older one. NaN and infinite values are left
   * out, and those of hours of which only a roll-up is kept; `written` counts the rest. Throws `invalid_input` where a
   * tag is not declared.
   */
  appendReadings(batch: TagReadings[]): Promise<{ written: number }>;
  /** Declares a source: whether it is a sample, its site's name and IANA time zone. */
  declareSource(source: { name: string; title: string; timeZone: string; sample: boolean }): Promise<void>;
  /** Removes every trace of a source; returns the number of rows per record set. */
  removeSource(name: string): Promise<Partial<Record<RecordSetName | "readings", number>>>;
};
