import { z } from "zod";
import { SunbaeError } from "../../../src/core/errors.ts";
import type { Evidence, EvidenceDraft } from "../../../src/core/evidence.ts";
import type { RunEvent } from "../../../src/core/run-event.ts";
import { createCallBudget } from "../../../src/llm/call-budget.ts";
import { createEgressGate } from "../../../src/llm/egress.ts";
import { createModels, type ModelSettings } from "../../../src/llm/models.ts";
import { loadPrompts } from "../../../src/llm/render-prompt.ts";
import { defineTool, type Tool, type ToolResult } from "../../../src/tools/tool.ts";

export const prompts = loadPrompts(new URL("../../../prompts", import.meta.url).pathname);

export function evidence(id: string, text: string, more: Partial<Evidence> = {}): Evidence {
  return { id, kind: "passage", title: "A title", text, source: { label: "A manual" }, trust: "reference", ...more };
}

const draft = (text: string): EvidenceDraft => ({
  kind: "reading",
  title: "Live",
  text,
  source: { label: "sensors" },
  trust: "record",
});

export const tools: Tool[] = [
  defineTool({
    name: "read_sensors",
    title: { ko: "센서", en: "Sensors" },
    description: "Live values of one machine.",
    input: z.object({ equipment: z.string(), minutes: z.number().optional() }),
    agents: ["maintenance"],
    run: async ({ equipment }) => ({
      output: {},
      summary: `2 tags of ${equipment}`,
      evidence: [draft(`${equipment} vibration 5.1 mm/s`)],
    }),
  }),
  defineTool({
    name: "look_up_alarm",
    title: { ko: "알람", en: "Alarm" },
    description: "The entry of an alarm code.",
    input: z.object({ code: z.string() }),
    agents: ["maintenance"],
    run: async ({ code }) => {
      if (code !== "2041")
        throw new SunbaeError("not_found", `No alarm ${code}.`, { fix: "Known near it: 2041, 2042." });
      return { output: {}, summary: "alarm 2041", evidence: [draft("2041 spindle bearing temperature high")] };
    },
  }),
];

/** What a turn would lend to its specialists. */
export async function createTurn(settings: Partial<ModelSettings>) {
  const events: RunEvent[] = [];
  const known: Evidence[] = [evidence("E1", "CNC-07 reports alarm 2041.")];
  const models = createModels(
    {
      llm: "auto",
      ollamaHost: "127.0.0.1:1",
      timeouts: { firstByteMs: 500, idleMs: 300, totalMs: 5_000 },
      ...settings,
    },
    { egress: createEgressGate({ allow: "none" }) },
  );
  return {
    events,
    known,
    budget: createCallBudget(),
    prompts,
    tools,
    evidence: [...known],
    models: await models.current(),
    language: "en" as const,
    emit: (event: RunEvent) => void events.push(event),
    addEvidence(drafts: EvidenceDraft[]): Evidence[] {
      const numbered = drafts.map((one, index) => ({ ...one, id: `E${known.length + index + 1}` }));
      known.push(...numbered);
      return numbered;
    },
    async runTool(name: string, raw: unknown): Promise<ToolResult> {
      const tool = tools.find((one) => one.name === name);
      if (!tool) throw new SunbaeError("not_found", `There is no tool ${name}.`);
      const parsed = tool.input.safeParse(raw);
      if (!parsed.success)
        throw new SunbaeError(
          "invalid_input",
          `The input of ${name} does not fit: ${parsed.error.issues[0]?.path.join(".")}`,
        );
      return tool.run(parsed.data, {} as never);
    },
  };
}
