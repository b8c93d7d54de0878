import type { Language } from "../../core/context.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import type { Bilingual, FoundCard } from "../../knowledge/card.ts";
import { lines, say } from "../wording.ts";

/** What there is in the language, else in the other one. */
function inLanguage<T>(text: Bilingual<T> | null, language: Language): T | null {
  return text?.[language] ?? text?.[language === "ko" ? "en" : "ko"] ?? null;
}

/** A veteran's card: the claim, how to tell, what to do, when not. `data` is the card itself. */
export function cardEvidence(card: FoundCard, expertName: string, language: Language): EvidenceDraft {
  const part = (text: Bilingual | null): string | null => inLanguage(text, language);
  const steps = inLanguage(card.steps, language) ?? [];
  const cue = part(card.cue);
  const avoid = part(card.avoid);
  const applies = part(card.appliesWhen);
  const not = part(card.notWhen);
  const proof = part(card.evidence);
  const { corrects } = card;
  return {
    kind: "card",
    title: part(card.title) ?? card.id,
    text: lines(
      part(card.claim),
      cue && say(language, `알아보는 법: ${cue}`, `How to tell: ${cue}`),
      ...steps.map((step, index) => `${index + 1}) ${step}`),
      avoid && say(language, `하지 말 것: ${avoid}`, `Avoid: ${avoid}`),
      applies && say(language, `적용: ${applies}`, `Applies when: ${applies}`),
      not && say(language, `적용 안 됨: ${not}`, `Not when: ${not}`),
      card.parts.length > 0 && say(language, `부품: ${card.parts.join(", ")}`, `Parts: ${card.parts.join(", ")}`),
      corrects &&
        say(
          language,
          `설명서(${corrects.heading})는 “${corrects.says}”라고 하지만 이 카드가 바로잡습니다.`,
          `The manual (${corrects.heading}) says “${corrects.says}”; this card corrects it.`,
        ),
      proof && say(language, `근거: ${proof}`, `From: ${proof}`),
    ),
    language: card.claim[language] ? language : language === "ko" ? "en" : "ko",
    source: {
      label: `${card.id} · ${expertName}`,
      documentId: card.documentId,
      path: card.path,
      expert: expertName,
      ...(card.recorded ? { date: card.recorded } : {}),
    },
    trust: "reviewed",
    score: card.score,
    data: { card },
  };
}
