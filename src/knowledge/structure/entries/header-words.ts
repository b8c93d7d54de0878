import { kindOfWord } from "../../codes/parse-code.ts";
import type { CodeKind } from "../../knowledge.ts";

// What a column title or a label before a colon means, in either language.

export type Role = "message" | "description" | "cause" | "remedy" | "severity" | "unit" | "sub" | "model";
/** How surely a title is that of codes: it says "alarm code", only "alarm" or "display", or only "no.". */
export type CodeTitle = { kind: CodeKind | null; certainty: "explicit" | "worded" | "bare" };

const roles: [Role, RegExp][] = [
  [
    "model",
    /^(?:(?:적용|대상|해당)?\s*(?:기종|모델|형식)명?|적용|(?:machine\s+)?models?(?:\s+no\.?)?|machine\s+types?|applies\s+to|applicable(?:\s+(?:to|models?))?)$/i,
  ],
  [
    "sub",
    /^(?:sub[\s-]?(?:code|no\.?|number)?|상세\s*(?:코드|번호)|보조\s*(?:코드|번호)|부\s?번호|서브\s*(?:코드|번호)?|세부\s*(?:코드|번호)|detail(?:ed)?\s*(?:code|no\.?|number)|auxiliary\s+code|ext(?:ended)?\.?\s+code)$/i,
  ],
  ["cause", /원인|이유|요인|causes?\b|reasons?\b|possible|\bfactors?\b/i],
  [
    "remedy",
    /조치|대책|처치|처리|해결|복구|대응|점검|확인|방법|해제|remed|action|counter|\bmeasures?\b|solution|correct|respon|what to do|\bfix|check|recover|\breset\b/i,
  ],
  ["severity", /등급|심각|중요도|위험도|레벨|severity|priority|^type$|^유형$|^구분$|\bclass\b|\blevel\b|category/i],
  ["unit", /단위|\bunits?\b/i],
  ["description", /설명|상세|descriptions?|details?|comment|비고|remarks?|notes?\b|explanation/i],
  [
    "message",
    /의미|내용|이름|명칭|알람명|고장명|에러명|메시지|표시|기능|항목|현상|messages?|meaning|names?\b|text|title|settings?|display|indication|function|parameter|파라미터|설정|알람|경보|에러|오류|고장|이상|alarm|fault|error|trip|warning/i,
  ],
];

const codeWords = /^(?:코드|번호|code|codes|no|nos|nr|number|id|#|기호|symbol)$/i;
const flashWords = /^(?:flash|flashes|blink|blinks|count|counts|점멸|깜박임|깜빡임|횟수|점멸횟수)$/i;
const displayWords =
  /^(?:표시|표시부|패널|조작|화면|display|displayed|indication|indications|panel|operation|lcd|screen|readout)$/i;
const noise = /^(?:hex|dec|in|v[\d.]+[+-]?|the|and|및|opt|list)$/i;

export function roleOf(title: string): Role | null {
  const bare = plainTitle(title);
  return bare === "" ? null : (roles.find(([, pattern]) => pattern.test(bare))?.[0] ?? null);
}

/** Null where the title is not that of a column of codes: "Error source", "Tool No.", "Part number". */
export function codeTitleOf(title: string): CodeTitle | null {
  const bare = plainTitle(title);
  if (bare === "" || bare.length > 40) return null;
  if (bare.startsWith("$")) return { kind: "setting", certainty: "explicit" };
  if (/^opt\b/i.test(bare)) return { kind: "option", certainty: "explicit" };
  if (bare === "#") return { kind: null, certainty: "bare" };
  let kind: CodeKind | null = null;
  let [coded, shown] = [false, false];
  const words = bare
    .replaceAll(/(?<=[가-힣])(?=(?:코드|번호|표시|기호)(?:$|[\s/]))/g, " ")
    .split(/[\s/·:()_.,-]+/)
    .filter((word) => word !== "" && !noise.test(word));
  for (const word of words) {
    const said = kindOfWord(word);
    if (said) kind ??= said;
    else if (codeWords.test(word) || flashWords.test(word)) coded = true;
    else if (displayWords.test(word)) shown = true;
    else return null;
  }
  if (kind && coded) return { kind, certainty: "explicit" };
  if (kind || shown) return { kind, certainty: "worded" };
  return coded ? { kind: null, certainty: "bare" } : null;
}

const plainTitle = (title: string) =>
  title
    .slice(0, 120)
    .normalize("NFKC")
    .replaceAll(/["'*`]/g, "")
    .replaceAll(/\((?!\$)[^)]*\)/g, " ")
    .replaceAll(/\bin v?\d[\w.+-]*/gi, "")
    .trim();

/** Columns of stock, logs, schedules, limits and measurements: a bare "No." beside them numbers rows. */
const otherLists =
  /품번|품명|수량|재고|단가|가격|건수|자재|규격|도면|전화|내선|일자|날짜|시각|작업자|담당|주기|기준값|측정|오차|토크|정상|한계|위치|쪽|페이지|\b(?:part|parts|qty|quantity|stock|price|order|serial|drawing|phone|extension|date|time|operator name|interval|torque|wire|terminal|offset|location|normal|limit|limits|page|month|default|pin|address|dimension|size)\b/i;

export const isOtherList = (title: string): boolean => otherLists.test(plainTitle(title));
/** A table of limits, a log with dates: none of its columns lists codes, whatever their titles. */
export const isNeverCodes = (title: string): boolean =>
  /^(?:정상|한계|정상\s*범위|normal(?: range)?|limits?|일자|날짜|발생\s*일시|date|time)$/i.test(plainTitle(title));
export const isSymptom = (title: string): boolean =>
  /증상|현상|문제|symptom|problem|trouble|item|항목/i.test(plainTitle(title));
