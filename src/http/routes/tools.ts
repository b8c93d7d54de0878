import { z } from "zod";
import { hasHangul } from "../../core/language/script.ts";
import { runTool } from "../../tools/registry.ts";
import { addRoute } from "../define-route.ts";
import type { HttpApp, HttpOptions } from "../http-env.ts";
import { named } from "../schema.ts";
import { evidenceDraft, language, proposal } from "../schemas/answer.ts";

const toolSchema = named(
  "Tool",
  z.object({
    name: z.string(),
    title: z.object({ ko: z.string(), en: z.string() }),
    description: z.string(),
    agents: z.array(z.string()),
    input: z.unknown().describe("JSON Schema"),
  }),
);
const toolAnswer = z.object({
  output: z.unknown(),
  summary: z.string(),
  evidence: z.array(evidenceDraft),
  proposal: proposal.optional(),
});

export function addToolRoutes(app: HttpApp, { backend }: HttpOptions): void {
  addRoute(
    app,
    {
      method: "get",
      path: "/api/tools",
      summary: "The tools that agents and people use",
      answer: z.object({ tools: z.array(toolSchema) }),
    },
    async () => ({
      tools: backend().tools.all.map(({ name, title, description, agents, input }) => {
        return {
          name,
          title,
          description,
          agents,
          input: z.toJSONSchema(input, { io: "input", unrepresentable: "any" }),
        };
      }),
    }),
  );

  addRoute(
    app,
    {
      method: "post",
      path: "/api/tools/{name}",
      summary: "Run one tool; its output is what an agent sees",
      params: z.object({ name: z.string().max(100) }),
      query: z.object({ language: language.optional() }),
      body: z.record(z.string(), z.unknown()),
      bodyOptional: true,
      answer: toolAnswer,
    },
    async ({ ctx, params, query, body }) => {
      const { tools, toolContext } = backend();
      const wording = query.language ?? (hasHangul(JSON.stringify(body)) ? "ko" : "en");
      return await runTool(tools, params.name, body, toolContext(ctx, wording));
    },
  );
}
