import { catalogue } from "../../plant/mes/catalogue.ts";
import type { Field, Grouping, RecordSetName } from "../../plant/records.ts";
import { bucketWords, countWords, mostWords } from "./measure-words.ts";

const groupable = new Set(["name", "code", "boolean", "equipment", "person", "number"]);

/** How the rows are to be grouped: "by primary code", "설비별", "월별", "which machine … most", "누가 가장 많이". */
export function readGroupings(text: string, records: RecordSetName): Grouping[] {
  const found: { grouping: Grouping; at: number; length: number }[] = [];
  const timeField = catalogue[records].timeField;
  for (const [pattern, bucket] of bucketWords) {
    const match = pattern.exec(text);
    if (match && timeField && !found.some((one) => one.grouping.bucket))
      found.push({ grouping: { field: timeField, bucket }, at: match.index, length: match[0].length });
  }
  for (const field of catalogue[records].fields) {
    if (!groupable.has(field.type) || isDescription(records, field)) continue;
    const description = catalogue[records].fields.find((other) => other.name === field.describedBy);
    const match = longest(groupMatch(text, field), description ? groupMatch(text, description) : null);
    if (match) found.push({ grouping: { field: field.name }, ...match });
  }
  const best = found
    .filter((one) => !found.some((other) => other !== one && overlaps(other, one) && better(other, one, found)))
    .sort((a, b) => a.at - b.at)
    .map((one) => one.grouping);
  return best.slice(0, 2);
}

/** What a distribution without a named field is taken to be over. */
export function defaultGrouping(records: RecordSetName): Grouping[] {
  const defaults: Partial<Record<RecordSetName, string>> = {
    work_orders: "primary_code",
    events: "code",
    downtimes: "reason",
    inspections: "defect_code",
    job_orders: "product",
    failure_codes: "category",
  };
  const field = defaults[records];
  return field ? [{ field }] : [];
}

type Match = { at: number; length: number } | null;

function longest(a: Match, b: Match): Match {
  return !a || (b && b.length > a.length) ? b : a;
}

function groupMatch(text: string, field: Field): { at: number; length: number } | null {
  const words = [field.label.en, field.label.ko, field.name.replaceAll("_", " "), ...(field.words ?? [])];
  let best: { at: number; length: number } | null = null;
  for (const word of words) {
    const match = matchWord(text, word.toLowerCase());
    if (match && (!best || match.length > best.length)) best = match;
  }
  return best;
}

function matchWord(text: string, word: string): { at: number; length: number } | null {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s?");
  const korean = /[가-힣]/.test(word);
  const base = korean
    ? word.endsWith("별")
      ? escaped
      : `${escaped}\\s?(?:별|마다|에 따라)`
    : `\\b(?:by|per|each|for each|across|among|every|grouped by|split by)\\s+(?:the |their |its |event |different )?${escaped}s?\\b`;
  const patterns = [base];
  if (!korean) patterns.push(`\\b${escaped}s?\\s+(?:distribution|breakdown|split|used)\\b`);
  if (!korean)
    patterns.push(
      `\\b${escaped}s?\\s+of\\s+(?:the\\s+|all\\s+|its\\s+)?(?:\\w+\\s+){0,2}(?:work\\s?orders?|events?|alarms?|alerts?|anomalies|stops?|inspections?)\\b`,
    );
  if (mostWords.test(text) || /\bdistribution of\b/i.test(text))
    patterns.push(
      korean
        ? `(?:어느|어떤|무슨)\\s?${escaped}|${escaped}(?:가|이|는|은)?\\s?(?:가장|제일)|(?:가장|제일)\\s?(?:많이?은?|자주|흔한?)\\s?(?:\\S+\\s){0,3}?${escaped}(?![가-힣]*\\s?(?:코드|번호))`
        : `\\b(?:which|what|distribution of(?: the)?|most (?:frequent|common)|top(?: \\d+)?)\\s+(?:\\w+\\s+)?${escaped}s?\\b`,
    );
  if ((word === "who" || word === "누가") && (mostWords.test(text) || countWords.test(text)))
    patterns.push(korean ? "누가" : "\\bwho\\b");
  for (const pattern of patterns) {
    const match = new RegExp(pattern, "i").exec(text);
    if (match) return { at: match.index, length: match[0].length };
  }
  return null;
}

function isDescription(records: RecordSetName, field: Field): boolean {
  return catalogue[records].fields.some((other) => other.describedBy === field.name);
}

function overlaps(a: { at: number; length: number }, b: { at: number; length: number }): boolean {
  return a.at < b.at + b.length && b.at < a.at + a.length;
}

/** Longer words win; of equal ones the field that stands first in the catalogue. */
function better<T extends { length: number }>(a: T, b: T, all: T[]): boolean {
  return a.length > b.length || (a.length === b.length && all.indexOf(a) < all.indexOf(b));
}
