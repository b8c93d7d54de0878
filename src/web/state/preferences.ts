import { signal, type Signal } from "@preact/signals";
import type { Language } from "../../core/context.ts";

// What the page remembers of a device. Storage may be forbidden; then it remembers until it is closed.

export type Preferences = { language: Signal<Language>; setLanguage(language: Language): void };

export type Memory = { get(name: string): string | null; set(name: string, value: string | null): void };

/** Local or session storage that never throws. */
export function createMemory(storage: () => Storage): Memory {
  const spare = new Map<string, string>();
  return {
    get(name) {
      try {
        return storage().getItem(`sunbae.${name}`);
      } catch {
        return spare.get(name) ?? null;
      }
    },
    set(name, value) {
      if (value === null) spare.delete(name);
      else spare.set(name, value);
      try {
        if (value === null) storage().removeItem(`sunbae.${name}`);
        else storage().setItem(`sunbae.${name}`, value);
      } catch {
        // Kept in `spare`.
      }
    },
  };
}

export function createPreferences(memory: Memory, browserLanguages: readonly string[]): Preferences {
  const remembered = memory.get("language");
  const ofBrowser: Language = browserLanguages[0]?.toLowerCase().startsWith("ko") ? "ko" : "en";
  const language = signal<Language>(remembered === "ko" || remembered === "en" ? remembered : ofBrowser);
  return {
    language,
    setLanguage(chosen) {
      language.value = chosen;
      memory.set("language", chosen);
    },
  };
}
