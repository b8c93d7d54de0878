import { say } from "../wording.ts";
import type { ToolContext, ToolResult } from "../tool.ts";

export async function compareLotsOf(_input: object, { language }: ToolContext): Promise<ToolResult> {
  const text = say(language, "아직 계산할 수 없습니다.", "This can't be computed yet.");
  return { output: { found: false, text }, summary: text, evidence: [] };
}
