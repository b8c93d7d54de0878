import type { Database } from "../db/database.ts";
import { formKey, loadGlossary } from "../knowledge/glossary/load-glossary.ts";
import type { Translate } from "../plant/directory/build-directory.ts";

/** Words of the other language for a term, from the glossary as it was last loaded. */
export type GlossaryTranslate = { translate: Translate; reload(): Promise<void> };

export async function createGlossaryTranslate(database: Database): Promise<GlossaryTranslate> {
  let glossary = await loadGlossary(database);
  return {
    translate(term) {
      const isKorean = /[가-힣]/.test(term);
      return (glossary.byForm.get(formKey(term)) ?? [])
        .flatMap((id) => glossary.concepts.get(id)?.forms ?? [])
        .filter((form) => (form.language === "ko") !== isKorean)
        .map((form) => form.text);
    },
    async reload() {
      glossary = await loadGlossary(database);
    },
  };
}
