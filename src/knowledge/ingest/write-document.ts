import type pg from "pg";
import type { Database } from "../../db/database.ts";
import { parseCode } from "../codes/parse-code.ts";
import { familyOf } from "../editions/family-of.ts";
import { holdFamilies, settleEditions } from "../editions/settle-editions.ts";
import { buildLiveSegment } from "../index/live-segment.ts";
import { bumpVersion, reserveChunkIds } from "../index/versions.ts";
import { tokenize } from "../text/tokenize.ts";
import { indexedText } from "./prepare-document.ts";
import type { PreparedDocument } from "./prepare-document.ts";
import { removeDocument } from "./remove-document.ts";
import { writeEmbeddings } from "./write-embeddings.ts";

export type DocumentRow = {
  id: string;
  path: string;
  root: string;
  hash: string;
  bytes: number;
  audience: string[];
  at: Date;
};
export type DocumentVectors = { modelId: number; vectors: Float32Array[] } | null;

/**
 * Writes a document and all that belongs to it in one transaction, in place of what was there before. False where
 * another process wrote the very same meanwhile.
 */
export async function writeDocument(
  database: Database,
  row: DocumentRow,
  prepared: PreparedDocument,
  vectors: DocumentVectors,
): Promise<boolean> {
  const firstChunk = await reserveChunkIds(database.pool, Math.max(prepared.chunks.length, 1));
  const segment = buildLiveSegment(
    prepared.chunks.map((chunk) => ({
      chunkId: firstChunk + chunk.ordinal,
      terms: tokenize(indexedText(prepared.document, chunk)),
    })),
  );
  const client = await database.pool.connect();
  try {
    await client.query("BEGIN");
    // A row that isn't there yet can't be locked; its name can.
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('document ' || $1, 0))`, [row.id]);
    const same = await client.query(`SELECT FROM documents WHERE id = $1 AND content_hash = $2`, [row.id, row.hash]);
    if (same.rowCount) {
      await client.query("ROLLBACK");
      return false;
    }
    const { supersedes } = prepared.document;
    const touched = await holdFamilies(client, row.id, [{ family: familyOf(prepared.document), supersedes }]);
    const before = await client.query<{ overrides: object }>(`SELECT overrides FROM documents WHERE id = $1`, [row.id]);
    await removeDocument(client, row.id);
    await insertDocument(client, row, prepared, firstChunk, before.rows[0]?.overrides ?? {});
    await insertParts(client, row.id, prepared, firstChunk);
    if (prepared.chunks.length > 0) {
      await client.query(`INSERT INTO bm25_segments (document_id, chunks, tokens, live) VALUES ($1, $2, $3, $4)`, [
        row.id,
        prepared.chunks.length,
        segment.tokens,
        segment.data,
      ]);
    }
    if (vectors) {
      const ids = prepared.chunks.map((chunk) => firstChunk + chunk.ordinal);
      await writeEmbeddings(client, vectors.modelId, ids, vectors.vectors);
    }
    await settleEditions(client, touched);
    await bumpVersion(client);
    await client.query("COMMIT");
    return true;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function insertDocument(
  client: pg.PoolClient,
  row: DocumentRow,
  prepared: PreparedDocument,
  firstChunk: number,
  overrides: object,
) {
  const { document } = prepared;
  await client.query(
    `INSERT INTO documents (id, path, root, title, format, kind, language, models, equipment_ids, revision, date,
       approved, translation_of, trust, audience, content_hash, bytes, pages, first_chunk, chunk_count, entry_count,
       notices, ingested_at, family, supersedes, overrides, unread_pages)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
       $24, $25, $26, $27)`,
    [
      row.id,
      row.path,
      row.root,
      document.title,
      document.format,
      document.kind,
      document.language,
      document.models,
      document.equipmentIds,
      document.revision,
      document.date,
      document.approved,
      document.translationOf,
      prepared.trust,
      row.audience,
      row.hash,
      row.bytes,
      document.pages?.length ?? null,
      firstChunk,
      prepared.chunks.length,
      prepared.entries.length,
      document.notices,
      row.at,
      familyOf(document),
      document.supersedes,
      overrides,
      document.pages?.filter((page) => page.origin === "unread").length ?? 0,
    ],
  );
}

/** Rows of one table from a JSON list: one statement however many. */
async function insertRows(client: pg.PoolClient, table: string, columns: string, id: string, rows: object[]) {
  if (rows.length === 0) return;
  const names = columns.split(", ").map((column) => column.split(" ")[0]!);
  await client.query(
    `INSERT INTO ${table} (document_id, ${names.join(", ")})
     SELECT $1, ${names.join(", ")} FROM jsonb_to_recordset($2::jsonb) AS row (${columns})`,
    [id, JSON.stringify(rows)],
  );
}

async function insertParts(client: pg.PoolClient, id: string, prepared: PreparedDocument, firstChunk: number) {
  const { document, chunks, entries, safety, card, glossary } = prepared;
  const loaded = document.pages ?? [{ start: 0, origin: "text" as const, size: null, lines: [] }];
  const pages = loaded.map(({ start, origin, size, lines }, index) => ({
    number: index + 1,
    starts_at: start,
    text: document.text.slice(start, loaded[index + 1]?.start ?? document.text.length),
    origin,
    width: size?.width ?? null,
    height: size?.height ?? null,
    lines,
  }));
  const pageColumns = "number int, starts_at int, text text, origin text, width real, height real, lines jsonb";
  await insertRows(client, "document_pages", pageColumns, id, pages);
  const chunkRows = chunks.map((chunk) => ({
    ...chunk,
    id: firstChunk + chunk.ordinal,
    span_start: chunk.start,
    span_end: chunk.end,
  }));
  await insertRows(
    client,
    "chunks",
    "id int, ordinal int, headings text[], kind text, text text, span_start int, span_end int, page int, language text, safety boolean",
    id,
    chunkRows,
  );
  const chunkAt = (start: number) =>
    chunks.find((chunk) => chunk.start <= start && start < chunk.end) ?? nearest(start);
  // A heading stands before its section's first chunk.
  const nearest = (start: number) => chunks.find((chunk) => chunk.start >= start) ?? chunks.at(-1)!;
  const entryRows = entries.map((entry, ordinal) => {
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
      language: document.language,
    };
  });
  await insertRows(
    client,
    "alarm_entries",
    "chunk_id int, ordinal int, kind text, code text, code_norm text, sub_code text, codes text[], numbers int[], models text[], message text, cause text, remedy text, severity text, unit text, source_shape text, text text, span_start int, span_end int, language text",
    id,
    entryRows,
  );
  await insertRows(
    client,
    "safety_spans",
    "ordinal int, chunk_id int, topic text, shape text, heading text, text text, span_start int, span_end int, language text",
    id,
    safety.map((span) => ({
      ...span,
      chunk_id: firstChunk + span.chunkOrdinal,
      span_start: span.start,
      span_end: span.end,
      language: document.language,
    })),
  );
  if (card)
    await insertRows(
      client,
      "cards",
      "id text, title jsonb, models text[], equipment_ids text[], component text, failure_mode text, alarms text[], alarm_norms text[], symptom jsonb, cue jsonb, claim jsonb, steps jsonb, avoid jsonb, applies_when jsonb, not_when jsonb, parts text[], corrects jsonb, expert text, recorded date, status text, review_due date, confidence text, evidence jsonb, body text",
      id,
      [
        {
          ...card,
          equipment_ids: card.equipmentIds,
          failure_mode: card.failureMode,
          alarm_norms: card.alarms.map((code) => parseCode(code).norm),
          applies_when: card.appliesWhen,
          not_when: card.notWhen,
          review_due: card.reviewDue,
        },
      ],
    );
  await insertRows(
    client,
    "glossary_terms",
    "ko text, en text, ko_aliases text[], en_aliases text[], domain text, note text",
    id,
    glossary.map((term) => ({ ...term, ko_aliases: term.koAliases, en_aliases: term.enAliases })),
  );
}
