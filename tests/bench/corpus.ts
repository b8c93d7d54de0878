import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { prepareDocument } from "../../src/knowledge/ingest/prepare-document.ts";
import { writeDocument } from "../../src/knowledge/ingest/write-document.ts";
import { embeddingModelId, ensureVectorIndex } from "../../src/knowledge/ingest/write-embeddings.ts";
import { indexedText } from "../../src/knowledge/ingest/prepare-document.ts";
import { settleSegments } from "../../src/knowledge/index/settle-segments.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { repository, sharedManuals } from "./places.ts";

// A large index without large data: paragraphs of the shipped manuals, and of the public ones where the machine has
// them, put together anew. Tables stay out, so that no code means two things.

export type Filled = { chunks: number; documents: number; fillMs: number; vectorIndexMs: number };

const sectionsPerDocument = 100;

/** Adds documents until the index holds `wanted` chunks; the same seed gives the same texts. */
export async function fillIndex(
  knowledge: Knowledge,
  wanted: number,
  onProgress: (chunks: number) => void = () => {},
): Promise<Filled> {
  const { database, embedder } = knowledge;
  const { rows } = await database.pool.query<{ chunks: number }>("SELECT count(*)::int AS chunks FROM chunks");
  const compose = createComposer();
  let chunks = rows[0]?.chunks ?? 0;
  let documents = 0;
  const began = performance.now();
  const modelId = await embeddingModelId(database, embedder.name, embedder.dimension ?? 384);
  while (chunks < wanted) {
    const bytes = Buffer.from(compose(Math.min(sectionsPerDocument, wanted - chunks)));
    const path = `bench/manual-${String(documents).padStart(5, "0")}.md`;
    const prepared = prepareDocument(path, bytes);
    const texts = prepared.chunks.map((chunk) => indexedText(prepared.document, chunk));
    const vectors = await embedder.embedPassages(texts);
    await writeDocument(
      database,
      { id: path, path, root: "bench", hash: String(documents), bytes: bytes.length, audience: [], at: new Date() },
      prepared,
      { modelId, vectors },
    );
    documents += 1;
    chunks += prepared.chunks.length;
    // As a long reading does: what is written is packed now and then.
    if (documents % 50 === 0) await settleSegments(database);
    onProgress(chunks);
  }
  await settleSegments(database);
  const filled = performance.now();
  await ensureVectorIndex(database, modelId);
  await database.pool.query("ANALYZE");
  return { chunks, documents, fillMs: filled - began, vectorIndexMs: performance.now() - filled };
}

/** What the texts are made of, as a name for what is kept between runs. */
export function corpusKey(): string {
  const hash = createHash("sha256");
  for (const file of files()) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

function createComposer(): (sections: number) => string {
  const { headings, paragraphs } = readParagraphs();
  const random = createRandom(7);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  return (sections) => {
    const parts = [`# ${pick(headings)} ${Math.floor(random() * 1e6)}`];
    for (let section = 0; section < sections; section += 1) {
      const wanted = 500 + random() * 500;
      let body = "";
      while (body.length < wanted) body += `${pick(paragraphs)}\n\n`;
      parts.push(`## ${pick(headings)}`, body.slice(0, 1_150));
    }
    return parts.join("\n\n");
  };
}

function readParagraphs(): { headings: string[]; paragraphs: string[] } {
  const headings: string[] = [];
  const paragraphs: string[] = [];
  for (const file of files()) {
    const text = readFileSync(file, "utf8").replace(/^---\n[\s\S]*?\n---\n/, "");
    for (const block of text.split(/\n\s*\n/)) {
      const heading = /^(?:#{1,4}|={2,4})\s+(.{4,80})$/m.exec(block)?.[1];
      if (heading) headings.push(heading.replaceAll(/[*_`#=|]/g, ""));
      const plain = block.replaceAll(/\s+/g, " ").trim();
      // Prose only: no headings, tables, listings, quotations or attributes.
      if (plain.length >= 60 && plain.length <= 900 && !/^[#=|`>:[.\-+*]|\|/.test(plain)) paragraphs.push(plain);
    }
  }
  return { headings, paragraphs };
}

function files(): string[] {
  const folders = [join(repository, "knowledge"), sharedManuals].filter((folder) => existsSync(folder));
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(md|adoc)$/.test(name))
      .sort()
      .map((name) => join(folder, name)),
  );
}

/** Mulberry32: small, seeded, good enough to mix texts. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
