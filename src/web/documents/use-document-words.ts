import { usePage } from "../state/page-context.ts";
import { documentsEn, type DocumentWords } from "../words/documents.en.ts";
import { documentsKo } from "../words/documents.ko.ts";

export function useDocumentWords(): DocumentWords {
  return usePage().preferences.language.value === "ko" ? documentsKo : documentsEn;
}
