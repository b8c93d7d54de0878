import { parseCode } from "../codes/parse-code.ts";
import { databaseJson } from "./database-json.ts";
import type { PreparedDocument } from "./prepare-document.ts";

/** Rows of one table of a document as a JSON list, small enough for one statement. */
export type TableRows = { table: string; columns: string; json: string };

/** Characters of JSON: a longer statement would hold the embedded database's one backend for too long. */
const mostAtOnce = 120_000;

const columns = {
  all_document_pages: "number int, starts_at int, text text, origin text, width real, height real, lines jsonb",
  all_chunks:
    "id int, ordinal int, headings text[], kind text, text text, span_start int, span_end int, page int, language text, safety boolean",
  all_alarm_entries:
    "chunk_id int, ordinal int, kind text, code text, code_norm text, sub_code text, codes text[], numbers int[], models text[], message text, cause text, remedy text, severity text, unit text, source_shape text, text text, span_start int, span_end int, language text",
  all_safety_spans:
    "ordinal int, chunk_id int, topic text, shape text, heading text, text text, span_start int, span_end int, language text",
  cards:
    "id text, title jsonb, models text[], equipment_ids text[], component text, failure_mode text, alarms text[], alarm_norms text[], symptom jsonb, cue jsonb, claim jsonb, steps jsonb, avoid jsonb, applies_when jsonb, not_when jsonb, parts text[], corrects jsonb, expert text, recorded date, status text, review_due date, confidence text, evidence jsonb, body text",
  glossary_terms: "ko text, en text, ko_aliases text[], en_aliases text[], domain text, note text",
};

/** Everything that hangs on a document, ready to be written, in the order in which it may be. Pure. */
export function rowsOf(prepared: PreparedDocument, firstChunk: number): TableRows[] {
  return [
    ...pack("all_document_pages", pageRows(prepared)),
    ...pack("all_chunks", chunkRows(prepared, firstChunk)),
    ...pack("all_alarm_entries", entryRows(prepared, firstChunk)),
    ...pack("all_safety_spans", safetyRows(prepared, firstChunk)),
    ...pack("cards", cardRows(prepared)),
    ...pack("glossary_terms", glossaryRows(prepared)),
  ];
}

function pack(table: keyof typeof columns, rows: object[]): TableRows[] {
  const packed: TableRows[] = [];
  let texts: string[] = [];
  let length = 0;
  const close = () => {
    if (texts.length > 0) packed.push({ table, columns: columns[table], json: `[${texts.join(",")}]` });
    [texts, length] = [[], 0];
  };
  for (const row of rows) {
    const text = databaseJson(row);
    if (length + text.length > mostAtOnce) close();
    texts.push(text);
    length += text.length;
  }
  close();
  return packed;
}

function pageRows({ document }: PreparedDocument): object[] {
  const loaded = document.pages ?? [{ start: 0, origin: "text" as const, size: null, lines: [] }];
  return loaded.map(({ start, origin, size, lines }, index) => ({
    number: index + 1,
    starts_at: start,
    text: document.text.slice(start, loaded[index + 1]?.start ?? document.text.length),
    origin,
    width: size?.width ?? null,
    height: size?.height ?? null,
    lines,
  }));
}

function chunkRows({ chunks }: PreparedDocument, firstChunk: number): object[] {
  return chunks.map(({ start, end, ...chunk }) => ({
    ...chunk,
    id: firstChunk + chunk.ordinal,
    span_start: start,
    span_end: end,
  }));
}

function entryRows({ chunks, entries }: PreparedDocument, firstChunk: number): object[] {
  const chunkAt = (start: number) =>
    chunks.find((chunk) => chunk.start <= start && start < chunk.end) ?? nearest(start);
  // A heading stands before its section's first chunk.
  const nearest = (start: number) => chunks.find((chunk) => chunk.start >= start) ?? chunks.at(-1)!;
  return entries.map((entry, ordinal) => {
    const chunk = chunkAt(entry.start);
    return {
      ...entry,
      ordinal,
      chunk_id: firstChunk + chunk.ordinal,
      code_norm: entry.codeNorm,
      sub_code: entry.subCode,
      source_shape: entry.sourceShape,
      span_start: entry.start,
      span_end: entry.end,
      // One document may hold both languages.
      language: chunk.language,
    };
  });
}

function safetyRows({ safety, document, chunks }: PreparedDocument, firstChunk: number): object[] {
  return safety.map((span) => ({
    ...span,
    chunk_id: firstChunk + span.chunkOrdinal,
    span_start: span.start,
    span_end: span.end,
    language: chunks[span.chunkOrdinal]?.language ?? document.language,
  }));
}

function cardRows({ card }: PreparedDocument): object[] {
  if (!card) return [];
  return [
    {
      ...card,
      equipment_ids: card.equipmentIds,
      failure_mode: card.failureMode,
      alarm_norms: card.alarms.map((code) => parseCode(code).norm),
      applies_when: card.appliesWhen,
      not_when: card.notWhen,
      review_due: card.reviewDue,
    },
  ];
}

function glossaryRows({ glossary }: PreparedDocument): object[] {
  return glossary.map((term) => ({ ...term, ko_aliases: term.koAliases, en_aliases: term.enAliases }));
}
