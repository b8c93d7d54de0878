import { Ollama } from "ollama";
import { z } from "zod";
import { ModelError, toModelError } from "./model-error.ts";

// Asks an Ollama server what it has, and picks a model that can hold this work. Nothing is ever pulled.

export type LocalModel = {
  name: string;
  tools: boolean;
  /** The model thinks before it answers unless told not to. */
  thinks: boolean;
  /** Ollama passes the prompt on to its cloud. */
  remote: boolean;
  /** What the model was trained for; null where the server doesn't say. */
  maxContextTokens: number | null;
};

const tagsSchema = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      size: z.number().catch(0),
      remote_host: z.string().optional(),
      details: z.object({ parameter_size: z.string().catch("") }).catch({ parameter_size: "" }),
    }),
  ),
});
const showSchema = z.object({
  capabilities: z.array(z.string()).catch(["completion"]),
  model_info: z.record(z.string(), z.unknown()).catch({}),
});
type Tag = z.infer<typeof tagsSchema>["models"][number];

/** More than this, in thousands of millions of parameters, is too slow for the small PC this runs on. */
const comfortableSize = 15;

export type OllamaAddress = { baseUrl: string; fetch: typeof fetch; timeoutMs: number };

/**
 * The model named, or with null the best one installed; null where none fits.
 * Rejects with ModelError `unreachable`, `blocked`, `malformed`, or `missing` for a name that isn't installed.
 */
export async function findLocalModel(server: OllamaAddress, wanted: string | null): Promise<LocalModel | null> {
  const { models } = await ask(server, "its models", tagsSchema, (ollama) => ollama.list());
  if (wanted !== null) {
    const tag = models.find(({ name }) => name === wanted || name === `${wanted}:latest`);
    if (tag === undefined)
      throw new ModelError("missing", `${wanted} is not installed in Ollama at ${server.baseUrl}.`, {
        fix:
          models.length > 0
            ? `Run: ollama pull ${wanted} (installed: ${models.map((model) => model.name).join(", ")})`
            : `Run: ollama pull ${wanted}`,
      });
    return describe(server, tag);
  }
  // A cloud model of Ollama's answers on loopback but sends the prompt out of the plant: never picked by itself.
  const candidates = models
    .filter((tag) => !runsElsewhere(tag))
    .sort((a, b) => rank(b) - rank(a))
    .slice(0, 8);
  let withoutTools: LocalModel | null = null;
  for (const tag of candidates) {
    const found = await describe(server, tag);
    if (found?.tools) return found;
    withoutTools ??= found;
  }
  return withoutTools;
}

/** True for Ollama's cloud models, whose prompts leave the machine although the server is local. */
function runsElsewhere(tag: Tag): boolean {
  return tag.remote_host !== undefined || /[:-]cloud$/.test(tag.name);
}

/** Null for models that only embed. */
async function describe(server: OllamaAddress, tag: Tag): Promise<LocalModel | null> {
  const shown = await ask(server, `the model ${tag.name}`, showSchema, (ollama) => ollama.show({ model: tag.name }));
  if (!shown.capabilities.includes("completion")) return null;
  const context = Object.entries(shown.model_info).find(([key]) => key.endsWith(".context_length"))?.[1];
  return {
    name: tag.name,
    remote: runsElsewhere(tag),
    tools: shown.capabilities.includes("tools"),
    thinks: shown.capabilities.includes("thinking"),
    maxContextTokens: typeof context === "number" ? context : null,
  };
}

/** Larger is better up to the comfortable size; above it, smaller is better. */
function rank(tag: Tag): number {
  const [, number = "", unit = "B"] = /([\d.]+)\s*([MB])/i.exec(tag.details.parameter_size) ?? [];
  const billions = number === "" ? tag.size / 6e8 : Number(number) / (unit.toUpperCase() === "M" ? 1_000 : 1);
  return billions <= comfortableSize ? billions : -billions;
}

async function ask<Shape extends z.ZodType>(
  server: OllamaAddress,
  what: string,
  schema: Shape,
  call: (ollama: Ollama) => Promise<unknown>,
): Promise<z.output<Shape>> {
  const fetchInTime: typeof fetch = (url, init) =>
    server.fetch(url, { ...init, signal: AbortSignal.timeout(server.timeoutMs) });
  let answer: unknown;
  try {
    answer = await call(new Ollama({ host: server.baseUrl, fetch: fetchInTime }));
  } catch (thrown) {
    throw toFault(server, what, thrown);
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw notOllama(server);
  return parsed.data;
}

function toFault(server: OllamaAddress, what: string, thrown: unknown): ModelError {
  if (thrown instanceof SyntaxError) return notOllama(server);
  if (thrown instanceof Error && thrown.name === "ResponseError" && "status_code" in thrown)
    return new ModelError("failed", `Ollama answered ${String(thrown.status_code)} when asked for ${what}.`);
  const error = toModelError(thrown);
  if (error.name === "SunbaeError")
    return new ModelError("blocked", error.message, { ...(error.fix && { fix: error.fix }) });
  return new ModelError("unreachable", `No Ollama answers at ${server.baseUrl}.`, {
    fix: "Start Ollama, or set OLLAMA_HOST.",
  });
}

const notOllama = (server: OllamaAddress) =>
  new ModelError("malformed", `What answers at ${server.baseUrl} is not Ollama.`, { fix: "Check OLLAMA_HOST." });
