import { z } from "zod";
import type { Card } from "../../knowledge/card.ts";
import type { AlarmEntry, SearchAnswer, SearchResult } from "../../knowledge/knowledge.ts";
import type { DocumentSummary } from "../../knowledge/list-documents.ts";
import type { DocumentText } from "../../knowledge/read-document.ts";
import { language } from "./answer.ts";
import { named } from "../schema.ts";

export const span = z.tuple([z.number(), z.number()]);
export const documentKind = z.enum(["manual", "procedure", "safety", "card", "glossary", "reference"]);
const trust = z.enum(["approved", "reviewed", "manual", "reference"]);
export const origin = z.enum(["text", "ocr", "unread"]);

const summaryFields = {
  id: z.string(),
  path: z.string(),
  title: z.string(),
  kind: documentKind,
  language,
  models: z.array(z.string()),
  equipmentIds: z.array(z.string()),
  revision: z.string().nullable(),
  date: z.string().nullable(),
  approved: z.boolean(),
  trust,
  format: z.string(),
  bytes: z.number(),
  pages: z.number().nullable(),
  chunks: z.number(),
  entries: z.number(),
  notices: z.array(z.string()),
  ingestedAt: z.string(),
  inForce: z.boolean(),
  unreadPages: z.number(),
  original: z.boolean(),
  overrides: z.record(z.string(), z.unknown()),
};
export const documentSummary: z.ZodType<DocumentSummary> = named("DocumentSummary", z.object(summaryFields));

export const anchor = z.object({
  chunkId: z.number(),
  heading: z.string(),
  span,
  page: z.number().nullable(),
  language,
  safety: z.boolean(),
});
export const documentText: z.ZodType<DocumentText> = named(
  "Document",
  z.object({ ...summaryFields, text: z.string(), anchors: z.array(anchor) }),
);

const entry: z.ZodType<AlarmEntry> = named(
  "CodeEntry",
  z.object({
    id: z.number(),
    documentId: z.string(),
    chunkId: z.number(),
    path: z.string(),
    title: z.string(),
    heading: z.string(),
    page: z.number().nullable(),
    kind: z.enum(["alarm", "error", "fault", "warning", "lamp", "setting", "option"]),
    code: z.string(),
    codeNorm: z.string(),
    subCode: z.string().nullable(),
    models: z.array(z.string()),
    message: z.string(),
    cause: z.string().nullable(),
    remedy: z.string().nullable(),
    severity: z.string().nullable(),
    unit: z.string().nullable(),
    text: z.string(),
    span,
    language,
    trust,
    revision: z.string().nullable(),
    date: z.string().nullable(),
    inForce: z.boolean(),
    origin,
    match: z.enum(["exact", "number", "other-kind"]),
  }),
);

const leg = z.enum(["identifier", "bm25", "vector"]);
const searchResult: z.ZodType<SearchResult> = named(
  "SearchResult",
  z.object({
    chunkId: z.number(),
    documentId: z.string(),
    path: z.string(),
    title: z.string(),
    page: z.number().nullable(),
    heading: z.string(),
    text: z.string(),
    score: z.number(),
    legs: z.array(leg),
    span,
    language,
    kind: documentKind,
    models: z.array(z.string()),
    trust,
    safety: z.boolean(),
    revision: z.string().nullable(),
    date: z.string().nullable(),
    inForce: z.boolean(),
    origin: z.enum(["text", "ocr", "unread"]),
    duplicates: z.array(
      z.object({ documentId: z.string(), path: z.string(), title: z.string(), page: z.number().nullable() }),
    ),
    context: z.object({ before: z.string(), after: z.string() }).nullable(),
    confidence: z.number(),
    entries: z.array(entry),
  }),
);

export const searchAnswer: z.ZodType<SearchAnswer> = z.object({
  results: z.array(searchResult),
  legs: z.array(leg),
  codes: z.array(z.string()),
  corrections: z.array(z.object({ from: z.string(), to: z.string() })),
  revision: z.string().nullable(),
});

const words = z.object({ ko: z.string().optional(), en: z.string().optional() });
const wordLists = z.object({ ko: z.array(z.string()).optional(), en: z.array(z.string()).optional() });
export const card: z.ZodType<Card> = named(
  "Card",
  z.object({
    id: z.string(),
    documentId: z.string(),
    path: z.string(),
    title: words,
    models: z.array(z.string()),
    equipmentIds: z.array(z.string()),
    component: z.string().nullable(),
    failureMode: z.string().nullable(),
    alarms: z.array(z.string()),
    symptom: words,
    cue: words.nullable(),
    claim: words,
    steps: wordLists,
    avoid: words.nullable(),
    appliesWhen: words.nullable(),
    notWhen: words.nullable(),
    parts: z.array(z.string()),
    corrects: z.object({ document: z.string(), heading: z.string(), says: z.string() }).nullable(),
    expert: z.string(),
    recorded: z.string().nullable(),
    status: z.string(),
    reviewDue: z.string().nullable(),
    confidence: z.string().nullable(),
    evidence: words.nullable(),
    body: z.string(),
  }),
);
