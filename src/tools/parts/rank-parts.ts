import { stripParticles } from "../../core/language/particles.ts";
import { hasHangul } from "../../core/language/script.ts";
import { foldName } from "../../plant/directory/directory.ts";
import type { Row } from "../../plant/records.ts";

const dull = new Set([
  "재고",
  "부품",
  "예비품",
  "품번",
  "있나",
  "있어",
  "있나요",
  "있습니까",
  "몇",
  "개",
  "남았어",
  "stock",
  "part",
  "parts",
  "spare",
  "in",
  "is",
  "the",
  "of",
  "for",
  "have",
  "we",
  "any",
]);

/**
 * The parts that a text names, best first: by part number, whole or its beginning, else by the words of the name.
 * Of parts found by words only those with the most words are kept.
 */
export function rankParts(query: string, rows: Row[]): Row[] {
  const asked = query
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const found = asked.flatMap((one) => byNumber(one, rows) ?? byWords(one, rows));
  return [...new Set(found)];
}

function byNumber(text: string, rows: Row[]): Row[] | null {
  const whole = foldName(text);
  const exact = rows.filter((row) => whole === foldName(String(row["id"])));
  if (exact.length > 0) return exact;
  // Inside a sentence: any token that is a part number, or the beginning of some (at least five characters).
  const tokens = text
    .split(/[\s?!.]+/)
    .map((token) => foldName(token.match(/^[\w-]+/)?.[0] ?? ""))
    .filter((token) => /\d/.test(token) && /[a-z]/.test(token));
  const named = rows.filter((row) => tokens.includes(foldName(String(row["id"]))));
  if (named.length > 0) return named;
  const begun = rows.filter((row) =>
    tokens.some((token) => token.length >= 4 && foldName(String(row["id"])).includes(token)),
  );
  return begun.length > 0 ? begun : null;
}

function byWords(text: string, rows: Row[]): Row[] {
  const words = (text.toLowerCase().match(/[a-z0-9]+|[가-힣]+/g) ?? [])
    .map((word) => (hasHangul(word) ? stripParticles(word) : word.length > 3 ? word.replace(/s$/, "") : word))
    .filter((word) => word.length >= 2 && !dull.has(word));
  if (words.length === 0) return [];
  const scored = rows.map((row) => {
    const name = foldName(`${String(row["id"])} ${String(row["name"] ?? "")} ${String(row["name_ko"] ?? "")}`);
    return { row, score: words.filter((word) => name.includes(foldName(word))).length };
  });
  const best = Math.max(0, ...scored.map((one) => one.score));
  return best === 0 ? [] : scored.filter((one) => one.score === best).map((one) => one.row);
}
