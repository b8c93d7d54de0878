import type { Logger } from "../observability/logger.ts";
import type { CollectorMemory } from "./collectors/collector-memory.ts";
import type { MesStore } from "./mes-store.ts";
import type { PlantWriter } from "./plant-writer.ts";
import type { RecordSetName } from "./records.ts";
import type { SensorStore } from "./sensor-store.ts";

// Source: a system of the plant that the site file declares: a sensor store, an MES store, or a collector that listens
// and fills the embedded store. Probe: one look at a source for `sunbae doctor`, which changes nothing.

/** What a probe saw. Never holds a secret. */
export type SourceView = {
  name: string;
  /** "influxdb", "postgres", "mqtt" … as the site file writes it. */
  kind: string;
  /** Where it is, without user and password: "10.0.0.5:8086/plant". */
  place: string;
  ok: boolean;
  /** What stands in the way, and what helps; null where it answers. */
  problem: string | null;
  fix: string | null;
  tags: number | null;
  rows: { records: RecordSetName | "readings"; count: number }[];
  newest: Date | null;
  /** The source's clock minus ours; null where it can't be told. */
  clockDifferenceMs: number | null;
  /** How long the probe took. */
  ms: number;
  /** Other things an engineer would want to know (read-only session, server version, tags without readings). */
  notes: string[];
};

type Source = {
  name: string;
  /** Never rejects: what goes wrong is in the view. */
  probe(): Promise<SourceView>;
  close(): Promise<void>;
};

export type SensorSource = Source & { store: SensorStore };
export type MesSource = Source & { store: MesStore };

export type CollectorStatus = {
  name: string;
  state: "starting" | "connected" | "disconnected" | "stopped";
  /** Since when it has been in this state. */
  since: Date;
  problem: string | null;
  /** Counted since the start. */
  readings: number;
  /** Messages or values that could not be understood, with one example a reason. */
  leftOut: { reason: string; count: number; example: string }[];
  newest: Date | null;
};

/** Listens to a source and writes what it hears into the embedded store; never to the source. */
export type Collector = Source & {
  /** Returns at once; connects, and connects again, by itself. */
  start(): void;
  status(): CollectorStatus;
};

export type SourceDeps = {
  logger: Logger;
  now: () => Date;
  /** IANA zone of the plant, for times that a source writes without one. */
  timeZone: string;
  /** Throws `forbidden` where a host outside the plant may not be reached (SUNBAE_EGRESS). */
  mayReach(host: string): void;
};
export type CollectorDeps = SourceDeps & {
  writer: PlantWriter;
  memory: CollectorMemory;
  /** Where a collector keeps its own certificate. */
  dataDir: string;
};

/** A source that could not be seen when an answer was made; of a collector what it brought before can still be read. */
export type Unseen = {
  source: string;
  kind: "sensors" | "mes" | "collector";
  /** Since when it has not answered, as far as it was asked. */
  since: Date;
  /** The newest reading that was ever seen of it (of a collector: of the tags asked for); null where none was, and for records. */
  newest: Date | null;
  /** Why, for the asker; null where only the log should know. */
  reason: { ko: string; en: string } | null;
};

/** How a declared source does, for status and metrics. */
export type SourceState = {
  name: string;
  kind: "sensors" | "mes";
  ok: boolean;
  /** Since when it has been so; null before it was asked for the first time. */
  since: Date | null;
  problem: string | null;
  newest: Date | null;
};
