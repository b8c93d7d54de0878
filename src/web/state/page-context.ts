import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Signal } from "@preact/signals";
import type { Language } from "../../core/context.ts";
import type { Words } from "../words/en.ts";
import { en } from "../words/en.ts";
import { ko } from "../words/ko.ts";
import type { Preferences } from "./preferences.ts";
import type { Place } from "./place.ts";
import type { Session } from "./session.ts";

export type Page = { session: Session; preferences: Preferences; place: Signal<Place> };

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("A component of the page stands outside of PageContext.");
  return page;
}

export function useWords(): { words: Words; language: Language } {
  const language = usePage().preferences.language.value;
  return { words: language === "ko" ? ko : en, language };
}
