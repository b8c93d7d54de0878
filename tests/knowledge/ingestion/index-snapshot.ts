import type { Knowledge } from "../../../src/knowledge/knowledge.ts";
import { search } from "../../../src/knowledge/search.ts";
import { contextOf } from "../support.ts";

// All that an ingestion leaves in the database, without numbers that depend on the order of events. Two snapshots are
// equal where nobody could tell their indexes apart.

const queries: Record<string, string> = {
  documents: `SELECT to_jsonb(d) - ARRAY['first_chunk', 'body', 'ingested_at', 'root', 'file'] AS row FROM documents d`,
  pages: `SELECT to_jsonb(p) AS row FROM document_pages p`,
  chunks: `SELECT to_jsonb(c) - 'id' || jsonb_build_object('place', c.id - d.first_chunk) AS row
           FROM chunks c JOIN documents d ON d.id = c.document_id`,
  entries: `SELECT to_jsonb(a) - ARRAY['id', 'chunk_id'] || jsonb_build_object('place', a.chunk_id - d.first_chunk) AS row
            FROM alarm_entries a JOIN documents d ON d.id = a.document_id`,
  safety: `SELECT to_jsonb(s) - 'chunk_id' AS row FROM safety_spans s`,
  vectors: `SELECT jsonb_build_object('document', c.document_id, 'ordinal', c.ordinal, 'vector', md5(v.embedding::text)) AS row
            FROM (SELECT * FROM chunk_embeddings UNION ALL SELECT * FROM staged_embeddings) v
            LEFT JOIN chunks c ON c.id = v.chunk_id`,
  index: `SELECT jsonb_build_object('chunks', sum(chunks), 'tokens', sum(tokens)) AS row FROM bm25_segments`,
  buried: `SELECT jsonb_build_object('dead', count(*)) AS row FROM bm25_tombstones`,
  files: `SELECT jsonb_build_object('id', f.id, 'bytes', f.bytes, 'parts', sum(length(p.data))) AS row
          FROM stored_files f LEFT JOIN stored_file_parts p ON p.file_id = f.id GROUP BY f.id`,
  unseen: `SELECT jsonb_build_object('bodies', (SELECT count(*) FROM unseen_bodies),
    'pages', (SELECT count(*) FROM all_document_pages), 'chunks', (SELECT count(*) FROM all_chunks),
    'entries', (SELECT count(*) FROM all_alarm_entries), 'safety', (SELECT count(*) FROM all_safety_spans),
    'segments', (SELECT count(*) FROM all_bm25_segments WHERE NOT seen)) AS row`,
  staged: `SELECT jsonb_build_object('pages', count(*)) AS row FROM ingest_pages`,
  unended: `SELECT jsonb_build_object('jobs', count(*)) AS row FROM ingest_jobs WHERE state IN ('waiting', 'working')`,
};

export type Snapshot = Record<string, string[]>;

export async function snapshotOf(knowledge: Knowledge, questions: string[]): Promise<Snapshot> {
  const snapshot: Snapshot = {};
  for (const [name, query] of Object.entries(queries)) {
    const { rows } = await knowledge.database.pool.query<{ row: unknown }>(query);
    snapshot[name] = rows.map(({ row }) => JSON.stringify(row)).toSorted();
  }
  for (const question of questions) {
    const { results } = await search(contextOf(["admin"]), knowledge, {
      query: question,
      legs: ["bm25", "identifier"],
    });
    snapshot[`found: ${question}`] = results
      .map(({ path, page, score, text }) => `${score.toFixed(6)} ${path} ${page} ${text}`)
      .toSorted();
  }
  return snapshot;
}
