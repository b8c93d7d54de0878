import type { Language } from "../core/context.ts";
import { endsInConsonant } from "../core/language/script.ts";
import type { Equipment } from "../plant/mes-store.ts";

/** One of the two wordings of a sentence. */
export function say(language: Language, ko: string, en: string): string {
  return language === "ko" ? ko : en;
}

/** Quoted words with the particle that fits them: “알람”은, “설비”는. */
export function quoted(text: string, afterConsonant: string, afterVowel: string): string {
  return `“${text}”${endsInConsonant(text) ? afterConsonant : afterVowel}`;
}

/** "CNC-07 머시닝센터 7호기": the id, and the name where it says more. */
export function equipmentTitle(equipment: Equipment, language: Language): string {
  const name = language === "ko" ? (equipment.nameKo ?? equipment.name) : equipment.name;
  return name === "" || name === equipment.id ? equipment.id : `${equipment.id} ${name}`;
}

/** Non-empty lines, one under the other. */
export function lines(...parts: (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join("\n");
}
