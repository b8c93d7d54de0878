import { z } from "zod";
import {
  countTokens,
  fakeVector,
  type ModelStep,
  piecesOf,
  type ScriptedServer,
  sendJson,
  startScriptedServer,
} from "./scripted-server.ts";

// An Ollama server over real HTTP with the wire formats of its API (NDJSON), as node_modules/ollama types them.

export type InstalledModel = {
  name: string;
  parameterSize?: string;
  capabilities?: string[];
  contextLength?: number;
  /** Set for cloud models, which run elsewhere. */
  remoteHost?: string;
};

const chatRequest = z.object({
  model: z.string().min(1),
  messages: z
    .array(
      z.discriminatedUnion("role", [
        z.object({ role: z.enum(["system", "user", "tool"]), content: z.string() }),
        z.object({
          role: z.literal("assistant"),
          content: z.string(),
          tool_calls: z
            .array(z.object({ function: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }) }))
            .optional(),
        }),
      ]),
    )
    .min(1),
  // Always streamed, and never without num_ctx: else the server's default cuts the prompt silently.
  stream: z.literal(true),
  options: z.object({ num_ctx: z.number().int().positive(), num_predict: z.number().int().positive() }),
  tools: z
    .array(
      z.object({
        type: z.literal("function"),
        function: z.object({
          name: z.string().regex(/^[a-z0-9_]+$/),
          description: z.string().min(1),
          parameters: z.object({ type: z.literal("object"), properties: z.record(z.string(), z.unknown()) }),
        }),
      }),
    )
    .optional(),
  format: z.union([z.literal("json"), z.object({ type: z.literal("object") })]).optional(),
});

export type OllamaServer = ScriptedServer;

export async function startOllamaServer(
  options: { models?: InstalledModel[]; dimension?: number; script?: ModelStep[] } = {},
): Promise<OllamaServer> {
  const models = options.models ?? [{ name: "qwen3:8b" }];
  const find = (name: string) => models.find((model) => model.name === name || model.name === `${name}:latest`);
  const server = await startScriptedServer((core) => ({
    "GET /": (_request, response) => void response.end("Ollama is running"),
    "GET /api/version": (_request, response) => sendJson(response, 200, { version: "0.12.6" }),
    "GET /api/tags": (_request, response) => sendJson(response, 200, { models: models.map(toTag) }),
    "POST /api/show": (request, response) => {
      const model = find(String(request.body?.model));
      if (model === undefined) return sendJson(response, 404, { error: `model '${request.body?.model}' not found` });
      sendJson(response, 200, toShow(model));
    },
    "POST /api/embed": (request, response) => {
      const { model, input } = request.body as { model: string; input: string | string[] };
      if (find(model) === undefined)
        return sendJson(response, 404, { error: `model "${model}" not found, try pulling it first` });
      const texts = typeof input === "string" ? [input] : input;
      const embeddings = texts.map((text) => fakeVector(text, options.dimension ?? 32));
      sendJson(response, 200, {
        model,
        embeddings,
        total_duration: 1_000,
        load_duration: 100,
        prompt_eval_count: countTokens(texts),
      });
    },
    "POST /api/chat": async (request, response) => {
      const parsed = chatRequest.safeParse(request.body);
      if (!parsed.success) core.problem(`malformed /api/chat: ${z.prettifyError(parsed.error)}`);
      const model = String(request.body.model);
      if (find(model) === undefined) return sendJson(response, 404, { error: `model '${model}' not found` });
      const step = core.take(request, response);
      if (step === undefined) return;
      if (step.status !== undefined) return sendJson(response, step.status, { error: step.error ?? "failed" });
      await core.play(response, framesOf(step, model, request.body), step);
    },
  }));
  server.script(...(options.script ?? []));
  return server;
}

function framesOf(step: ModelStep, model: string, body: { messages: unknown; tools?: unknown }) {
  const line = (fields: object) =>
    `${JSON.stringify({ model, created_at: "2026-11-21T05:00:00.000000Z", ...fields })}\n`;
  const pieces = piecesOf(step).map((content) => line({ message: { role: "assistant", content }, done: false }));
  for (const [index, { name, args }] of (step.toolCalls ?? []).entries()) {
    if (typeof args === "string") throw new Error("Ollama sends arguments as an object, never as text");
    const call = { id: `call_${index}`, function: { index, name, arguments: args } };
    pieces.push(line({ message: { role: "assistant", content: "", tool_calls: [call] }, done: false }));
  }
  const last = line({
    message: { role: "assistant", content: "" },
    done: true,
    done_reason: step.finish ?? "stop",
    total_duration: 4_883_583_458,
    load_duration: 1_334_875,
    prompt_eval_count: step.promptTokens ?? countTokens(body.messages) + (body.tools ? countTokens(body.tools) : 0),
    prompt_eval_duration: 342_546_000,
    eval_count: countTokens(pieces.join("")),
    eval_duration: 4_535_599_000,
  });
  return {
    contentType: "application/x-ndjson",
    pieces,
    tail: [last],
    malformed: '{"model":"x","message":{"role":"assist\n',
    error: `${JSON.stringify({ error: "llama runner process has terminated: signal: killed" })}\n`,
  };
}

function toTag(model: InstalledModel) {
  return {
    name: model.name,
    model: model.name,
    modified_at: "2026-11-02T09:12:11.123456789+09:00",
    size: 5_225_388_164,
    digest: "500a1f067a9f782620b40bee6f7b0c89e17ae61f686b92c24933e4ca4b2b8b41",
    ...(model.remoteHost && { remote_host: model.remoteHost, remote_model: model.name }),
    details: {
      parent_model: "",
      format: "gguf",
      family: "qwen3",
      families: ["qwen3"],
      parameter_size: model.parameterSize ?? "8.2B",
      quantization_level: "Q4_K_M",
    },
  };
}

function toShow(model: InstalledModel) {
  return {
    license: "Apache License",
    modelfile: "# Modelfile",
    parameters: "temperature 0.6",
    template: "{{ .Prompt }}",
    details: toTag(model).details,
    model_info: { "general.architecture": "qwen3", "qwen3.context_length": model.contextLength ?? 40_960 },
    capabilities: model.capabilities ?? ["completion", "tools"],
    modified_at: "2026-11-02T09:12:11.123456789+09:00",
  };
}
