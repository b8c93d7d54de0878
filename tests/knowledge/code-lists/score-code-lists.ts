import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseMention } from "../../../src/knowledge/codes/parse-code.ts";
import { loadDocument } from "../../../src/knowledge/load/load-file.ts";
import { alarmEntriesOf } from "../../../src/knowledge/structure/alarm-entries.ts";
import type { ExtractedEntry } from "../../../src/knowledge/structure/alarm-entries.ts";

type Wanted = { code: string | number; sub?: string; kind?: string; models?: string[] } & Partial<
  Record<"message" | "cause" | "remedy" | "severity", string>
>;
type Sample = { name: string; file: string; text: string; entries: Wanted[] };

/** Shares of the entries wanted and of those found, and a line for everything missed or made up. */
export type CodeListScore = { samples: number; recall: number; precision: number; misses: string[] };

const texts = ["message", "cause", "remedy", "severity"] as const;

/** Extracts every sample of a set; an entry counts only with all that is wanted of it. */
export async function scoreCodeLists(set: "develop" | "held-out" | "fresh"): Promise<CodeListScore> {
  const samples = parse(readFileSync(join(import.meta.dirname, `${set}.yaml`), "utf8")) as Sample[];
  const misses: string[] = [];
  const count = { wanted: 0, met: 0, found: 0, right: 0 };
  for (const sample of samples) {
    const found = alarmEntriesOf(await loadDocument(sample.file, new TextEncoder().encode(sample.text)));
    for (const wanted of sample.entries) {
      count.wanted += 1;
      const met = found.some((entry) => meets(entry, wanted));
      count.met += met ? 1 : 0;
      if (!met) misses.push(`${sample.name}: missed ${JSON.stringify(wanted)}; found ${shown(found)}`);
    }
    for (const entry of found) {
      count.found += 1;
      const right = sample.entries.some((wanted) => hasCode(entry, wanted));
      count.right += right ? 1 : 0;
      if (!right) misses.push(`${sample.name}: made up ${shown([entry])}`);
    }
  }
  return { samples: samples.length, recall: count.met / count.wanted, precision: count.right / count.found, misses };
}

function hasCode(entry: ExtractedEntry, wanted: Wanted): boolean {
  const mention = parseMention(String(wanted.code));
  const byNumber = mention.prefix === "" && mention.number !== null && entry.numbers.includes(mention.number);
  return entry.codes.includes(mention.norm) || (byNumber && wanted.kind === entry.kind);
}

function meets(entry: ExtractedEntry, wanted: Wanted): boolean {
  if (!hasCode(entry, wanted) || (wanted.kind !== undefined && entry.kind !== wanted.kind)) return false;
  if (wanted.sub !== undefined && entry.subCode !== wanted.sub) return false;
  if (wanted.models && wanted.models.toSorted().join() !== entry.models.toSorted().join()) return false;
  return texts.every((field) => wanted[field] === undefined || (entry[field] ?? "").includes(wanted[field]));
}

const shown = (entries: ExtractedEntry[]) =>
  entries
    .map(
      (one) => `${one.kind} ${one.code}/${one.subCode ?? ""} ${one.models} ${one.message}|${one.cause}|${one.remedy}`,
    )
    .join(" ;; ") || "nothing";
