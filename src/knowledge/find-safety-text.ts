import type { Ctx, Language } from "../core/context.ts";
import { readableBy, readerRoles } from "./access.ts";
import type { Knowledge, Span } from "./knowledge.ts";

export type SafetyTopic = "lockout" | "safeguard";

export type SafetyText = {
  documentId: string;
  path: string;
  title: string;
  heading: string;
  topic: SafetyTopic;
  /** warning: a warning or caution; steps: a numbered procedure; paragraph: any other text of the section. */
  shape: "warning" | "steps" | "paragraph";
  /** Verbatim. */
  text: string;
  span: Span;
  page: number | null;
  language: Language;
  models: string[];
  revision: string | null;
};

export type FindSafetyTextInput = {
  topic: SafetyTopic;
  models?: string[];
  language: Language;
  limit?: number;
};

type SpanRow = Omit<SafetyText, "span"> & { start: number; end: number; date: string | null };

// A newer edition that nobody has approved yet doesn't silence the one that was.
const approvedInForce = `d.approved AND (d.in_force OR (d.family <> '' AND EXISTS (
  SELECT 1 FROM documents n WHERE n.family = d.family AND n.in_force AND NOT n.approved) AND NOT EXISTS (
  SELECT 1 FROM documents n WHERE n.family = d.family AND n.in_force AND n.approved)))`;

/**
 * Verbatim safety text of approved documents in force: the machine's own section first, then the plant's procedure.
 * Text in the asker's language where it exists, otherwise the other language; never translated. Within a document
 * the order is the document's.
 */
export async function findSafetyText(
  ctx: Ctx,
  knowledge: Knowledge,
  input: FindSafetyTextInput,
): Promise<SafetyText[]> {
  const { rows } = await knowledge.database.pool.query<SpanRow>(
    `SELECT s.document_id AS "documentId", d.path, d.title, s.heading, s.topic, s.shape, s.text, s.span_start AS start,
            s.span_end AS "end", c.page, s.language, d.models, d.revision, d.date::text
     FROM safety_spans s JOIN documents d ON d.id = s.document_id JOIN chunks c ON c.id = s.chunk_id
     WHERE ${approvedInForce} AND s.topic = $1 AND (d.models = '{}' OR d.models && $2::text[]) AND ${readableBy(3)}
     ORDER BY d.date DESC NULLS LAST, d.path, s.ordinal`,
    [input.topic, input.models ?? [], readerRoles(ctx)],
  );
  const own = rows.filter((row) => row.models.length > 0);
  const plant = rows.filter((row) => row.models.length === 0);
  return [...oneDocument(own, input.language), ...oneDocument(plant, input.language)]
    .slice(0, input.limit ?? 24)
    .map(({ start, end, date: _date, ...text }) => ({ ...text, span: [start, end] }));
}

/** The newest document in the language, else the newest in the other one. A machine has one procedure, not a mixture. */
function oneDocument(rows: SpanRow[], language: Language): SpanRow[] {
  const chosen = rows.find((row) => row.language === language) ?? rows[0];
  return chosen ? rows.filter((row) => row.documentId === chosen.documentId) : [];
}
