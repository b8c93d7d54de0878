import { z } from "zod";
import type { Tool } from "./tool.ts";

export type ToolDefinition = { name: string; description: string; schema: Record<string, unknown> };

/** Words of JSON Schema that cost tokens in every prompt and that no model heeds; our own check does. */
const unheeded = new Set(["$schema", "additionalProperties", "minLength", "maxLength", "pattern"]);

/** A tool as a model is shown it. */
export function toolDefinition({ name, description, input }: Tool): ToolDefinition {
  const schema = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  return { name, description, schema: { type: "object", properties: {}, ...(strip(schema) as object) } };
}

function strip(value: unknown, isNamed = false): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (typeof value !== "object" || value === null) return value;
  // The keys of `properties` are names of arguments, not words of JSON Schema.
  const kept = Object.entries(value).filter(([key]) => isNamed || !unheeded.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, strip(item, key === "properties" && !isNamed)]));
}
