import type { Language } from "../../core/context.ts";

/** Why a row was left out. Texts are the cell's own, shortened. */
export type Reason =
  | { kind: "not_a_time"; text: string; order?: string }
  | { kind: "not_a_number"; text: string }
  | { kind: "not_a_boolean"; text: string }
  | { kind: "not_a_duration"; text: string }
  | { kind: "unit_differs"; found: string; expected: string }
  | { kind: "empty" }
  | { kind: "no_match"; text: string; records: string }
  | { kind: "many_matches"; text: string; records: string }
  | { kind: "text_too_long"; limit: number }
  | { kind: "duplicate_id"; id: string; firstLine: number }
  | { kind: "broken_quotes" }
  | { kind: "too_many_cells"; found: number; expected: number }
  | { kind: "too_few_cells"; found: number; expected: number }
  | { kind: "line_too_long"; limit: number }
  | { kind: "not_json" }
  | { kind: "bad_bytes"; encoding: string };

export class BadCell extends Error {
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(reason.kind);
    this.name = "BadCell";
    this.reason = reason;
  }
}

export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

const texts: { [K in Reason["kind"]]: Record<Language, (reason: Extract<Reason, { kind: K }>) => string> } = {
  not_a_time: {
    en: (r) => `"${r.text}" is no date${r.order ? ` (read as ${r.order})` : ""}`,
    ko: (r) => `"${r.text}"은(는) 날짜가 아님${r.order ? ` (${r.order} 순서로 읽음)` : ""}`,
  },
  not_a_number: { en: (r) => `"${r.text}" is no number`, ko: (r) => `"${r.text}"은(는) 숫자가 아님` },
  not_a_boolean: { en: (r) => `"${r.text}" is neither yes nor no`, ko: (r) => `"${r.text}"은(는) 예/아니오가 아님` },
  not_a_duration: { en: (r) => `"${r.text}" is no duration`, ko: (r) => `"${r.text}"은(는) 시간 길이가 아님` },
  unit_differs: {
    en: (r) => `the unit is "${r.found}", not "${r.expected}"`,
    ko: (r) => `단위가 "${r.expected}"이(가) 아니라 "${r.found}"`,
  },
  empty: { en: () => "is empty", ko: () => "비어 있음" },
  no_match: { en: (r) => `no ${r.records} called "${r.text}"`, ko: (r) => `${r.records}에 "${r.text}"이(가) 없음` },
  many_matches: {
    en: (r) => `several ${r.records} are called "${r.text}"`,
    ko: (r) => `${r.records}에 "${r.text}"이(가) 여럿`,
  },
  text_too_long: { en: (r) => `longer than ${r.limit} characters`, ko: (r) => `${r.limit}자보다 김` },
  duplicate_id: {
    en: (r) => `"${r.id}" is already on line ${r.firstLine}`,
    ko: (r) => `"${r.id}"은(는) ${r.firstLine}행에 이미 있음`,
  },
  broken_quotes: { en: () => "broken quotation marks", ko: () => "따옴표가 맞지 않음" },
  too_many_cells: {
    en: (r) => `${r.found} cells for ${r.expected} columns`,
    ko: (r) => `열은 ${r.expected}개인데 칸이 ${r.found}개`,
  },
  too_few_cells: {
    en: (r) => `only ${r.found} cells for ${r.expected} columns`,
    ko: (r) => `열은 ${r.expected}개인데 칸이 ${r.found}개뿐`,
  },
  line_too_long: { en: (r) => `longer than ${r.limit} characters`, ko: (r) => `한 행이 ${r.limit}자를 넘음` },
  not_json: { en: () => "no JSON object", ko: () => "JSON 객체가 아님" },
  bad_bytes: { en: (r) => `bytes that are not ${r.encoding}`, ko: (r) => `${r.encoding}이(가) 아닌 바이트` },
};

export function reasonText(reason: Reason, language: Language): string {
  // The table pairs each kind with its own texts; the compiler can't follow that through an index.
  const entry = texts[reason.kind] as Record<Language, (reason: Reason) => string>;
  return entry[language](reason);
}
