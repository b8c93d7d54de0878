import { z } from "zod";
import type { Citation, Evidence, EvidenceDraft } from "../../core/evidence.ts";
import type { Answer, Proposal, Timings } from "../../core/run-event.ts";
import { named } from "../schema.ts";

// The answer and its parts as the API promises them; the types of core are checked against these.

export const language = z.enum(["ko", "en"]);
export const mode = z.enum(["model", "extractive"]);

const source = z.object({
  label: z.string(),
  documentId: z.string().optional(),
  path: z.string().optional(),
  page: z.number().optional(),
  heading: z.string().optional(),
  span: z.tuple([z.number(), z.number()]).optional(),
  revision: z.string().optional(),
  inForce: z.boolean().optional().describe("False where a newer edition of the document is in force"),
  origin: z.enum(["text", "ocr"]).optional().describe("ocr: recognised from a picture; its figures may be wrong"),
  also: z
    .array(z.object({ documentId: z.string(), path: z.string(), title: z.string(), page: z.number().optional() }))
    .optional()
    .describe("The same text elsewhere"),
  expert: z.string().optional(),
  date: z.string().optional(),
  store: z.string().optional(),
  records: z.array(z.string()).optional(),
  sample: z.boolean().optional(),
});

const cell = z.union([z.string(), z.number(), z.null()]);
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)), total: z.number().optional() });

const draftFields = {
  kind: z.enum([
    "equipment",
    "alarm-entry",
    "safety",
    "card",
    "passage",
    "reading",
    "event",
    "work-order",
    "job-order",
    "inspection",
    "lot",
    "part",
    "downtime",
    "count",
    "chart",
    "code",
  ]),
  title: z.string(),
  text: z.string(),
  language: language.optional(),
  source,
  trust: z.enum(["approved", "reviewed", "record", "manual", "reference"]),
  equipmentId: z.string().optional(),
  at: z.string().optional(),
  score: z.number().optional(),
  table: table.optional(),
  data: z.unknown().optional(),
};
export const evidenceDraft: z.ZodType<EvidenceDraft> = named("EvidenceDraft", z.object(draftFields));
export const evidence: z.ZodType<Evidence> = named("Evidence", z.object({ ...draftFields, id: z.string() }));

export const citation: z.ZodType<Citation> = named(
  "Citation",
  z.object({ evidenceId: z.string(), start: z.number(), end: z.number(), label: z.string() }),
);

const proposalFields = {
  id: z.string(),
  kind: z.enum(["work-order", "quality-hold"]),
  text: z.string(),
  status: z.enum(["pending", "approved", "rejected", "expired"]),
  runId: z.string().nullable(),
  equipmentId: z.string().nullable(),
  recordId: z.string().nullable().optional(),
};
export const proposal: z.ZodType<Proposal> = named("Proposal", z.object(proposalFields));
export const proposalView = named(
  "ProposalView",
  z.object({
    ...proposalFields,
    textHash: z.string(),
    createdBy: z.string(),
    createdAt: z.string(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    reason: z.string().nullable(),
  }),
);

export const timings: z.ZodType<Timings> = named(
  "Timings",
  z.object({
    firstEvidenceMs: z.number().nullable(),
    totalMs: z.number(),
    modelMs: z.number(),
    modelCalls: z.number(),
  }),
);

const answerFields = {
  runId: z.string(),
  answer: z.string().describe("Markdown; citations are marked [E1]"),
  language,
  mode,
  citations: z.array(citation),
  evidence: z.array(evidence),
  proposals: z.array(proposal),
  abstained: z.boolean(),
  timings,
};
export const answer: z.ZodType<Answer> = named("Answer", z.object(answerFields));
export const askedAnswer: z.ZodType<Answer & { conversationId: string }> = named(
  "AskedAnswer",
  z.object({ ...answerFields, conversationId: z.string() }),
);
