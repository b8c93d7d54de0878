import { bigint, boolean, customType, date, integer, jsonb, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { smallint, text, timestamp } from "drizzle-orm/pg-core";

// Document: one ingested file (or card). Chunk: a passage of it, the unit of search. Entry: one coded item of an
// alarm, error or setting list. Segment: a packed part of the BM25 index; "live" while it is one small blob.

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const vector = customType<{ data: string }>({ dataType: () => "vector" });
const textArray = (name: string) => text(name).array().notNull().default([]);

export const documents = pgTable("documents", {
  id: text("id").primaryKey(),
  path: text("path").notNull().unique(),
  root: text("root").notNull(),
  title: text("title").notNull(),
  format: text("format").notNull(),
  kind: text("kind").notNull(),
  language: text("language").notNull(),
  models: textArray("models"),
  equipmentIds: textArray("equipment_ids"),
  revision: text("revision"),
  date: date("date", { mode: "string" }),
  approved: boolean("approved").notNull().default(false),
  translationOf: text("translation_of"),
  trust: text("trust").notNull(),
  audience: textArray("audience"),
  contentHash: text("content_hash").notNull(),
  bytes: integer("bytes").notNull(),
  pages: integer("pages"),
  firstChunk: integer("first_chunk").notNull(),
  chunkCount: integer("chunk_count").notNull(),
  entryCount: integer("entry_count").notNull(),
  notices: textArray("notices"),
  ingestedAt: timestamp("ingested_at", { withTimezone: true }).notNull(),
  original: text("original"),
  reads: jsonb("reads").notNull().default([]),
  family: text("family").notNull().default(""),
  inForce: boolean("in_force").notNull().default(true),
  supersedes: textArray("supersedes"),
  unreadPages: integer("unread_pages").notNull().default(0),
  overrides: jsonb("overrides").notNull().default({}),
});

export const documentPages = pgTable(
  "document_pages",
  {
    documentId: text("document_id").notNull(),
    number: integer("number").notNull(),
    startsAt: integer("starts_at").notNull(),
    text: text("text").notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.number] })],
);

export const chunks = pgTable("chunks", {
  id: integer("id").primaryKey(),
  documentId: text("document_id").notNull(),
  ordinal: integer("ordinal").notNull(),
  headings: textArray("headings"),
  kind: text("kind").notNull(),
  text: text("text").notNull(),
  spanStart: integer("span_start").notNull(),
  spanEnd: integer("span_end").notNull(),
  page: integer("page"),
  language: text("language").notNull(),
  safety: boolean("safety").notNull().default(false),
});

export const embeddingModels = pgTable("embedding_models", {
  id: smallint("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull().unique(),
  dimension: integer("dimension").notNull(),
  indexed: boolean("indexed").notNull().default(false),
  serving: boolean("serving").notNull().default(false),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

export const chunkEmbeddings = pgTable(
  "chunk_embeddings",
  {
    modelId: smallint("model_id").notNull(),
    chunkId: integer("chunk_id").notNull(),
    embedding: vector("embedding").notNull(),
  },
  (table) => [primaryKey({ columns: [table.chunkId, table.modelId] })],
);

export const stagedEmbeddings = pgTable(
  "staged_embeddings",
  {
    modelId: smallint("model_id").notNull(),
    chunkId: integer("chunk_id").notNull(),
    embedding: vector("embedding").notNull(),
  },
  (table) => [primaryKey({ columns: [table.chunkId, table.modelId] })],
);

export const bm25Segments = pgTable("bm25_segments", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  documentId: text("document_id"),
  chunks: integer("chunks").notNull(),
  tokens: bigint("tokens", { mode: "number" }).notNull(),
  live: bytea("live"),
});

export const bm25Postings = pgTable(
  "bm25_postings",
  {
    term: text("term").notNull(),
    segmentId: integer("segment_id").notNull(),
    n: integer("n").notNull(),
    data: bytea("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.term, table.segmentId] })],
);

export const bm25Tombstones = pgTable("bm25_tombstones", { chunkId: integer("chunk_id").primaryKey() });

export const knowledgeState = pgTable("knowledge_state", {
  name: text("name").primaryKey(),
  value: bigint("value", { mode: "number" }).notNull(),
});

export const alarmEntries = pgTable("alarm_entries", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  documentId: text("document_id").notNull(),
  chunkId: integer("chunk_id").notNull(),
  ordinal: integer("ordinal").notNull(),
  kind: text("kind").notNull(),
  code: text("code").notNull(),
  codeNorm: text("code_norm").notNull(),
  subCode: text("sub_code"),
  codes: textArray("codes"),
  numbers: integer("numbers").array().notNull(),
  models: textArray("models"),
  message: text("message").notNull(),
  cause: text("cause"),
  remedy: text("remedy"),
  severity: text("severity"),
  unit: text("unit"),
  sourceShape: text("source_shape").notNull(),
  text: text("text").notNull(),
  spanStart: integer("span_start").notNull(),
  spanEnd: integer("span_end").notNull(),
  language: text("language").notNull(),
});

export const safetySpans = pgTable(
  "safety_spans",
  {
    documentId: text("document_id").notNull(),
    ordinal: integer("ordinal").notNull(),
    chunkId: integer("chunk_id").notNull(),
    topic: text("topic").notNull(),
    shape: text("shape").notNull(),
    heading: text("heading").notNull(),
    text: text("text").notNull(),
    spanStart: integer("span_start").notNull(),
    spanEnd: integer("span_end").notNull(),
    language: text("language").notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.ordinal] })],
);

export const cards = pgTable("cards", {
  id: text("id").primaryKey(),
  documentId: text("document_id").notNull().unique(),
  title: jsonb("title").notNull(),
  models: textArray("models"),
  equipmentIds: textArray("equipment_ids"),
  component: text("component"),
  failureMode: text("failure_mode"),
  alarms: textArray("alarms"),
  alarmNorms: textArray("alarm_norms"),
  symptom: jsonb("symptom").notNull(),
  cue: jsonb("cue"),
  claim: jsonb("claim").notNull(),
  steps: jsonb("steps").notNull(),
  avoid: jsonb("avoid"),
  appliesWhen: jsonb("applies_when"),
  notWhen: jsonb("not_when"),
  parts: textArray("parts"),
  corrects: jsonb("corrects"),
  expert: text("expert").notNull(),
  recorded: date("recorded", { mode: "string" }),
  status: text("status").notNull(),
  reviewDue: date("review_due", { mode: "string" }),
  confidence: text("confidence"),
  evidence: jsonb("evidence"),
  body: text("body").notNull(),
});

export const glossaryTerms = pgTable("glossary_terms", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  documentId: text("document_id").notNull(),
  ko: text("ko").notNull(),
  en: text("en").notNull(),
  koAliases: textArray("ko_aliases"),
  enAliases: textArray("en_aliases"),
  domain: text("domain").notNull(),
  note: text("note"),
});
