import type { Language } from "../../core/context.ts";
import type { Card } from "../card.ts";
import type { LoadedDocument } from "../load/loaded-document.ts";
import { createTextBuilder } from "../load/text-builder.ts";

const labels: Record<Language, Record<string, string>> = {
  ko: {
    symptom: "증상",
    cue: "느낌",
    claim: "핵심",
    avoid: "하지 말 것",
    when: "해당",
    not: "해당 없음",
    alarms: "알람",
    parts: "부품",
    evidence: "근거",
  },
  en: {
    symptom: "Symptom",
    cue: "Cue",
    claim: "Claim",
    avoid: "Avoid",
    when: "Applies when",
    not: "Not when",
    alarms: "Alarms",
    parts: "Parts",
    evidence: "Evidence",
  },
};

/** A card as a document to search: one section a language, and the expert's own words under his own. */
export function cardAsDocument(card: Omit<Card, "documentId" | "path">, document: LoadedDocument): LoadedDocument {
  const builder = createTextBuilder();
  for (const language of ["ko", "en"] as const) {
    const title = card.title[language];
    const label = labels[language];
    if (!title && !card.claim[language]) continue;
    builder.heading(1, title ?? card.id);
    const lines = [
      [label["claim"], card.claim[language]],
      [label["symptom"], card.symptom[language]],
      [label["cue"], card.cue?.[language]],
      [label["when"], card.appliesWhen?.[language]],
      [label["not"], card.notWhen?.[language]],
      [label["avoid"], card.avoid?.[language]],
      [label["evidence"], card.evidence?.[language]],
      [label["alarms"], card.alarms.join(", ")],
      [label["parts"], card.parts.join(", ")],
    ];
    builder.block(
      "paragraph",
      lines
        .filter(([, text]) => text)
        .map(([name, text]) => `${name}: ${text}`)
        .join("\n"),
    );
    builder.list(card.steps[language] ?? [], true);
    if (language === document.language && card.body) builder.block("paragraph", card.body);
  }
  return { ...document, ...builder.finish(), kind: "card", approved: false };
}
