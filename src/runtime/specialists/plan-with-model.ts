import { z } from "zod";
import type { Evidence } from "../../core/evidence.ts";
import type { AgentName } from "../../core/run-event.ts";
import type { CallBudget } from "../../llm/call-budget.ts";
import type { Model } from "../../llm/model.ts";
import { quoteText } from "../../llm/quote-evidence.ts";
import { promptNamed, type Prompts } from "../../llm/render-prompt.ts";
import { tryCandidates } from "../../llm/try-candidates.ts";
import { fitPrompt } from "./prompt-room.ts";

export type PlannedTask = { agent: AgentName; task: string };

const planSchema = z.object({
  tasks: z.array(z.object({ agent: z.enum(["maintenance", "quality", "planner"]), task: z.string() })),
});

/**
 * Up to three tasks, one a specialist; [] where the evidence suffices; null where the model wrote something else than a
 * plan, so that the rules plan. Rejects with ModelError when every candidate failed.
 */
export async function planWithModel(request: {
  question: string;
  /** What the rules read into the question, in a few lines. */
  understood: string;
  evidence: readonly Evidence[];
  models: readonly Model[];
  prompts: Prompts;
  budget: CallBudget;
  signal?: AbortSignal;
}): Promise<PlannedTask[] | null> {
  const { models, budget, signal } = request;
  if (models.length === 0) return null;
  const slots = { question: quoteText(request.question), understood: quoteText(request.understood) };
  const prompt = fitPrompt(promptNamed(request.prompts, "planner"), slots, request.evidence, models);
  const messages = [
    { role: "system" as const, content: prompt.system },
    { role: "user" as const, content: prompt.user },
  ];
  return tryCandidates(models, async (model) => {
    const chat = model.open({ role: "plan", budget, ...(signal && { signal }) });
    // The schema goes along as `format` or `response_format`; what comes back is read by ourselves, with patience.
    const planner = chat.withStructuredOutput(planSchema, { name: "plan", includeRaw: true });
    const { raw } = await planner.invoke(messages);
    return readPlan(raw.text);
  });
}

/** Takes the first JSON object of a text that has tasks; leaves out what is no task. Null where there is none. */
function readPlan(text: string): PlannedTask[] | null {
  for (let start = text.indexOf("{"); start >= 0; start = text.indexOf("{", start + 1)) {
    const value = parse(text.slice(start, text.lastIndexOf("}") + 1));
    const tasks = (value as { tasks?: unknown } | null)?.tasks;
    if (!Array.isArray(tasks)) continue;
    const seen = new Set<AgentName>();
    const read = tasks.flatMap((task) => {
      const { data } = planSchema.shape.tasks.element.safeParse(task);
      if (data === undefined || data.task.trim() === "" || seen.has(data.agent)) return [];
      seen.add(data.agent);
      return [{ agent: data.agent, task: data.task.trim().slice(0, 400) }];
    });
    return tasks.length > 0 && read.length === 0 ? null : read.slice(0, 3);
  }
  return null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
