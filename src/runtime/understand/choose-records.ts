import { editDistance } from "../../core/language/distance.ts";
import { catalogue, recordSetNames } from "../../plant/mes/catalogue.ts";
import type { RecordSetName } from "../../plant/records.ts";
import type { Link } from "./link-values.ts";
import { countWords, correctiveWords, eventFamilies, preventiveWords } from "./measure-words.ts";

/** Words that mean a record set without naming it. */
const hints: { records: RecordSetName; pattern: RegExp; weight: number }[] = [
  { records: "inspections", pattern: /\bdefects?\b|\brejects?\b|불량(?:률|율|수|품|유형)?/i, weight: 5 },
  {
    records: "job_orders",
    pattern: /\bscrap(?:ped)?\b|\bproduc(?:e|ed|tion)\b|\boutput\b|생산량|생산\s?수량|양품|얼마나\s?(?:만들|생산)/i,
    weight: 4,
  },
  {
    records: "work_orders",
    pattern:
      /\b(?:breakdowns?|failures?|repaired|fixed|serviced|maintained|maintenance)\b|고장(?!\s?코드)|수리|정비|고쳤|고친|교체(?:했|한)/i,
    weight: 3,
  },
  {
    records: "work_orders",
    pattern:
      /\blabou?r (?:hours|time|minutes)\b|\bman-?hours\b|\bhours of (?:work|maintenance)\b|\bmttr\b|\b(?:repair|maintenance) (?:time|hours|duration)\b|공수|인시|(?:수리|작업|정비)\s?시간/i,
    weight: 5,
  },
  {
    records: "work_orders",
    pattern:
      /\bjobs? (?:were |was )?(?:closed|done|finished|completed)\b|\b(?:closed|done|finished|completed) (?:by|on)\b|\bkind of work\b|\b(?:primary|secondary) codes?\b|(?:주|세부|대분류|소분류|1차|2차)\s?코드/i,
    weight: 4,
  },
  { records: "job_orders", pattern: /\bgood parts?\b|양품|스크랩|폐기/i, weight: 10 },
  {
    records: "events",
    pattern:
      /떴|뜬|뜨[는나]|울렸|\b(?:c[ao]mes? (?:on|up)|came up|show(?:s|ed)? up|fired|raised|triggered|occurred|went off)\b/i,
    weight: 3,
  },
  { records: "work_orders", pattern: /작업(?!\s?(?:지시|오더|자|시간|표준|방법|순서|절차|환경))/, weight: 3 },
  {
    records: "downtimes",
    pattern:
      /\b(?:was|were|been|is)\b.{0,20}\b(?:down|stopped|idle)\b|\bdown ?time\b|\bstoppages?\b|비가동|다운\s?타임|서\s?있었|멈춰\s?있었/i,
    weight: 6,
  },
  { records: "people", pattern: /\b(?:retir\w+|leaving|leaves)\b|퇴직|퇴사|은퇴/i, weight: 6 },
];

export type EventFamily = (typeof eventFamilies)[number];

/** The families that are named. A bare 이상 is an anomaly only where the machine has such events. */
export function readEventFamilies(text: string, groups: string[] = []): EventFamily[] {
  const bare = /(?<![\d가-힣]\s?)이상(?:이|은|을|의|들|에|만)?(?=\s|$|[?.!,])/.test(text);
  return eventFamilies.filter(
    (family) =>
      family.pattern.test(text) ||
      (family.concept === "anomaly" && bare && groups.some((group) => family.values.test(group))),
  );
}

/** The record set a question is about, or null where nothing points to one. */
export function chooseRecords(text: string, links: Link[], groups: string[] = []): RecordSetName | null {
  const scores = new Map<RecordSetName, number>();
  const add = (records: RecordSetName, weight: number): void => {
    scores.set(records, (scores.get(records) ?? 0) + weight);
  };
  const lower = text.toLowerCase();
  const misspelt = misspeltSet(lower);
  if (misspelt) add(misspelt, 10);
  for (const name of recordSetNames) {
    const longest = Math.max(
      0,
      ...catalogue[name].words.filter((word) => hasWord(lower, word)).map((word) => word.length),
    );
    // A machine or a person named in passing is seldom what is asked for.
    const passing = ["equipment", "people", "tags"].includes(name);
    if (longest > 0) add(name, passing ? 3 : 4 + Math.min(longest, 12) / 2);
  }
  for (const hint of hints) if (hint.pattern.test(text)) add(hint.records, hint.weight);
  const families = readEventFamilies(text, groups);
  const others = families.filter((family) => family.concept !== "work_order");
  if (others.length > 0) add("events", 8 + others.length);
  if (families.length > others.length && others.length > 0) add("events", 4);
  if (preventiveWords.test(text) || correctiveWords.test(text)) add("work_orders", 4);
  for (const [records, weight] of linkVotes(links)) add(records, weight);
  const [best] = [...scores].sort((a, b) => b[1] - a[1] || preferred.indexOf(a[0]) - preferred.indexOf(b[0]));
  // A number is asked for: then also a single value of a record set points to it.
  const enough = countWords.test(text) ? 1 : 3;
  return best && best[1] >= enough ? best[0] : null;
}

/** Of record sets that the same words fit equally. */
const preferred: RecordSetName[] = [
  "work_orders",
  "events",
  "inspections",
  "job_orders",
  "downtimes",
  "parts",
  "lots",
  "people",
  "failure_codes",
  "code_maps",
  "equipment",
  "tags",
  "lot_links",
];

/** "work ordres", "wrok orders", "downtme": names of record sets with a slip or two. */
function misspeltSet(text: string): RecordSetName | null {
  const tokens = [...text.matchAll(/[a-z]+/g)].map((match) => match[0]);
  for (const name of preferred) {
    for (const word of catalogue[name].words) {
      if (word.length < 8 || /[가-힣]/.test(word)) continue;
      const size = word.split(" ").length;
      for (let from = 0; from + size <= tokens.length; from++) {
        const said = tokens.slice(from, from + size).join(" ");
        const distance = editDistance(said, word, 2);
        const inflected = said.startsWith(word) || word.startsWith(said);
        if (distance > 0 && distance <= 2 && !inflected && !catalogue[name].words.includes(said)) return name;
      }
    }
  }
  return null;
}

/** Each record set counts its best link once; an exact phrase more than a part of one. */
function linkVotes(links: Link[]): Map<RecordSetName, number> {
  const votes = new Map<RecordSetName, number>();
  for (const link of links) {
    const weight = link.share === 1 ? (link.words >= 2 ? 3 : 2) : 1;
    votes.set(link.records, Math.max(votes.get(link.records) ?? 0, weight));
  }
  return votes;
}

function hasWord(text: string, word: string): boolean {
  if (/[가-힣]/.test(word)) return text.includes(word);
  return new RegExp(`(?<![a-z0-9])${word.replace(/\s+/g, "\\s+")}(?![a-z0-9])`).test(text);
}
