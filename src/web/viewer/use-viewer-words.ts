import { usePage } from "../state/page-context.ts";
import { viewerEn, type ViewerWords } from "../words/viewer.en.ts";
import { viewerKo } from "../words/viewer.ko.ts";

export function useViewerWords(): ViewerWords {
  return usePage().preferences.language.value === "ko" ? viewerKo : viewerEn;
}
