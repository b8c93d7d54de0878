import type { AgentName, Mode } from "../core/run-event.ts";
import type { Ctx, Language } from "../core/context.ts";
import type { Database } from "../db/database.ts";
import type { IngestDeps } from "../knowledge/ingest/ingest-job.ts";
import type { Knowledge, IngestProgress, IngestReport } from "../knowledge/knowledge.ts";
import type { PagePictures } from "../knowledge/pages/page-pictures.ts";
import type { DirectoryCache } from "../plant/directory/create-directory.ts";
import type { ImportProgress } from "../plant/import/import-plant-data.ts";
import type { ImportReport } from "../plant/import/report.ts";
import type { MesStore, WorkOrderWriter } from "../plant/mes-store.ts";
import type { SensorStore } from "../plant/sensor-store.ts";
import type { CollectorStatus, SourceState, SourceView } from "../plant/source.ts";
import type { ReadingStatus } from "./schemas/reading.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { ToolRegistry } from "../tools/registry.ts";
import type { ToolContext } from "../tools/tool.ts";

// Backend: everything a door may call once Sunbae is ready. The composition root fills it.

export type Backend = {
  database: Database;
  runtime: Runtime;
  tools: ToolRegistry;
  knowledge: Knowledge;
  mes: MesStore;
  sensors: SensorStore;
  /** What the site file connects. */
  sources: { probe(): Promise<SourceView[]>; states(): SourceState[]; collectors(): CollectorStatus[] };
  directory: DirectoryCache;
  workOrders: WorkOrderWriter;
  timeZone: string;
  /** What a tool works with when a person calls it, outside of any run. */
  toolContext(ctx: Ctx, language: Language): ToolContext;
  ingestion: IngestDeps;
  pictures: PagePictures;
  maintenance: PlantMaintenance;
  status(): Promise<Status>;
};

/** What the owner of the machine does from the command line; paths are the server's. */
export type PlantMaintenance = {
  ingest(
    ctx: Ctx,
    input: { paths: string[]; root?: string | undefined },
    onProgress: (progress: IngestProgress) => void,
  ): Promise<IngestReport>;
  importPlantData(
    ctx: Ctx,
    input: { mappingPath: string; dataFolder?: string | undefined },
    onProgress: (progress: ImportProgress) => void,
  ): Promise<ImportReport>;
  removeSample(ctx: Ctx): Promise<{ rows: Record<string, number>; documents: number }>;
};

export type ExampleQuestion = { language: Language; question: string };

export type Status = {
  version: string;
  mode: Mode;
  /** "ollama:qwen3:8b"; null in extractive mode. */
  model: string | null;
  /** Why the mode is what it is, in both languages. */
  reason: Record<Language, string>;
  /** `about`: what the problem is with, where it is not the model. */
  problems: { message: string; fix?: string | undefined; about?: "source" | undefined }[];
  sample: boolean;
  sites: { name: string; title: string; timeZone: string; sample: boolean }[];
  timeZone: string;
  database: { engine: Database["engine"]; version: string; pgvector: string | null };
  dataDir: string;
  egress: string;
  embeddings: string;
  counts: {
    equipment: number;
    tags: number;
    events: number;
    workOrders: number;
    documents: number;
    chunks: number;
    codes: number;
    cards: number;
    conversations: number;
    pendingProposals: number;
  };
  reading: ReadingStatus;
  /** Folders whose documents are kept in step; empty in a single command. */
  folders: FolderStatus[];
  /** Stores of the site file, and whether they answer. */
  sources: SourceStatus[];
  /** What listens to the plant, and how it does. */
  collectors: CollectorSummary[];
  /** The newest reading in the store: how fresh live views are. */
  newestReadingAt: string | null;
  agents: AgentName[];
  examples: ExampleQuestion[];
};

/** A folder whose documents are kept in step. */
export type FolderStatus = {
  path: string;
  /** Comes with Sunbae. */
  shipped: boolean;
  /** Files known of it. */
  files: number;
  /** Files that still grow. */
  waiting: number;
  /** Why it is not in step. */
  problem: string | null;
  /** Files that could not be read. */
  failed: { path: string; reason: string }[];
};

/** What one look at a source saw. */
export type SourceReport = Omit<SourceView, "newest" | "rows"> & {
  newest: string | null;
  rows: { records: string; count: number }[];
};

export type SourceStatus = {
  name: string;
  kind: "sensors" | "mes";
  ok: boolean;
  /** Since when it has been so; null before it was asked for the first time. */
  since: string | null;
  problem: string | null;
  /** The newest reading that was seen of it. */
  newest: string | null;
};
export type CollectorSummary = {
  name: string;
  state: CollectorStatus["state"];
  since: string;
  problem: string | null;
  /** Counted since the start. */
  readings: number;
  newest: string | null;
  leftOut: CollectorStatus["leftOut"];
};

/** How many of a kind there are, and how many of them do their work. */
export type Tally = { declared: number; ok: number };

/** How far the start has come; `backend` throws `unavailable` until `ready`. */
export type Start = { ready: boolean; step: string; failed: string | null; sources?: Tally; collectors?: Tally };
