import { z } from "zod";
import { responsesFrames } from "./openai-responses.ts";
import {
  countTokens,
  fakeVector,
  type ModelStep,
  piecesOf,
  type RecordedRequest,
  type ScriptedServer,
  sendJson,
  startScriptedServer,
} from "./scripted-server.ts";

// A server of OpenAI's protocol over real HTTP: chat completions as SSE, models, embeddings, responses.
// Every answer carries the same id, as some imitators do, so that code which trusts it is found out.

const text = z.union([z.string(), z.array(z.object({ type: z.literal("text"), text: z.string() }))]);
const chatRequest = z
  .object({
    model: z.string().min(1),
    messages: z
      .array(
        z.discriminatedUnion("role", [
          z.object({ role: z.enum(["system", "developer", "user"]), content: text }),
          z.object({ role: z.literal("tool"), content: text, tool_call_id: z.string().min(1) }),
          z.object({
            role: z.literal("assistant"),
            content: text.nullable().optional(),
            tool_calls: z
              .array(
                z.object({
                  id: z.string().min(1),
                  type: z.literal("function"),
                  function: z.object({ name: z.string(), arguments: z.string() }),
                }),
              )
              .optional(),
          }),
        ]),
      )
      .min(1),
    stream: z.literal(true),
    tools: z
      .array(
        z.object({
          type: z.literal("function"),
          function: z.object({
            name: z.string(),
            description: z.string().min(1),
            parameters: z.object({ type: z.literal("object") }),
          }),
        }),
      )
      .optional(),
    response_format: z.looseObject({ type: z.enum(["text", "json_object", "json_schema"]) }).optional(),
  })
  .superRefine(({ messages }, context) => {
    // The real server refuses tool answers that belong to no call, and calls left unanswered.
    let open = new Set<string>();
    for (const message of messages) {
      if (message.role === "tool") {
        if (!open.delete(message.tool_call_id))
          context.addIssue(`tool message ${message.tool_call_id} answers no call`);
      } else if (open.size > 0) context.addIssue(`calls without an answer: ${[...open].join(", ")}`);
      if (message.role === "assistant") open = new Set(message.tool_calls?.map(({ id }) => id));
    }
  });

export type OpenAiServer = ScriptedServer & { baseUrl: string };

export async function startOpenAiServer(
  options: { apiKey?: string; models?: string[]; dimension?: number; script?: ModelStep[] } = {},
): Promise<OpenAiServer> {
  const server = await startScriptedServer((core) => {
    const refuse = (request: RecordedRequest) =>
      options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`;
    const errorBody = (message: string, type: string) => ({ error: { message, type, param: null, code: null } });
    return {
      "GET /v1/models": (_request, response) =>
        sendJson(response, 200, {
          object: "list",
          data: (options.models ?? ["gpt-4o-mini"]).map((id) => ({
            id,
            object: "model",
            created: 1_700_000_000,
            owned_by: "openai",
          })),
        }),
      "POST /v1/embeddings": (request, response) => {
        const {
          model,
          input,
          encoding_format: format,
        } = request.body as { model: string; input: string | string[]; encoding_format?: string };
        const texts = typeof input === "string" ? [input] : input;
        const data = texts.map((item, index) => {
          const vector = fakeVector(item, options.dimension ?? 32);
          const embedding =
            format === "base64" ? Buffer.from(new Float32Array(vector).buffer).toString("base64") : vector;
          return { object: "embedding", index, embedding };
        });
        const tokens = countTokens(texts);
        sendJson(response, 200, {
          object: "list",
          data,
          model,
          usage: { prompt_tokens: tokens, total_tokens: tokens },
        });
      },
      "POST /v1/chat/completions": async (request, response) => {
        if (refuse(request))
          return sendJson(response, 401, errorBody("Incorrect API key provided.", "invalid_request_error"));
        const parsed = chatRequest.safeParse(request.body);
        if (!parsed.success) core.problem(`malformed /v1/chat/completions: ${z.prettifyError(parsed.error)}`);
        const step = core.take(request, response);
        if (step === undefined) return;
        if (step.status !== undefined)
          return sendJson(response, step.status, errorBody(step.error ?? "failed", "server_error"));
        await core.play(response, chatFrames(step, request.body), step);
      },
      "POST /v1/responses": async (request, response) => {
        if (refuse(request))
          return sendJson(response, 401, errorBody("Incorrect API key provided.", "invalid_request_error"));
        const { model, input, stream } = request.body as Record<string, unknown>;
        if (typeof model !== "string" || !Array.isArray(input) || stream !== true)
          core.problem(`malformed /v1/responses: ${request.text}`);
        const step = core.take(request, response);
        if (step === undefined) return;
        if (step.status !== undefined)
          return sendJson(response, step.status, errorBody(step.error ?? "failed", "server_error"));
        await core.play(response, responsesFrames(step, request.body), step);
      },
    };
  });
  server.script(...(options.script ?? []));
  return Object.assign(server, { baseUrl: `${server.url}/v1` });
}

type ChatBody = { model: string; messages: unknown; tools?: unknown; stream_options?: { include_usage?: boolean } };

function chatFrames(step: ModelStep, body: ChatBody) {
  const head = {
    id: "chatcmpl-same",
    object: "chat.completion.chunk",
    created: 1_763_700_000,
    model: body.model,
    service_tier: "default",
    system_fingerprint: "fp_44709d6fcb",
  };
  const frame = (fields: object) => `data: ${JSON.stringify({ ...head, ...fields })}\n\n`;
  const delta = (content: object, finish: string | null = null) =>
    frame({ choices: [{ index: 0, delta: content, logprobs: null, finish_reason: finish }], usage: null });
  const pieces = [delta({ role: "assistant", content: step.toolCalls && !step.reply ? null : "", refusal: null })];
  for (const content of piecesOf(step)) pieces.push(delta({ content }));
  for (const [index, { name, args }] of (step.toolCalls ?? []).entries()) {
    const id = `call_${index}_${Math.abs(countTokens(body.messages))}`;
    pieces.push(
      delta({
        tool_calls: [
          { index, ...(step.withoutCallIds ? {} : { id }), type: "function", function: { name, arguments: "" } },
        ],
      }),
    );
    const written = typeof args === "string" ? args : JSON.stringify(args);
    for (const part of written.match(/[\s\S]{1,12}/gu) ?? [])
      pieces.push(delta({ tool_calls: [{ index, function: { arguments: part } }] }));
  }
  const tail = [delta({}, step.toolCalls ? "tool_calls" : (step.finish ?? "stop"))];
  if (body.stream_options?.include_usage) {
    const input = step.promptTokens ?? countTokens(body.messages) + (body.tools ? countTokens(body.tools) : 0);
    const output = countTokens(piecesOf(step).join(""));
    tail.push(
      frame({ choices: [], usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output } }),
    );
  }
  return {
    contentType: "text/event-stream; charset=utf-8",
    pieces,
    tail: [...tail, "data: [DONE]\n\n"],
    malformed: 'data: {"id":"chatcmpl-same","choices":[{"delta":{"cont\n\n',
    error: `data: ${JSON.stringify({ error: { message: "The server had an error while processing your request.", type: "server_error" } })}\n\n`,
  };
}
