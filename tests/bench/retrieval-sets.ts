import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Judged collections of ../shared/data, one text file a document in a temporary folder. Nothing of them is kept.

export type JudgedQuery = { id: string; text: string; /** Gain by document name. */ relevant: Map<string, number> };
export type JudgedSet = { name: string; folder: string; queries: JudgedQuery[]; remove: string };

export const sharedData = join(import.meta.dirname, "../../../shared/data");

/** Null where the machine has no ../shared/data. */
export function cranfield(): JudgedSet | null {
  const source = join(sharedData, "retrieval/cranfield");
  if (!existsSync(source)) return null;
  const { folder, write } = corpusFolder("cranfield");
  const xml = readFileSync(join(source, "cran.all.1400.xml"), "utf8");
  for (const match of xml.matchAll(/<doc>\s*<docno>(\d+)<\/docno>[\s\S]*?<text>([\s\S]*?)<\/text>\s*<\/doc>/g))
    if (match[2]!.trim() !== "") write(match[1]!, match[2]!.trim());
  const judged = new Map<string, Map<string, number>>();
  for (const line of readFileSync(join(source, "cranqrel.trec.txt"), "utf8").split("\n")) {
    const [query, , document, gain] = line.trim().split(/\s+/);
    if (!query || !document || Number(gain) <= 0) continue;
    judged.set(query, (judged.get(query) ?? new Map<string, number>()).set(document, Number(gain)));
  }
  const queries = readFileSync(join(source, "queries.ordinal.tsv"), "utf8")
    .split("\n")
    .map((line) => line.split("\t"))
    .filter((cells) => cells.length === 2)
    .map(([id, text]) => ({ id: id!, text: text!, relevant: judged.get(id!) ?? new Map<string, number>() }))
    .filter((query) => query.relevant.size > 0);
  return { name: "cranfield", folder, queries, remove: folder };
}

type KorquadFile = { data: { paragraphs: { context: string; qas: { id: string; question: string }[] }[] }[] };

export function korquad(): JudgedSet | null {
  const source = join(sharedData, "retrieval/korquad1/KorQuAD_v1.0_dev.json");
  if (!existsSync(source)) return null;
  const { folder, write } = corpusFolder("korquad1");
  const queries: JudgedQuery[] = [];
  const names = new Map<string, string>();
  for (const article of (JSON.parse(readFileSync(source, "utf8")) as KorquadFile).data) {
    for (const { context, qas } of article.paragraphs) {
      const name = names.get(context) ?? `p${names.size}`;
      if (!names.has(context)) write(name, context);
      names.set(context, name);
      for (const { id, question } of qas) queries.push({ id, text: question, relevant: new Map([[name, 1]]) });
    }
  }
  return { name: "korquad1", folder, queries, remove: folder };
}

function corpusFolder(name: string) {
  const folder = join(mkdtempSync(join(tmpdir(), "sunbae-bench-")), name);
  mkdirSync(folder);
  return { folder, write: (id: string, text: string) => writeFileSync(join(folder, `${id}.txt`), text) };
}
