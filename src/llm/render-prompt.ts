import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SunbaeError } from "../core/errors.ts";

// A prompt is a Markdown file of two parts. Above the divider stands what never changes, so that a model's prefix
// cache holds it; below it, with named slots, what changes with every turn. No logic, no loops.

export type Prompt = {
  name: string;
  /** The same text in every call. */
  stable: string;
  /** Pieces of the changing part: text, and the names of slots between them. */
  pieces: ({ text: string } | { slot: string })[];
};

/** By file name without ".md": "maintenance", "compose" … */
export type Prompts = ReadonlyMap<string, Prompt>;

const divider = /^<!-- turn -->$/m;
const slotMark = /\{\{\s*([a-z0-9_/]+)\s*\}\}/g;

/** Reads every prompt of a folder once. `{{shared/x}}` is the file shared/x.md. Throws `invalid_input` naming the file. */
export function loadPrompts(folder: string): Prompts {
  const shared = new Map(markdownIn(join(folder, "shared")).map(({ name, text }) => [`shared/${name}`, text.trim()]));
  return new Map(markdownIn(folder).map(({ name, text }) => [name, parsePrompt(name, text, shared)]));
}

export function parsePrompt(name: string, text: string, shared: ReadonlyMap<string, string> = new Map()): Prompt {
  const whole = text.replace(slotMark, (mark, slot: string) => {
    if (!slot.startsWith("shared/")) return mark;
    return shared.get(slot) ?? wrong(name, `includes {{${slot}}}, which does not exist`);
  });
  const [stable = "", turn, ...more] = whole.split(divider);
  if (turn === undefined || more.length > 0)
    wrong(name, "needs one line <!-- turn --> between what is stable and what changes");
  if (stable.search(slotMark) >= 0) wrong(name, "has a slot above <!-- turn -->, where nothing may change");
  const parts = (turn ?? "").trim().split(slotMark);
  const pieces = parts.map((part, index) => (index % 2 === 0 ? { text: part } : { slot: part }));
  return { name, stable: stable.trim(), pieces };
}

/** Slots are filled once: a value that looks like a slot stays text. Throws `internal` for a missing or unknown slot. */
export function renderPrompt(prompt: Prompt, slots: Record<string, string>): { system: string; user: string } {
  const named = new Set(prompt.pieces.flatMap((piece) => ("slot" in piece ? [piece.slot] : [])));
  const unknown = Object.keys(slots).filter((slot) => !named.has(slot));
  const missing = [...named].filter((slot) => slots[slot] === undefined);
  if (unknown.length > 0 || missing.length > 0)
    throw new SunbaeError(
      "internal",
      `Prompt ${prompt.name}: ${[...missing.map((slot) => `slot ${slot} is not filled`), ...unknown.map((slot) => `there is no slot ${slot}`)].join(", ")}.`,
    );
  const user = prompt.pieces.map((piece) => ("slot" in piece ? slots[piece.slot] : piece.text)).join("");
  return { system: prompt.stable, user };
}

/** Throws `internal` where there is no such prompt. */
export function promptNamed(prompts: Prompts, name: string): Prompt {
  const prompt = prompts.get(name);
  if (prompt === undefined) throw new SunbaeError("internal", `There is no prompt ${name}.`);
  return prompt;
}

function markdownIn(folder: string): { name: string; text: string }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => ({ name: file.slice(0, -3), text: readFileSync(join(folder, file), "utf8") }));
}

function wrong(name: string, what: string): never {
  throw new SunbaeError("invalid_input", `prompts/${name}.md ${what}.`);
}
