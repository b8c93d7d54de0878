import type { Slice } from "../index/in-slices.ts";
import type { TableRows } from "./document-rows.ts";
import type { IndexedDocument } from "./index-document.ts";
import { embeddingSlices } from "./write-embeddings.ts";

/** What is written with the document itself: cards, of which no two may have one name, and words of the glossary. */
const withDocument = new Set(["cards", "glossary_terms"]);

export type DocumentVectors = { modelId: number; vectors: Float32Array[] } | null;
export type NewBody = { number: number; documentId: string; indexed: IndexedDocument; vectors: DocumentVectors };

/** The statements that write a body. `seen`: whether the full text finds it at once. */
export function* bodySlices({ number, documentId, indexed, vectors }: NewBody, seen: boolean): Iterable<Slice> {
  const { facts, firstChunk, rows, segment } = indexed;
  for (const one of rows)
    if (!withDocument.has(one.table)) yield insertRows({ document_id: documentId, body: number }, one);
  if (facts.chunks > 0)
    yield {
      text: `INSERT INTO all_bm25_segments (body, seen, chunks, tokens, live) VALUES ($1, $2, $3, $4, $5)`,
      values: [number, seen, facts.chunks, segment.tokens, Buffer.from(segment.data)],
    };
  if (vectors) {
    const ids = vectors.vectors.map((_, ordinal) => firstChunk + ordinal);
    yield* embeddingSlices(vectors.modelId, ids, vectors.vectors);
  }
}

/** The statements that write what hangs on the document and not on its body. */
export const slicesWithDocument = (documentId: string, { rows }: IndexedDocument): Slice[] =>
  rows.filter(({ table }) => withDocument.has(table)).map((one) => insertRows({ document_id: documentId }, one));

/** Rows of one table from a JSON list, each with the same `owner`: one statement however many. */
function insertRows(owner: Record<string, string | number>, { table, columns, json }: TableRows): Slice {
  const names = columns.split(", ").map((column) => column.split(" ")[0]!);
  const owners = Object.keys(owner);
  return {
    text: `INSERT INTO ${table} (${[...owners, ...names].join(", ")})
      SELECT ${[...owners.map((_, index) => `$${index + 2}`), ...names].join(", ")}
      FROM jsonb_to_recordset($1::jsonb) AS row (${columns})`,
    values: [json, ...Object.values(owner)],
  };
}
