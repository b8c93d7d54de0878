import type { Language } from "../core/context.ts";

// Card: one reviewed piece of veteran knowledge. Cue: what the senses notice. Claim: the one sentence to keep.

/** The same words in both languages; one of them may be missing. */
export type Bilingual<T = string> = Partial<Record<Language, T>>;

export type CardCorrection = { document: string; heading: string; says: string };

export type Card = {
  /** "CARD-001" */
  id: string;
  documentId: string;
  path: string;
  title: Bilingual;
  models: string[];
  equipmentIds: string[];
  component: string | null;
  failureMode: string | null;
  /** Alarm codes as the manual writes them. */
  alarms: string[];
  symptom: Bilingual;
  cue: Bilingual | null;
  claim: Bilingual;
  steps: Bilingual<string[]>;
  avoid: Bilingual | null;
  appliesWhen: Bilingual | null;
  notWhen: Bilingual | null;
  parts: string[];
  /** Set only where the card outranks a passage of a manual; both are then shown. */
  corrects: CardCorrection | null;
  /** A person's id. */
  expert: string;
  recorded: string | null;
  status: string;
  reviewDue: string | null;
  confidence: string | null;
  evidence: Bilingual | null;
  /** The expert's own words. */
  body: string;
};

export type FindCardsInput = {
  equipmentId?: string;
  models?: string[];
  alarmCode?: string;
  failureMode?: string;
  /** A symptom or question in the asker's words. */
  text?: string;
  language?: Language;
  /** 5 unless told. */
  limit?: number;
};

/** `why` says what matched, strongest first. */
export type FoundCard = Card & { score: number; why: ("alarm" | "equipment" | "model" | "failure-mode" | "text")[] };
