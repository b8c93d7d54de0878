import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ctx } from "../../src/core/context.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { IngestReport, Knowledge } from "../../src/knowledge/knowledge.ts";
import { repository, sharedManuals } from "./places.ts";

// A large index without large data: paragraphs of the shipped manuals, and of the public ones where the machine has
// them, put together anew, with a part's name and number of its own in each section: a plant's vocabulary grows with
// its manuals. Tables stay out, so that no code means two things.

const sectionsPerDocument = 100;

/** Reads so many sections, a passage each, into the index, the way any folder is read. */
export async function fillIndex(
  ctx: Ctx,
  knowledge: Knowledge,
  sections: number,
  onProgress: (share: number) => void = () => {},
): Promise<IngestReport & { characters: number }> {
  const { folder, characters, remove } = writeCorpus(sections);
  try {
    const report = await ingestPaths(ctx, knowledge, {
      paths: [folder],
      onProgress: ({ done, total }) => onProgress(done / total),
    });
    return { ...report, characters };
  } finally {
    remove();
  }
}

/** Markdown files of a hundred sections each, in a temporary folder; the same every time. */
export function writeCorpus(sections: number): { folder: string; characters: number; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), "sunbae-bench-corpus-"));
  const folder = join(root, "manuals");
  mkdirSync(folder);
  const compose = createComposer();
  let characters = 0;
  for (let from = 0; from < sections; from += sectionsPerDocument) {
    const text = compose(Math.min(sectionsPerDocument, sections - from));
    characters += text.length;
    writeFileSync(join(folder, `manual-${String(from / sectionsPerDocument).padStart(4, "0")}.md`), text);
  }
  return { folder, characters, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** What the texts are made of, as a name for what is kept between runs. */
export function corpusKey(): string {
  const hash = createHash("sha256").update("3");
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
      parts.push(`## ${pick(headings)}`, `${partOf(random)} ${body.slice(0, 1_100)}`);
    }
    return parts.join("\n\n");
  };
}

const english = ["ba", "cor", "del", "fen", "gra", "lim", "mor", "nex", "pul", "ran", "sta", "tor", "ven", "zel"];
const korean = [..."가나다라마바사자카타파하고노도로모보소조구누두루무부수주"];

/** "Part XK-48213 (corfentor)." in either language; about every second name is new. */
function partOf(random: () => number): string {
  const from = (list: readonly string[]) => list[Math.floor(random() * list.length)];
  const number = `${String.fromCharCode(65 + random() * 26, 65 + random() * 26)}-${Math.floor(10_000 + random() * 90_000)}`;
  if (random() < 0.5) return `Part ${number} (${from(english)}${from(english)}${from(english)}${from(english)}).`;
  return `부품 ${number} (${from(korean)}${from(korean)}${from(korean)}${from(korean)}).`;
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
