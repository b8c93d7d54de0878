import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Ctx } from "../../src/core/context.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import { indexedText, prepareDocument } from "../../src/knowledge/ingest/prepare-document.ts";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import type { Bench } from "./bench.ts";
import { writeCorpus } from "./corpus.ts";
import type { Measurement } from "./measurement.ts";
import { repository, sharedManuals } from "./places.ts";
import { writeWhileAsked } from "./write-while-asked.ts";

const charactersPerPage = 3_000;
const ctx: Ctx = {
  actor: { id: "bench", name: "bench", roles: ["admin"], door: "test" },
  timeZone: "Asia/Seoul",
  now: () => new Date(),
};

/** Reading manuals into an index, durably, with the built-in embedder. */
export const measureIngestion: Bench = async ({ short, folders }) => {
  const database = await openDatabase({ dataDir: folders.empty() });
  try {
    await migrate(database, join(repository, "drizzle"));
    const embedder = createBuiltinEmbedder();
    const corpus = writeCorpus(short ? 1_000 : 4_000);
    try {
      const pages = corpus.characters / charactersPerPage;
      const floorSeconds = await readWithoutDatabase(corpus.folder);
      const { ms } = await ingestPaths(ctx, { database, embedder }, { paths: [corpus.folder] });
      const measurements: Measurement[] = [
        {
          what: "ingestion with the built-in embedder",
          budget: 120,
          measured: (pages * 1_000) / ms,
          unit: "pages/s",
          atLeast: true,
          floor: {
            what: "reading, chunking and embedding the same without a database",
            measured: pages / floorSeconds,
          },
          note: `${Math.round(pages)} pages of ${charactersPerPage} characters`,
        },
      ];
      if (!short) measurements.push(await writeWhileAsked(ctx, { database, embedder }));
      const linuxcnc = join(sharedManuals, "linuxcnc");
      if (!existsSync(linuxcnc)) return measurements;
      const floor = await readWithoutDatabase(linuxcnc);
      const report = await ingestPaths(ctx, { database, embedder }, { paths: [linuxcnc] });
      measurements.push({
        what: `the ${report.added} LinuxCNC files`,
        budget: 15,
        measured: report.ms / 1_000,
        unit: "s",
        floor: { what: "the same without a database", measured: floor },
        note: `${report.chunks} passages, ${report.failed} failed`,
      });
      return measurements;
    } finally {
      corpus.remove();
    }
  } finally {
    await database.close();
  }
};

/** Seconds. */
async function readWithoutDatabase(folder: string): Promise<number> {
  const embedder = createBuiltinEmbedder();
  const began = performance.now();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = join(folder, name);
    if (!/\.(md|adoc)$/.test(name) || !statSync(file).isFile()) continue;
    const { document, chunks } = await prepareDocument(name, readFileSync(file));
    await embedder.embedPassages(chunks.map((chunk) => indexedText(document, chunk)));
  }
  return (performance.now() - began) / 1_000;
}
