import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import { openPlant } from "../support/plant.ts";
import { corpusKey } from "./corpus.ts";
import { fillWhileAsked } from "./fill-while-asked.ts";
import { keepMaking } from "./how-it-was-made.ts";
import { startServeProcess } from "./serve-process.ts";

// Data folders that several measurements share; each is made when the first of them asks for it.

export type Folders = {
  /** An empty one of its own. */
  empty(): string;
  /** The sample plant and the shipped knowledge, as the first start leaves them. */
  samplePlant(): Promise<string>;
  /** Gives it a folder that somebody has made anyhow. */
  keepSamplePlant(folder: string): void;
  /** The same with `chunks` passages in the index; kept between runs, because it takes minutes to make. */
  largeIndex(): Promise<string>;
  chunks: number;
  remove(): void;
};

export function createFolders(chunks: number, say: (text: string) => void): Folders {
  const root = mkdtempSync(join(tmpdir(), "sunbae-bench-"));
  let made = 0;
  let sample: Promise<string> | null = null;
  let large: Promise<string> | null = null;
  const empty = (): string => {
    const folder = join(root, `data-${(made += 1)}`);
    mkdirSync(folder);
    return folder;
  };
  const firstStart = async (): Promise<string> => {
    const folder = empty();
    await (await startServeProcess(folder)).stop();
    return folder;
  };
  const samplePlant = (): Promise<string> => (sample ??= firstStart());
  return {
    empty,
    samplePlant,
    keepSamplePlant: (folder) => void (sample ??= Promise.resolve(folder)),
    largeIndex: () => (large ??= makeLargeIndex(samplePlant, chunks, say)),
    chunks,
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function makeLargeIndex(
  samplePlant: () => Promise<string>,
  chunks: number,
  say: (text: string) => void,
): Promise<string> {
  // The sample plant's last days are part of the questions: a folder serves for a week.
  const week = Math.floor(Date.now() / 604_800_000);
  const folder = join(tmpdir(), `sunbae-bench-index-${chunks}-${corpusKey()}-${week}`);
  if (existsSync(folder)) return folder;
  const building = `${folder}.${process.pid}`;
  cpSync(await samplePlant(), building, { recursive: true, filter: (name) => !name.endsWith(".sock") });
  const began = performance.now();
  const plant = await openPlant({ content: ["sample"], folder: building, now: new Date() });
  try {
    const knowledge = { database: plant.database, embedder: createBuiltinEmbedder() };
    const title = `${chunks.toLocaleString("en-US")} chunks, embedded`;
    keepMaking(building, await fillWhileAsked(plant.ctx, knowledge, chunks, title, say));
  } finally {
    await plant.close();
  }
  say(`  made in ${Math.round((performance.now() - began) / 1_000)} s, kept in ${folder}`);
  renameSync(building, folder);
  return folder;
}
