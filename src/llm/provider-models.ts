import type { Logger } from "../observability/logger.ts";
import type { Metrics } from "../observability/metrics.ts";
import type { EgressGate } from "./egress.ts";
import type { LocalModel } from "./find-local-model.ts";
import { isLoopback, isPrivate } from "./hosts.ts";
import { ModelError, type ModelFailure } from "./model-error.ts";
import { type CallReport, createModelFetch, type ModelTimeouts } from "./model-fetch.ts";
import type { CallScope, Model } from "./model.ts";
import { openOllama, openOpenAi } from "./open-chat.ts";
import { redactJson, redactPersonal, redactSecrets } from "./redact.ts";

export type ModelDeps = {
  egress: EgressGate;
  logger?: Logger;
  metrics?: Pick<Metrics, "modelCalls" | "modelTokens">;
  timeouts: ModelTimeouts;
  onFailure: (modelId: string) => void;
};

/** Failures after which the next turn shouldn't wait for this model again. */
const tiring = new Set<CallReport["outcome"]>([
  "unreachable",
  "stalled",
  "slow",
  "overloaded",
  "denied",
] satisfies ModelFailure[]);

const answerTokens = { plan: 700, answer: 1_200 };

/** Throws ModelError `blocked` or `denied` where it could not be called at all. */
export function createHostedModel(
  options: { model: string; baseUrl: string; apiKey: string | undefined },
  deps: ModelDeps,
): Model {
  const { model } = options;
  const id = `openai:${model}`;
  const url = parseBaseUrl(options.baseUrl);
  const hosted = !isPrivate(url.hostname);
  if (!deps.egress.allows(url))
    throw new ModelError("blocked", `${id} is at ${url.host}, which is not on the egress allow-list.`, {
      fix: `Set SUNBAE_EGRESS=${url.hostname}.`,
    });
  if (hosted && !options.apiKey) throw new ModelError("denied", `${id} needs a key.`, { fix: "Set OPENAI_API_KEY." });
  return {
    id,
    hosted,
    tools: true,
    contextTokens: hosted ? 32_768 : 16_384,
    answerTokens: answerTokens.answer,
    open: (scope) =>
      openOpenAi({
        model,
        baseUrl: url.href.replace(/\/+$/, ""),
        apiKey: options.apiKey || "none",
        role: scope.role,
        contextTokens: 0, // the server's own
        answerTokens: answerTokens[scope.role],
        fetch: fetchFor(
          scope,
          { id, format: "sse", hosted, inside: isLoopback(url.hostname), contextTokens: null },
          deps,
        ),
      }),
  };
}

/** Throws `unavailable` for a cloud model of Ollama's whose host is not on the egress allow-list. */
export function createLocalModel(
  options: { local: LocalModel; baseUrl: string; contextTokens: number },
  deps: ModelDeps,
): Model {
  const { local, baseUrl } = options;
  const id = `ollama:${local.name}`;
  const url = new URL(baseUrl);
  if (local.remote) deps.egress.check("https://ollama.com", "model");
  const hosted = !isPrivate(url.hostname) || local.remote;
  // A num_ctx beyond what the model was trained for is lowered by Ollama without a word.
  const contextTokens = Math.min(options.contextTokens, local.maxContextTokens ?? options.contextTokens);
  return {
    id,
    hosted,
    tools: local.tools,
    contextTokens,
    answerTokens: answerTokens.answer,
    open: (scope) =>
      openOllama({
        model: local.name,
        baseUrl,
        role: scope.role,
        contextTokens,
        answerTokens: answerTokens[scope.role],
        think: local.thinks ? false : null,
        fetch: fetchFor(
          scope,
          { id, format: "ndjson", hosted, inside: isLoopback(url.hostname) && !hosted, contextTokens },
          deps,
        ),
      }),
  };
}

type Target = { id: string; format: "ndjson" | "sse"; hosted: boolean; inside: boolean; contextTokens: number | null };

function fetchFor(scope: CallScope, target: Target, deps: ModelDeps): typeof fetch {
  const redact = target.hosted ? (text: string) => redactPersonal(redactSecrets(text)) : redactSecrets;
  return createModelFetch({
    fetch: deps.egress.fetch("model"),
    format: target.format,
    redact: target.inside ? null : (body) => redactJson(body, redact),
    timeouts: deps.timeouts,
    role: scope.role,
    budget: scope.budget,
    ...(scope.signal && { signal: scope.signal }),
    report: (report) => note(report, target, deps),
  });
}

function note(report: CallReport, target: Target, deps: ModelDeps): void {
  const { role, outcome, usage, estimatedTokens } = report;
  deps.metrics?.modelCalls.inc({ role, outcome });
  if (usage?.inputTokens != null) deps.metrics?.modelTokens.inc({ role, direction: "input" }, usage.inputTokens);
  if (usage?.outputTokens != null) deps.metrics?.modelTokens.inc({ role, direction: "output" }, usage.outputTokens);
  const fields = { model: target.id, role, outcome, ms: Math.round(report.ms), estimatedTokens, ...usage };
  if (outcome === "ok") deps.logger?.debug(fields, "model call");
  else if (outcome !== "cancelled") deps.logger?.warn({ ...fields, reason: report.message }, "model call failed");
  if (tiring.has(outcome)) deps.onFailure(target.id);
  if (usage?.finish === "length") deps.logger?.warn(fields, "the model's answer was cut at its token limit");
  if (wasCut(report, target)) {
    deps.metrics?.modelCalls.inc({ role, outcome: "prompt-cut" });
    deps.logger?.warn(fields, "Ollama read far less than was sent: it cut the front of the prompt");
  }
}

/** Our estimate leans high, twice the count at most: less than this read (what was cached counts) means some was cut. */
function wasCut({ usage, estimatedTokens }: CallReport, target: Target): boolean {
  if (target.format !== "ndjson" || usage?.inputTokens == null || estimatedTokens < 400) return false;
  const full = target.contextTokens !== null && estimatedTokens > target.contextTokens;
  return full || usage.inputTokens < estimatedTokens * 0.4;
}

function parseBaseUrl(baseUrl: string): URL {
  try {
    return new URL(baseUrl);
  } catch {
    throw new ModelError("unreachable", `OPENAI_BASE_URL is "${baseUrl}", which is not an address.`, {
      fix: "Set it to an address with its version, e.g. https://api.openai.com/v1.",
    });
  }
}
