import type { ModelSettings } from "../../src/llm/models.ts";
import { startOllamaServer } from "../fakes/ollama-server.ts";
import { startOpenAiServer } from "../fakes/openai-server.ts";
import type { ModelStep, RecordedRequest, ScriptedServer } from "../fakes/scripted-server.ts";

// The two scripted model servers as a turn's setting, and steps for the calls that a turn makes.

export type ModelServer = ScriptedServer & { settings: Partial<ModelSettings>; chats: () => RecordedRequest[] };

export const providers: [name: string, start: (script: ModelStep[]) => Promise<ModelServer>][] = [
  [
    "a local model",
    async (script) => {
      const server = await startOllamaServer({ script });
      return Object.assign(server, {
        settings: { llm: "auto", ollamaHost: server.url },
        chats: () => server.to("/api/chat"),
      });
    },
  ],
  [
    "a hosted model",
    async (script) => {
      const server = await startOpenAiServer({ apiKey: "k-1", script });
      const settings = { llm: "openai:gpt-4o-mini", openaiBaseUrl: server.baseUrl, openaiApiKey: "k-1" };
      return Object.assign(server, { settings, chats: () => server.to("/v1/chat/completions") });
    },
  ],
];

type Body = {
  tools?: { function: { name: string } }[];
  format?: unknown;
  response_format?: unknown;
  messages: { content: string }[];
};
const body = (request: RecordedRequest): Body => request.body as Body;
const offers = (request: RecordedRequest, tool: string): boolean =>
  body(request).tools?.some((one) => one.function.name === tool) ?? false;

export const isPlan = (request: RecordedRequest): boolean =>
  body(request).format !== undefined || body(request).response_format !== undefined;
export const isAnswer = (request: RecordedRequest): boolean => !isPlan(request) && !body(request).tools;

export const plan = (...tasks: [agent: string, task: string][]): ModelStep => ({
  when: isPlan,
  reply: JSON.stringify({ tasks: tasks.map(([agent, task]) => ({ agent, task })) }),
});
export const maintenance = (step: ModelStep): ModelStep => ({
  when: (request) => offers(request, "look_up_alarm"),
  ...step,
});
export const quality = (step: ModelStep): ModelStep => ({
  when: (request) => offers(request, "defect_pareto"),
  ...step,
});
export const answer = (step: ModelStep): ModelStep => ({ when: isAnswer, ...step });
/** What the model was told: its system prompt and the turn. */
export const toldTo = (request: RecordedRequest | undefined): string =>
  request
    ? body(request)
        .messages.map(({ content }) => content)
        .join("\n\n")
    : "";
