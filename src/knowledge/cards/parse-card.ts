import { z } from "zod";
import { SunbaeError } from "../../core/errors.ts";
import type { Bilingual, Card } from "../card.ts";
import type { LoadedDocument } from "../load/loaded-document.ts";
import { languageOf } from "../text/language.ts";

const sentence = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const words = z
  .union([sentence, z.object({ ko: sentence.optional(), en: sentence.optional() })])
  .transform((value): Bilingual => (typeof value === "string" ? { [languageOf(value)]: value } : value));
const lists = z
  .union([z.array(sentence), z.object({ ko: z.array(sentence).optional(), en: z.array(sentence).optional() })])
  .transform((value): Bilingual<string[]> => (Array.isArray(value) ? { [languageOf(value.join(" "))]: value } : value));
const names = z
  .union([z.array(z.coerce.string()), z.coerce.string().transform((one) => [one])])
  .nullish()
  .transform((value) => value ?? []);
const day = z
  .union([z.date().transform((date) => date.toISOString().slice(0, 10)), z.iso.date()])
  .nullish()
  .transform((value) => value ?? null);
const optional = words.nullish().transform((value) => value ?? null);
const text = z.coerce
  .string()
  .nullish()
  .transform((value) => value ?? null);

const cardFrontMatter = z.looseObject({
  id: z.string().regex(/^[\w-]{1,60}$/),
  title: words,
  models: names,
  equipment: names,
  component: text,
  failure_mode: text,
  alarms: names,
  symptom: words,
  cue: optional,
  claim: words,
  steps: lists.nullish().transform((value) => value ?? {}),
  avoid: optional,
  applies_when: optional,
  not_when: optional,
  parts: names,
  corrects: z
    .object({ document: z.string(), heading: z.string(), says: z.string() })
    .nullish()
    .transform((value) => value ?? null),
  expert: z.string(),
  recorded: day,
  status: z.string(),
  review_due: day,
  confidence: text,
  evidence: optional,
});

/** The card of a document of kind "card". Throws `invalid_input` naming the field that is wrong. */
export function parseCard(document: LoadedDocument): Omit<Card, "documentId" | "path"> {
  const parsed = cardFrontMatter.safeParse(document.attributes);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new SunbaeError("invalid_input", `The card's "${issue.path.join(".")}" is wrong: ${issue.message}.`);
  }
  const { equipment, failure_mode, applies_when, not_when, review_due, ...same } = parsed.data;
  return {
    id: same.id,
    title: same.title,
    models: same.models,
    equipmentIds: equipment,
    component: same.component,
    failureMode: failure_mode,
    alarms: same.alarms,
    symptom: same.symptom,
    cue: same.cue,
    claim: same.claim,
    steps: same.steps,
    avoid: same.avoid,
    appliesWhen: applies_when,
    notWhen: not_when,
    parts: same.parts,
    corrects: same.corrects,
    expert: same.expert,
    recorded: same.recorded,
    status: same.status,
    reviewDue: review_due,
    confidence: same.confidence,
    evidence: same.evidence,
    body: document.text.trim(),
  };
}
