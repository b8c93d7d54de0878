import { stripParticles } from "../../core/language/particles.ts";
import { hasHangul } from "../../core/language/script.ts";
import type { Row } from "../../plant/records.ts";

// How like two repairs are: the machine, what the machine said (alarm), what was found (failure code), what people
// said (symptom words). A repair that tells its cause and remedy is worth more than one that doesn't.

export type Likeness = "alarm" | "failure-code" | "symptom" | "same-machine" | "same-model" | "same-class";
export type Ranked = { row: Row; score: number; why: Likeness[]; words: string[] };

export type Wanted = {
  equipmentId: string | null;
  model: string | null;
  class: string | null;
  alarmCode: string | null;
  failureCode: string | null;
  words: string[];
  now: Date;
};

const weights = { alarm: 4, failure: 3, symptom: 3, machine: 3, model: 2, class: 1, told: 0.5, recent: 0.5 };
const dull = new Set([
  "the",
  "and",
  "for",
  "with",
  "from",
  "what",
  "when",
  "how",
  "was",
  "is",
  "it",
  "of",
  "on",
  "in",
  "to",
  "at",
  "machine",
  "problem",
  "설비",
  "기계",
  "문제",
  "이상",
  "증상",
  "발생",
  "있음",
  "있어",
  "해요",
  "났어",
  "떴어",
  "나요",
  "뭐",
  "왜",
  "어떻게",
  "알람",
  "호기",
]);

/** The words of a symptom that can tell one repair from another. */
export function symptomWords(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z][a-z0-9-]+|[가-힣]{2,}/g) ?? [];
  return [
    ...new Set(
      words
        .map((word) => (hasHangul(word) ? stripParticles(word) : word.replace(/(?:ing|ed|s)$/, "")))
        .filter((word) => word.length >= 2 && !dull.has(word)),
    ),
  ];
}

/** Best first; a row that shares nothing that was asked for is left out. */
export function rankWorkOrders(
  rows: Row[],
  wanted: Wanted,
  of: (id: string) => { model: string | null; class: string | null } | undefined,
): Ranked[] {
  const asked = wanted.alarmCode !== null || wanted.failureCode !== null || wanted.words.length > 0;
  return rows
    .map((row) => rank(row, wanted, of))
    .filter((one) =>
      asked
        ? one.why.some((why) => why === "alarm" || why === "failure-code" || why === "symptom")
        : one.why.length > 0,
    )
    .sort((a, b) => b.score - a.score || timeOf(b.row) - timeOf(a.row));
}

function rank(
  row: Row,
  wanted: Wanted,
  of: (id: string) => { model: string | null; class: string | null } | undefined,
): Ranked {
  const why: Likeness[] = [];
  let score = 0;
  const add = (reason: Likeness, weight: number): void => {
    why.push(reason);
    score += weight;
  };
  if (wanted.alarmCode && same(row["alarm_code"], wanted.alarmCode)) add("alarm", weights.alarm);
  if (
    wanted.failureCode &&
    (same(row["primary_code"], wanted.failureCode) || same(row["secondary_code"], wanted.failureCode))
  )
    add("failure-code", weights.failure);
  const text = ["description", "cause", "remedy", "component", "primary_code_description", "secondary_code_description"]
    .map((field) => String(row[field] ?? "").toLowerCase())
    .join(" ");
  const words = wanted.words.filter((word) => text.includes(word));
  if (words.length > 0) add("symptom", weights.symptom * (words.length / wanted.words.length));
  const id = String(row["equipment_id"] ?? "");
  const machine = of(id);
  if (id !== "" && id === wanted.equipmentId) add("same-machine", weights.machine);
  else if (wanted.model && machine?.model === wanted.model) add("same-model", weights.model);
  else if (wanted.class && machine?.class === wanted.class) add("same-class", weights.class);
  if (row["remedy"] || row["cause"]) score += weights.told;
  const years = (wanted.now.getTime() - timeOf(row)) / (365 * 86_400_000);
  score += weights.recent * Math.max(0, 1 - years / 3);
  return { row, score: Math.round(score * 1000) / 1000, why, words };
}

function same(value: unknown, wanted: string): boolean {
  return typeof value === "string" && value.toLowerCase() === wanted.toLowerCase();
}

export function timeOf(row: Row): number {
  const at = row["finished_at"] ?? row["opened_at"];
  return at instanceof Date ? at.getTime() : 0;
}
