import type { Variants } from "./description/words.ts";
import type { Chance } from "./random.ts";

/** One variant in the language (Korean where there is no other), its {slots} filled; unknown slots stay empty. */
export function fillTemplate(
  random: Chance,
  variants: Variants,
  language: "ko" | "en",
  slots: Record<string, string>,
): string {
  const list = (language === "en" ? variants.en : undefined) ?? variants.ko;
  return random.pick(list).replaceAll(/\{(\w+)\}/gu, (_, slot: string) => slots[slot] ?? "");
}
