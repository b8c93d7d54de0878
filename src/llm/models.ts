import type { SunbaeError } from "../core/errors.ts";
import type { Logger } from "../observability/logger.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { EgressGate } from "./egress.ts";
import { findLocalModel } from "./find-local-model.ts";
import { toBaseUrl } from "./hosts.ts";
import { parseLlmSetting } from "./llm-setting.ts";
import type { Model } from "./model.ts";
import { toModelError } from "./model-error.ts";
import type { ModelTimeouts } from "./model-fetch.ts";
import type { ModelDeps } from "./provider-models.ts";

export type ModelSettings = {
  /** SUNBAE_LLM. */
  llm: string;
  ollamaHost?: string | undefined;
  openaiApiKey?: string | undefined;
  openaiBaseUrl?: string | undefined;
  /** num_ctx of a local model; more costs memory. */
  localContextTokens?: number;
  timeouts?: Partial<ModelTimeouts>;
  /** How long a look for models is good for, and how long a model that failed is left alone. */
  probeEveryMs?: number;
  restMs?: number;
};

export type Models = {
  /** Candidates, best first. Never rejects; asks Ollama at most every `probeEveryMs`, after the first time in the background. */
  current(): Promise<readonly Model[]>;
  /** Looks anew, at once. */
  refresh(): Promise<readonly Model[]>;
  /** What is set, what was found and what stands in the way, for `doctor`, `/readyz` and the start message. */
  describe(): { setting: string; models: string[]; problems: { message: string; fix?: string }[] };
};

export type ModelsDeps = {
  egress: EgressGate;
  logger?: Logger;
  metrics?: Pick<Metrics, "modelCalls" | "modelTokens">;
  now?: () => number;
};

/** LangChain's clients cost half a second and 100 MB: loaded when there is a model to use them with. */
const loadProviders = () => import("./provider-models.ts");

/** Throws `invalid_input` for a wrong SUNBAE_LLM; opens no connection until `current` is asked. */
export function createModels(settings: ModelSettings, deps: ModelsDeps): Models {
  const setting = parseLlmSetting(settings.llm);
  const { egress, logger, now = Date.now } = deps;
  const { probeEveryMs = 30_000, restMs = 20_000, localContextTokens = 8_192 } = settings;
  const ollamaUrl = toBaseUrl(settings.ollamaHost || "127.0.0.1:11434", 11_434);
  const restingUntil = new Map<string, number>();
  let found: Model[] = [];
  let problems: SunbaeError[] = [];
  let probedAt = Number.NEGATIVE_INFINITY;
  let probing: Promise<void> | null = null;

  const modelDeps: ModelDeps = {
    egress,
    ...(logger && { logger }),
    ...(deps.metrics && { metrics: deps.metrics }),
    timeouts: { firstByteMs: 180_000, idleMs: 30_000, totalMs: 300_000, ...settings.timeouts },
    // A stalled server must not cost every following turn its patience too.
    onFailure: (id) => restingUntil.set(id, now() + restMs),
  };

  async function lookForLocal(wanted: string | null): Promise<Model | null> {
    const server = { baseUrl: ollamaUrl, fetch: egress.fetch("model"), timeoutMs: 1_500 };
    const local = await findLocalModel(server, wanted);
    if (local === null) return null;
    const { createLocalModel } = await loadProviders();
    return createLocalModel({ local, baseUrl: ollamaUrl, contextTokens: localContextTokens }, modelDeps);
  }

  async function probe(): Promise<void> {
    const models: Model[] = [];
    const troubles: SunbaeError[] = [];
    if (setting.kind === "openai") {
      try {
        const baseUrl = settings.openaiBaseUrl || "https://api.openai.com/v1";
        const { createHostedModel } = await loadProviders();
        models.push(createHostedModel({ model: setting.model, baseUrl, apiKey: settings.openaiApiKey }, modelDeps));
      } catch (thrown) {
        troubles.push(toModelError(thrown));
      }
    }
    if (setting.kind !== "none") {
      try {
        const local = await lookForLocal(setting.kind === "ollama" ? setting.model : null);
        if (local !== null) models.push(local);
      } catch (thrown) {
        // Without a local model there is nothing wrong, unless it was asked for by name.
        if (setting.kind === "ollama") troubles.push(toModelError(thrown));
      }
    }
    if (models.map(({ id }) => id).join() !== found.map(({ id }) => id).join())
      logger?.info(
        { models: models.map(({ id }) => id) },
        models.length > 0 ? "models found" : "no model: extractive mode",
      );
    found = models;
    problems = troubles;
    probedAt = now();
  }

  const look = () => (probing ??= probe().finally(() => (probing = null)));
  const awake = () => found.filter(({ id }) => (restingUntil.get(id) ?? 0) <= now());

  return {
    async current() {
      if (setting.kind === "none") return [];
      if (probedAt === Number.NEGATIVE_INFINITY) await look();
      else if (now() - probedAt > probeEveryMs) void look();
      return awake();
    },
    async refresh() {
      restingUntil.clear();
      await look();
      return awake();
    },
    describe: () => ({
      setting: settings.llm || "auto",
      models: found.map(({ id }) => id),
      problems: problems.map(({ message, fix }) => (fix === undefined ? { message } : { message, fix })),
    }),
  };
}
