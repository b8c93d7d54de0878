import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/db/open-database.ts";
import type { Bench } from "./bench.ts";
import { createCommands } from "./command.ts";
import { createRandom } from "./corpus.ts";
import { sharedManuals } from "./places.ts";
import { printBook } from "./pdf-book.ts";

const chromiums = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const citations = 50;

/** Public manuals printed into one PDF: is every page's text read, and does a citation name the page? */
export const measurePdf: Bench = async ({ say }) => {
  const folder = join(sharedManuals, "linuxcnc");
  const chromium = process.env["SUNBAE_TEST_CHROMIUM"] ?? chromiums.find((place) => existsSync(place));
  if (!existsSync(folder) || !chromium) {
    say(`  left out: needs ${folder} and Chromium`);
    return [];
  }
  const root = mkdtempSync(join(tmpdir(), "sunbae-bench-pdf-"));
  const commands = createCommands({ SUNBAE_DATA_DIR: join(root, "data") });
  try {
    const book = await printBook(folder, chromium);
    const file = join(root, "linuxcnc.pdf");
    writeFileSync(file, book.pdf);
    say(`  ${book.pages.length} pages, ${(book.pdf.length / 1e6).toFixed(1)} MB`);
    const began = performance.now();
    const job = await commands.json<{ files: { pages?: number | null; reason?: string | null }[] }>(
      "ingest",
      file,
      "--json",
    );
    const seconds = (performance.now() - began) / 1_000;
    const [read] = job.files;
    if (read?.reason) throw new Error(read.reason);
    const shares = await sharesOfWords(join(root, "data"), book.pages);
    const poor = shares.flatMap((share, index) => (share < 0.95 ? [index + 1] : []));
    if (poor.length > 0) say(`  pages with under 95 % of their words: ${poor.slice(0, 20).join(" ")}`);
    const asked = sentences(book.pages);
    const batch = join(root, "sentences.jsonl");
    writeFileSync(batch, asked.map(({ page, text }) => JSON.stringify({ id: page, query: text })).join("\n"));
    let right = 0;
    await commands.lines<{ id: number; results: { page: number | null }[] }>(
      ({ id, results }) => {
        if (results[0]?.page === id) right += 1;
        else say(`  page ${id}: found on ${results[0]?.page ?? "none"}: ${asked.find((one) => one.page === id)?.text}`);
      },
      ...["search", "--batch", batch, "-k", "1"],
    );
    const pages = book.pages.length;
    return [
      { what: "PDF: pages read as pages", budget: pages, measured: read?.pages ?? 0, unit: "pages", atLeast: true },
      {
        what: "PDF: a page's words found, the poorest page",
        budget: 0.95,
        measured: Math.min(...shares),
        unit: "",
        atLeast: true,
        note: `${shares.length - poor.length} of ${shares.length} pages have 95 % and more; mean ${(shares.reduce((a, b) => a + b, 0) / shares.length).toFixed(4)}`,
      },
      {
        what: "PDF: citations with the right page",
        budget: asked.length,
        measured: right,
        unit: `of ${asked.length}`,
        atLeast: true,
      },
      { what: "PDF: ingestion", budget: null, measured: pages / seconds, unit: "pages/s", note: "with the start" },
    ];
  } finally {
    commands.remove();
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  }
};

const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]{2,}/gu) ?? [];

/** Of each page, the share of its words that stand in the text that was read of it. */
async function sharesOfWords(dataDir: string, pages: string[]): Promise<number[]> {
  const database = await openDatabase({ dataDir });
  try {
    const { rows } = await database.pool.query<{ number: number; text: string }>(
      `SELECT p.number, p.text FROM document_pages p JOIN documents d ON d.id = p.document_id
       WHERE d.path LIKE '%linuxcnc.pdf'`,
    );
    const read = new Map(rows.map((row) => [row.number, row.text]));
    return pages.map((page, index) => {
      const left = new Map<string, number>();
      for (const word of wordsOf(read.get(index + 1) ?? "")) left.set(word, (left.get(word) ?? 0) + 1);
      const words = wordsOf(page);
      const found = words.filter((word) => {
        const count = left.get(word) ?? 0;
        left.set(word, count - 1);
        return count > 0;
      });
      return words.length === 0 ? 1 : found.length / words.length;
    });
  } finally {
    await database.close();
  }
}

/** Sentences that stand on one page only, of pages spread over the whole book. */
function sentences(pages: string[]): { page: number; text: string }[] {
  const random = createRandom(50);
  const plain = pages.map((page) => page.replaceAll(/\s+/g, " "));
  const chosen: { page: number; text: string }[] = [];
  for (let part = 0; chosen.length < citations && part < citations * 4; part += 1) {
    const at = Math.min(Math.floor(((part % citations) + random()) * (pages.length / citations)), pages.length - 1);
    const found = (pages[at]!.match(/[A-Z][^.\n|]{70,220}\./g) ?? []).filter(
      (text) => plain.filter((page) => page.includes(text)).length === 1,
    );
    const text = found[Math.floor(random() * found.length)];
    if (text && !chosen.some((one) => one.page === at + 1)) chosen.push({ page: at + 1, text });
  }
  return chosen;
}
