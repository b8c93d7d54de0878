import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

// Retrieval set: questions with the sections that answer them. The first line says which folder of ../shared/data it
// is asked on. Questions of the half "dev" may be looked at to choose rules; those held out are only ever counted.

const header = z.strictObject({ set: z.string(), data: z.string(), note: z.string() });
const retrievalCase = z.strictObject({
  id: z.string(),
  language: z.enum(["ko", "en"]),
  half: z.enum(["dev", "held-out"]),
  question: z.string(),
  /** The same name in both languages' folders. */
  file: z.string(),
  /** Any of them, as the file of that language writes it. */
  headings: z.strictObject({ en: z.array(z.string()), ko: z.array(z.string()) }),
});
export type RetrievalCase = z.infer<typeof retrievalCase>;
export type RetrievalSet = z.infer<typeof header> & { cases: RetrievalCase[] };

const folder = import.meta.dirname;

export const retrievalSetNames = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl") && name !== "abstention.jsonl")
    .map((name) => name.replace(/\.jsonl$/, ""));

export function readRetrievalSet(name: string): RetrievalSet {
  const lines = readFileSync(join(folder, `${name}.jsonl`), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): unknown => JSON.parse(line));
  return { ...header.parse(lines[0]), cases: lines.slice(1).map((line) => retrievalCase.parse(line)) };
}

/** Null where this machine has none of it. */
export function dataFolder(set: RetrievalSet): string | null {
  const path = join(folder, "../../../../shared/data", set.data);
  return existsSync(path) ? path : null;
}
