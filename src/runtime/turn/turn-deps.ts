import type { Ctx } from "../../core/context.ts";
import type { Shift } from "../../core/periods/period.ts";
import type { AgentName, Proposal } from "../../core/run-event.ts";
import type { Database } from "../../db/database.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Model } from "../../llm/model.ts";
import type { Prompts } from "../../llm/render-prompt.ts";
import type { Translate } from "../../plant/directory/build-directory.ts";
import type { DirectoryCache } from "../../plant/directory/create-directory.ts";
import type { MesStore } from "../../plant/mes-store.ts";
import type { SensorStore } from "../../plant/sensor-store.ts";
import type { Unseen } from "../../plant/source.ts";
import type { ToolRegistry } from "../../tools/registry.ts";
import type { ProposalDraft, ToolContext } from "../../tools/tool.ts";
import type { AgentDefinition } from "../specialists/agent-definition.ts";
import type { Gathering } from "./gathering.ts";
import type { Memory } from "../understand/understanding.ts";
import type { VocabularyCache } from "../understand/vocabulary.ts";

/** What a turn works with; the composition root fills it. */
export type TurnDeps = {
  registry: ToolRegistry;
  mes: MesStore;
  sensors: SensorStore;
  /** The same stores for one turn, which hears of every source that can't be seen; without it there is one source each. */
  storesForTurn?: (report: (unseen: Unseen) => void) => { mes: MesStore; sensors: SensorStore };
  /** What the site file declares, for the tools. */
  declared?: Pick<ToolContext, "plannedTime" | "machineRules" | "isDeclared">;
  directory: DirectoryCache;
  vocabulary: VocabularyCache;
  knowledge: Knowledge;
  /** Words of the other language, from the glossary. */
  translate: Translate;
  shifts: Shift[];
  /** The IANA time zone of a data source; the site's where it is unknown. */
  timeZoneOf: (source: string) => Promise<string | null>;
  /** Places for turns that gather at once; without it there is no limit. */
  gathering?: Gathering;
  /** Candidates, best first; none: extractive mode. */
  models: () => Promise<readonly Model[]>;
  prompts: Prompts;
  agents: Record<AgentName, AgentDefinition>;
  propose: (ctx: Ctx, runId: string, draft: ProposalDraft) => Promise<Proposal>;
  /** How long a turn waits for one answer of a store; 8 s unless told. */
  storeTimeoutMs?: number;
  logger?: Pick<TurnLogger, "warn">;
};

export type TurnLogger = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** One question to be answered. */
export type TurnInput = {
  runId: string;
  conversationId: string;
  question: string;
  equipmentHint: string | null;
  memory: Memory | null;
  ctx: Ctx;
};

export type RuntimeDeps = TurnDeps & {
  database: Database;
  /** The site's IANA time zone. */
  timeZone: string;
  logger: TurnLogger;
  observe?: (outcome: {
    mode: "model" | "extractive";
    outcome: string;
    firstEvidenceMs: number | null;
    totalMs: number;
  }) => void;
  now?: () => Date;
  /** Turns at once in this process; further ones wait. */
  concurrency?: number;
};
