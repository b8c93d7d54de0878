import type { Language } from "../../core/context.ts";

/** Korean where at least a tenth of the letters is Hangul: Korean manuals are full of Latin names and units. */
export function languageOf(text: string): Language {
  const sample = text.length > 20_000 ? text.slice(0, 20_000) : text;
  const hangul = sample.match(/[\uAC00-\uD7A3]/g)?.length ?? 0;
  if (hangul === 0) return "en";
  const latin = sample.match(/[A-Za-z]/g)?.length ?? 0;
  // A Hangul syllable says as much as two or three Latin letters.
  return hangul * 2.5 >= (latin + hangul * 2.5) * 0.2 ? "ko" : "en";
}
