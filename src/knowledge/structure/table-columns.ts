import { kindOfWord } from "../codes/parse-code.ts";
import type { CodeKind } from "../knowledge.ts";

// What the columns of an alarm, error, fault, setting or option table mean, by their headers in either language.

export type ColumnRole = "message" | "description" | "cause" | "remedy" | "severity" | "unit";
export type CodeTable = { codeColumn: number; kind: CodeKind | null; roles: Map<number, ColumnRole> };

const roles: [ColumnRole, RegExp][] = [
  ["cause", /원인|이유|causes?|reasons?|possible/i],
  ["remedy", /조치|대책|처치|해결|복구|대응|remed|action|counter|solution|correct|response|what to do|fix/i],
  ["severity", /등급|심각|중요도|위험도|severity|priority|\bclass\b|\blevel\b/i],
  ["unit", /단위|\bunits?\b/i],
  ["description", /설명|상세|descriptions?|details?|comment|비고/i],
  [
    "message",
    /의미|내용|이름|명칭|메시지|표시|messages?|meaning|names?|text|title|settings?|display|indication|설정|알람|alarm|fault|error/i,
  ],
];

const codeWord = /코드|\bcodes?\b|번호|\bno\b|\bnumber\b|\bnr\b|\bid\b|^#$|^\$$/i;
const notOurs =
  /부품|품번|자재|도면|문서|전화|내선|part|order|serial|drawing|document|phone|extension|date|일자|step|단계|순서/i;

/** The code column of a table and the other columns' meanings, or null where the table lists no codes. */
export function readCodeTable(header: string[], rows: string[][], context: CodeKind | null): CodeTable | null {
  // "Normal | Warning | Alarm" is a table of limits: its columns hold values.
  if (header.some((cell) => /정상|한계|normal|limit/i.test(cell))) return null;
  const titles = header.map((cell) =>
    cell
      .replaceAll(/["'*`]/g, "")
      .replaceAll(/\bin v?\d[\w.+-]*/gi, "")
      .trim(),
  );
  for (const [column, title] of titles.slice(0, 3).entries()) {
    const candidate = codeHeader(title, context);
    if (!candidate) continue;
    const cells = rows.map((row) => row[column]?.trim() ?? "").filter((cell) => cell !== "");
    if (cells.length === 0 || !mostlyCodes(cells, candidate.kind)) continue;
    const found = rolesOf(titles, column);
    if (found.size === 0) continue;
    return { codeColumn: column, kind: candidate.kind, roles: found };
  }
  return null;
}

function codeHeader(title: string, context: CodeKind | null): { kind: CodeKind | null } | null {
  if (title === "" || title.length > 40 || notOurs.test(title)) return null;
  if (title.startsWith("$")) return { kind: "setting" };
  if (/\bopt\b/i.test(title)) return { kind: "option" };
  const words = title.split(/[\s/·:()_-]+/).filter((word) => word !== "");
  const kind = words.map((word) => kindOfWord(word) ?? kindOfWord(word.replace(/(?:코드|번호)$/, ""))).find(Boolean);
  if (kind) return { kind };
  if (!codeWord.test(title)) return null;
  // A bare "Code" or "No." lists codes only where the surroundings speak of alarms, errors or settings.
  return context ? { kind: context } : null;
}

function mostlyCodes(cells: string[], kind: CodeKind | null): boolean {
  const shape =
    kind === "option"
      ? /^\S{1,4}$/
      : /^(?:\$|[A-Za-z]{0,5}[-_. ]?)\d{1,6}(?:[-.][A-Za-z0-9]{1,4})?[A-Za-z]?(?:\s*(?:[,/~–…&]|\.\.|-|to|and|및)\s*(?:\$|[A-Za-z]{0,5}[-. ]?)\d{1,6})*(?:\s*\[\d+[-~–]\d+\])?$/;
  const worded = /^[\p{L}]{2,8}\s?:?\s?\d{1,5}(?:번)?$/u;
  const fitting = cells.filter((cell) => shape.test(cell.replaceAll("`", "")) || worded.test(cell)).length;
  return fitting / cells.length >= 0.6;
}

function rolesOf(titles: string[], codeColumn: number): Map<number, ColumnRole> {
  const found = new Map<number, ColumnRole>();
  for (const [role, pattern] of roles) {
    for (const [column, title] of titles.entries()) {
      if (column === codeColumn || found.has(column) || title === "") continue;
      const taken = [...found.values()].includes(role);
      if (!taken && pattern.test(title)) found.set(column, role);
    }
  }
  return found;
}
