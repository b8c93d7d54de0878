import type { CodeKind } from "../knowledge.ts";

// Norm: a code as it is compared. Lower case, no marks between letters and digits, numbers without leading zeros:
// "AL-05", "al 5" and "AL05" are "al5"; "AX-050" is "ax50"; "G38.2" and "g38-2" are "g38-2".

/** `number` is set where the code is a number with at most a few letters before it: what people say aloud. */
export type ParsedCode = { norm: string; prefix: string; number: number | null };

const kindWords: [CodeKind, string][] = [
  ["alarm", "알람|알럼|알라무|경보|alarms?|alm"],
  ["error", "에러|애러|오류|errors?|err"],
  ["fault", "고장|폴트|폴드|트립|이상|faults?|trips?"],
  ["warning", "경고|워닝|warnings?|warn|wrn"],
  ["lamp", "램프|람프|표시등|lamps?|leds?"],
  ["setting", "설정값|설정|세팅|셋팅|파라미터|파라메터|settings?|parameters?|params?"],
  ["option", "빌드 ?옵션|옵션|build[- ]?options?|options?"],
];

/** One alternation of every word that says a kind. */
export const kindWordPattern = kindWords.map(([, words]) => words).join("|");
const kindTests = kindWords.map(([kind, words]) => [kind, new RegExp(`^(?:${words})$`, "i")] as const);

export function kindOfWord(word: string): CodeKind | undefined {
  return kindTests.find(([, test]) => test.test(word.trim()))?.[0];
}

/** Kinds that a code's own letters stand for, e.g. E-101 an error, L3 a lamp. */
const prefixKinds: Record<string, CodeKind> = {
  al: "alarm",
  alm: "alarm",
  a: "alarm",
  e: "error",
  er: "error",
  err: "error",
  f: "fault",
  flt: "fault",
  w: "warning",
  wrn: "warning",
  l: "lamp",
  p: "setting",
  pr: "setting",
};
export const kindOfPrefix = (prefix: string): CodeKind | undefined => prefixKinds[prefix];

/** Strips kind words, "code", "no." and 번 from around a code; "$110" says that it is a setting. */
export function parseMention(raw: string): { kind?: CodeKind } & ParsedCode {
  let rest = raw.normalize("NFKC").trim();
  let kind: CodeKind | undefined;
  const leading = new RegExp(`^(${kindWordPattern})(?![a-z])`, "i");
  const trailing = new RegExp(`(?<![a-z])(${kindWordPattern})$`, "i");
  for (let round = 0; round < 4; round += 1) {
    const before = rest;
    const word = leading.exec(rest)?.[1] ?? trailing.exec(rest)?.[1];
    if (word && word.length < rest.length) {
      kind ??= kindOfWord(word);
      rest = rest.startsWith(word) ? rest.slice(word.length) : rest.slice(0, -word.length);
    }
    rest = rest
      .replace(/^[\s:#=,.\-–"'`[(]+/, "")
      .replace(/[\s:,"'`\])]+$/, "")
      .replace(/^(?:코드|번호|code|number|no\.?|nr\.?)(?![a-z])/i, "")
      .replace(/(?:번호|코드|번|호)$/, "");
    if (rest === before || rest === "") break;
  }
  if (/^\$\s*\d/.test(rest)) {
    kind ??= "setting";
    rest = rest.replace(/^\$\s*/, "").replace(/=.*$/, "");
  }
  // "#" and ":" alone are codes of build options.
  return { ...(kind ? { kind } : {}), ...parseCode(rest === "" ? raw : rest) };
}

export function parseCode(code: string): ParsedCode {
  const norm = normOf(code);
  const match = /^([a-z]{0,5})(\d{1,9})$/.exec(norm);
  return { norm, prefix: match?.[1] ?? "", number: match ? Number(match[2]) : null };
}

function normOf(code: string): string {
  const lower = code.normalize("NFKC").trim().toLowerCase();
  const compact = lower
    .replaceAll(/(\d)[\s]*[-./:][\s]*(?=\d)/g, "$1-")
    .replaceAll(/(?<=\D|^)[\s\-_./:]+(?=[\p{L}\p{N}])/gu, "")
    .replaceAll(/(?<=\d)[\s\-_./:]+(?=\p{L})/gu, "")
    .replaceAll(/\s+/g, "");
  const norm = compact.replaceAll(/\d+/g, (digits) => (digits.length > 9 ? digits : String(Number(digits))));
  // A code of marks only ("+", "*") stays what it is.
  return norm === "" ? lower : norm;
}
