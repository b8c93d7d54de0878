import { SunbaeError } from "../core/errors.ts";

/** SUNBAE_LLM: `auto` is a local model where Ollama answers, else none; nothing hosted is ever used unasked. */
export type LlmSetting =
  | { kind: "auto" }
  | { kind: "none" }
  | { kind: "ollama"; model: string }
  | { kind: "openai"; model: string };

/** Throws `invalid_input` with the fix. */
export function parseLlmSetting(setting: string): LlmSetting {
  const text = setting.trim();
  if (text === "" || text === "auto") return { kind: "auto" };
  if (text === "none") return { kind: "none" };
  const [, kind, model] = /^(ollama|openai):(\S+)$/.exec(text) ?? [];
  if ((kind === "ollama" || kind === "openai") && model !== undefined) return { kind, model };
  throw new SunbaeError("invalid_input", `SUNBAE_LLM is "${setting}".`, {
    fix: "Set it to auto, none, ollama:<model> (e.g. ollama:qwen3:8b) or openai:<model>.",
  });
}
