import { editDistance } from "../../../core/language/distance.ts";

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_.\-[\]()]+/g, "");

/** The candidates that are most like the word, best first; none where nothing is near. */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = plain(word.slice(0, 100));
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    const other = plain(candidate.slice(0, 100));
    const contained = wanted.length > 2 && other.length > 2 && (other.includes(wanted) || wanted.includes(other));
    const distance = contained ? 0.5 : editDistance(wanted, other);
    if (distance <= Math.max(1, Math.max(wanted.length, other.length) * 0.4)) scored.push({ candidate, distance });
  }
  return scored
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map((one) => one.candidate);
}

/** ` Did you mean "a" or "b"?`, or the whole list where it is short, or nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  if (near.length > 0) return `Did you mean ${near.map((one) => `"${one}"`).join(" or ")}?`;
  if (candidates.length === 0) return "There are none.";
  const shown = candidates
    .slice(0, 30)
    .map((one) => `"${one}"`)
    .join(", ");
  return `There are: ${shown}${candidates.length > 30 ? ` and ${candidates.length - 30} more` : ""}.`;
}
