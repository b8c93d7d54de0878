import type { Variants } from "./description/words.ts";

/**
 * One variant in the language (Korean where there is no other), its {slots} filled; unknown slots stay empty. Texts
 * that belong together, a cause and its remedy, take the variant at the same place by being given the same `draw`.
 */
export function fillTemplate(
  draw: number,
  variants: Variants,
  language: "ko" | "en",
  slots: Record<string, string>,
): string {
  const list = (language === "en" ? variants.en : undefined) ?? variants.ko;
  return (list[draw % list.length] ?? "").replaceAll(/\{(\w+)\}/gu, (_, slot: string) => slots[slot] ?? "");
}
