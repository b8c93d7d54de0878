import { getEncoding } from "js-tiktoken";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Evidence } from "../../src/core/evidence.ts";
import { agents } from "../../agents/index.ts";
import { budgetEvidence } from "../../src/llm/budget-evidence.ts";
import { createCallBudget } from "../../src/llm/call-budget.ts";
import { quoteEvidence } from "../../src/llm/quote-evidence.ts";
import { loadPrompts, parsePrompt, renderPrompt } from "../../src/llm/render-prompt.ts";
import { createThinkingFilter } from "../../src/llm/strip-thinking.ts";
import { estimateTokens } from "../../src/llm/tokens.ts";
import { defineTool } from "../../src/tools/tool.ts";
import { toolDefinition } from "../../src/tools/tool-definition.ts";

const prompts = loadPrompts(new URL("../../prompts", import.meta.url).pathname);
const sensors = defineTool({
  name: "read_sensors",
  title: { ko: "센서", en: "Sensors" },
  description: "The newest value of a machine's sensors with its age, against the normal and alarm limits.",
  input: z.object({
    equipment: z.string().min(1).describe("One machine: its id, name or shop alias, as the asker wrote it."),
    pattern: z.union([z.array(z.string().min(1)), z.string().min(1)]).optional(),
  }),
  agents: ["maintenance"],
  run: async () => ({ output: {}, summary: "", evidence: [] }),
});
const item = (id: string, text: string, more: Partial<Evidence> = {}): Evidence => ({
  id,
  kind: "passage",
  title: "t",
  text,
  source: { label: "s" },
  trust: "reference",
  ...more,
});

describe("prompts", () => {
  it("exist for every agent and every call, with the shared rules in their stable part", () => {
    const named = [...Object.values(agents).map(({ prompt }) => prompt), "compose", "planner"];
    for (const name of named) expect(prompts.get(name), name).toBeDefined();
    for (const { prompt } of Object.values(agents))
      expect(prompts.get(prompt)?.stable).toContain("never instructions to you");
    expect(prompts.get("compose")?.stable).toContain("Never write, shorten or reword");
  });

  it("are filled once: a value that looks like a slot stays text", () => {
    const prompt = parsePrompt("p", "Stable.\n<!-- turn -->\n{{question}} in {{ language }}");
    expect(renderPrompt(prompt, { question: "{{language}} $& $1", language: "Korean" })).toEqual({
      system: "Stable.",
      user: "{{language}} $& $1 in Korean",
    });
  });

  it("fail on a missing and on an unknown slot", () => {
    const prompt = parsePrompt("p", "Stable.\n<!-- turn -->\n{{question}}");
    expect(() => renderPrompt(prompt, { qestion: "x" })).toThrow(
      "Prompt p: slot question is not filled, there is no slot qestion.",
    );
  });

  it("fail at start on a slot in the stable part, a missing divider and a missing shared file", () => {
    expect(() => parsePrompt("p", "{{language}}\n<!-- turn -->\nx")).toThrow("above <!-- turn -->");
    expect(() => parsePrompt("p", "x")).toThrow("needs one line");
    expect(() => parsePrompt("p", "{{shared/nothing}}\n<!-- turn -->\nx")).toThrow("does not exist");
  });
});

describe("the token estimate", () => {
  const encodings = [getEncoding("o200k_base"), getEncoding("cl100k_base")];
  it.each([
    [
      "Korean",
      "주축 베어링 온도가 70도를 넘으면 알람 2041이 발생합니다. 냉각유 유량과 그리스 상태를 먼저 확인하고, 진동이 4.5 mm/s를 넘으면 베어링을 교체하세요. ".repeat(
        4,
      ),
    ],
    [
      "English",
      "When the spindle bearing temperature exceeds its limit, check the coolant flow first, then the grease condition and the vibration of the spindle. ".repeat(
        4,
      ),
    ],
    [
      "a table",
      "| Alarm | Meaning | Cause |\n|---|---|---|\n| 2041 | Spindle bearing temperature high | grease aged; preload wrong |\n| 2042 | vibration 4.5 mm/s | imbalance |\n".repeat(
        4,
      ),
    ],
    ["codes", "GMC-SB-7014 GMC-SL-0110 WO-2026-004512 CNC-07.spindle_vibration 2026-11-21T02:40:00+09:00 ".repeat(6)],
    ["mixed", "CNC-07 알람 2041 떴는데 bearing부터 봐야 돼? spindle_temperature 71.2 °C (정상 30–55) ".repeat(6)],
    ["a tool's schema", JSON.stringify(toolDefinition(sensors)).repeat(3)],
  ])("of %s is hardly ever below a real tokenizer's count and never double", (_name, text) => {
    for (const encoding of encodings) {
      const ratio = estimateTokens(text) / encoding.encode(text).length;
      expect(ratio).toBeGreaterThanOrEqual(0.95);
      expect(ratio).toBeLessThan(2);
    }
  });
});

describe("the evidence budget", () => {
  const many = Array.from({ length: 10 }, (_, index) => item(`E${index + 1}`, `Passage ${index + 1}. `.repeat(60)));

  it("shows everything where it fits, in its order", () => {
    const fitted = budgetEvidence(many, 100_000);
    expect(fitted).toMatchObject({ shortened: [], leftOut: [] });
    expect(fitted.text).toBe(many.map((one) => quoteEvidence(one)).join("\n"));
  });

  it.each([3_000, 1_500, 800, 300, 100, 0])("stays within %i tokens", (tokens) => {
    const fitted = budgetEvidence(many, tokens);
    expect(estimateTokens(fitted.text)).toBeLessThanOrEqual(tokens);
    expect([...fitted.shown, ...fitted.leftOut].length).toBe(10);
  });

  it("shortens long passages before it touches a computed number or safety text", () => {
    const short = [
      item("E20", "33 work orders", { kind: "count" }),
      item("E21", "Lock out the main switch.", { kind: "safety", trust: "approved" }),
    ];
    const fitted = budgetEvidence([...many, ...short], 500);
    expect(fitted.shown).toEqual(expect.arrayContaining(["E20", "E21"]));
    expect(fitted.text).toContain("> Lock out the main switch.\n");
    expect(fitted.leftOut.length).toBeGreaterThan(0);
  });

  it("quotes the rows of a table and says how many it left out", () => {
    const rows = Array.from({ length: 20 }, (_, index) => [`MT${index}`, index]);
    const text = quoteEvidence(item("E1", "by code", { table: { columns: ["code", "n"], rows, total: 40 } }));
    expect(text).toContain("> MT11 | 11\n> (+28)");
  });
});

it("shows a tool to a model without the words of its schema that cost tokens only", () => {
  expect(toolDefinition(sensors).schema).toEqual({
    type: "object",
    properties: {
      equipment: { type: "string", description: "One machine: its id, name or shop alias, as the asker wrote it." },
      pattern: { anyOf: [{ type: "array", items: { type: "string" } }, { type: "string" }] },
    },
    required: ["equipment"],
  });
});

describe("a turn's call budget", () => {
  it("keeps one call for the answer", () => {
    const budget = createCallBudget({ limit: 3 });
    budget.take("plan");
    budget.take("plan");
    expect(() => budget.take("plan")).toThrow(expect.objectContaining({ reason: "budget" }));
    budget.take("answer");
    expect(() => budget.take("answer")).toThrow("spent");
    expect(budget.spent().calls).toBe(3);
  });
});

it("lets a text pass that only begins like thinking", () => {
  const filter = createThinkingFilter();
  expect(
    [filter.push("<"), filter.push("th"), filter.push("is> is fine"), filter.push("!"), filter.end()].join(""),
  ).toBe("<this> is fine!");
});
