import type { Language } from "./context.ts";

// Evidence: one retrieved or computed fact with an id, a source and, for a document, a place in it.
// A citation points from a sentence of an answer to evidence. Nothing else may be cited.

export type EvidenceKind =
  | "equipment"
  | "alarm-entry" // a row of a manual's alarm table
  | "safety" // verbatim lockout or policy text of an approved document
  | "card" // a veteran's reviewed knowledge
  | "passage" // a piece of a manual
  | "reading" // live or historic values of a tag
  | "event" // alarms, alerts, anomalies
  | "work-order"
  | "job-order"
  | "inspection"
  | "lot"
  | "part"
  | "downtime"
  | "count" // a computed number with its rows
  | "chart" // a computed control chart or comparison
  | "code"; // an entry of a code list

/**
 * approved: a plant document in force; reviewed: a published card; record: plant data; manual: a manual or procedure
 * that nobody approved here; reference: mails, slides, notes.
 */
export type Trust = "approved" | "reviewed" | "record" | "manual" | "reference";

export type EvidenceSource = {
  /** What a person is shown as the source, e.g. "GMC-510 manual · Alarm table" or "work_orders". */
  label: string;
  documentId?: string;
  path?: string;
  page?: number;
  heading?: string;
  /** Character offsets in the document's text: [start, end). */
  span?: [number, number];
  /** The edition of the document, as it calls itself. */
  revision?: string;
  /** False where a newer edition of the document is in force. */
  inForce?: boolean;
  /** ocr: recognised from a picture, so that its figures may be wrong. Nothing: written text. */
  origin?: "text" | "ocr";
  /** The same text elsewhere, left out of the list. */
  also?: { documentId: string; path: string; title: string; page?: number }[];
  /** The person whose knowledge it is. */
  expert?: string;
  /** Of the document, or when it was told; ISO 8601. */
  date?: string;
  /** The store and record ids behind a computed fact. */
  store?: string;
  records?: string[];
  /** True where the record belongs to the sample plant. */
  sample?: boolean;
};

/** A table that a fact was computed from or is shown with. Cells are already formatted in the evidence's language. */
export type EvidenceTable = { columns: string[]; rows: (string | number | null)[][]; total?: number };

export type EvidenceDraft = {
  kind: EvidenceKind;
  title: string;
  /** The text that may be quoted; every figure of an answer's sentence occurs in the text it cites. */
  text: string;
  language?: Language;
  source: EvidenceSource;
  trust: Trust;
  equipmentId?: string;
  /** When the fact was true (readings) or happened; ISO 8601 with zone. */
  at?: string;
  score?: number;
  table?: EvidenceTable;
  /** Structured form for pages and tools; never shown to a model. */
  data?: unknown;
};

/** Evidence of a run: `id` is "E1", "E2" … in the order it was found. */
export type Evidence = EvidenceDraft & { id: string };

/** `start`/`end` are character offsets of the cited sentence in the answer. */
export type Citation = { evidenceId: string; start: number; end: number; label: string };
