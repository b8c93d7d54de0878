import type { z } from "zod";
import type { Ctx, Language } from "../core/context.ts";
import type { EvidenceDraft } from "../core/evidence.ts";
import type { AgentName, Proposal } from "../core/run-event.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { DirectoryCache } from "../plant/directory/create-directory.ts";
import type { MesStore } from "../plant/mes-store.ts";
import type { SensorStore } from "../plant/sensor-store.ts";
import type { MachineRules } from "../plant/site/machine-rules-settings.ts";
import type { PlannedTime } from "../plant/site/planned-time.ts";
import type { Unseen } from "../plant/source.ts";
import type { Shift } from "../core/periods/period.ts";

// Tool: one read-only question to the plant's data or knowledge, typed, that a rule, a person (`sunbae tool`) and a
// model use alike. Draft tools propose; nothing here writes to a machine or a plant system.

export type ToolContext = {
  ctx: Ctx;
  /** The language evidence is worded in. */
  language: Language;
  mes: MesStore;
  sensors: SensorStore;
  /** The sources that couldn't be seen so far: a tag whose `source` is among them has no values because of that. */
  unseen?: () => Unseen[];
  /** Whether a source is one that the site file declares, which evidence names; else it is Sunbae's own store. */
  isDeclared?: (source: string) => boolean;
  directory: DirectoryCache;
  knowledge: Knowledge;
  shifts: Shift[];
  /** When machines are planned to be busy; absent where the site file doesn't say. */
  plannedTime?: PlannedTime;
  /** Documented limits that the site file declares for a machine. */
  machineRules?: MachineRules;
  /** Keeps a draft as a proposal that waits for approval. */
  propose: (draft: ProposalDraft) => Promise<Proposal>;
};

export type ProposalDraft = {
  kind: Proposal["kind"];
  equipmentId: string | null;
  text: string;
  payload: Record<string, unknown>;
};

export type ToolResult<Output = unknown> = {
  /** What `sunbae tool` prints; JSON-safe. */
  output: Output;
  /** One line for the run log and the model. */
  summary: string;
  evidence: EvidenceDraft[];
  proposal?: Proposal;
};

/** Rejects with SunbaeError: `not_found` and `invalid_input` are told to a model so that it can mend its call. */
export type Tool<Input extends z.ZodType = z.ZodType, Output = unknown> = {
  name: string;
  title: Record<Language, string>;
  /** Guidance for the model: when to use it, what comes back. */
  description: string;
  input: Input;
  agents: AgentName[];
  run(input: z.output<Input>, context: ToolContext): Promise<ToolResult<Output>>;
};

/** Keeps the input's type inside `run` while the registry holds tools of any input. */
export function defineTool<Input extends z.ZodType, Output>(tool: Tool<Input, Output>): Tool {
  return tool as unknown as Tool; // the registry parses with `input` before it calls `run`
}
