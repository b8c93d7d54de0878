import type { Ctx, Language } from "../core/context.ts";
import { SunbaeError } from "../core/errors.ts";
import type { Knowledge, Span } from "./knowledge.ts";

export type SafetyTopic = "lockout" | "safeguard";

export type SafetyText = {
  documentId: string;
  path: string;
  title: string;
  heading: string;
  topic: SafetyTopic;
  /** warning: a warning or caution; steps: a numbered procedure; paragraph: any other text of the section. */
  shape: "warning" | "steps" | "paragraph";
  /** Verbatim. */
  text: string;
  span: Span;
  page: number | null;
  language: Language;
  models: string[];
  revision: string | null;
};

export type FindSafetyTextInput = {
  topic: SafetyTopic;
  models?: string[];
  language: Language;
  limit?: number;
};

/**
 * Verbatim safety text of approved documents in force: the machine's own section first, then the plant's procedure.
 * Text in the asker's language where it exists, otherwise the other language; never translated.
 */
export async function findSafetyText(
  _ctx: Ctx,
  _knowledge: Knowledge,
  _input: FindSafetyTextInput,
): Promise<SafetyText[]> {
  throw new SunbaeError("unavailable", "Safety text is being built.");
}
