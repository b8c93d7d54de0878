import type { AggregateQuery, Group, ListQuery, RecordSetName, Row } from "./records.ts";

/** A machine, line or area of the plant in the ISA-95 hierarchy. */
export type Equipment = {
  id: string;
  name: string;
  nameKo: string | null;
  aliases: string[];
  /** The kind of machine ("machining_center"); what an asset class is in ISO 14224. */
  class: string | null;
  model: string | null;
  level: "enterprise" | "site" | "area" | "work_center" | "work_unit" | null;
  parentId: string | null;
  source: string;
  /** True for the sample plant. */
  sample: boolean;
};

export type VocabularyEntry = { value: string; label: string | null; count: number };
export type Coverage = { rows: number; from: Date | null; to: Date | null };

/**
 * A source of MES records. Read-only: there is no verb that writes. Every verb rejects with SunbaeError
 * `unavailable` where the source can't be reached, `invalid_input` where a field or record set is unknown.
 */
export type MesStore = {
  /** All equipment, hierarchy levels included. */
  equipment(): Promise<Equipment[]>;
  /**
   * Rows that meet every condition, with the total beyond the limit; newest first where no order is given, nulls last.
   * Besides the catalogue's fields a row carries its `source`.
   */
  list(query: ListQuery): Promise<{ rows: Row[]; total: number }>;
  /**
   * A measure over the rows that meet every condition, by group; one group with an empty key where none is asked.
   * `total` is the number of rows behind all groups, `groupCount` the number of groups beyond the limit. Largest value
   * first unless ordered by key. A row counts under each different element of a list field; min and max of a time
   * field are epoch milliseconds.
   */
  aggregate(query: AggregateQuery): Promise<{ groups: Group[]; total: number; groupCount: number }>;
  /** The different values of a field, most frequent first, with their description where they have one and no other. */
  vocabulary(records: RecordSetName, field: string, limit: number): Promise<VocabularyEntry[]>;
  /** How many rows there are and the time they span; by equipment where an id is given. */
  coverage(records: RecordSetName, equipmentId?: string): Promise<Coverage>;
};

/** Work orders are written only through an approved proposal, and only into the embedded store. */
export type WorkOrderWriter = {
  /** Writes the work order once for a proposal id; a second call returns the first's id. */
  write(order: NewWorkOrder, tx: unknown): Promise<{ id: string; created: boolean }>;
};
export type NewWorkOrder = {
  proposalId: string;
  equipmentId: string;
  description: string;
  priority: number;
  preventive: boolean;
  primaryCode: string | null;
  alarmCode: string | null;
  requestedBy: string;
  openedAt: Date;
};
