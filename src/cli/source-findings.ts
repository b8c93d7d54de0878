import type { ErrorDetail } from "../core/errors.ts";
import type { Language } from "../core/context.ts";
import { formatAge, formatNumber } from "../core/format/format.ts";
import type { SourceReport } from "../http/backend.ts";
import type { Finding } from "./finding.ts";

/** A newest reading this old is worth a word, as is a clock that is off by so much. */
const oldMs = 3_600_000;
const clockOffMs = 60_000;

/** One finding for each source: what it sees, or what stands in the way. */
export function sourceFindings(sources: SourceReport[], language: Language, now: Date): Finding[] {
  return sources.map((one): Finding => {
    const name = `${one.name}`;
    if (!one.ok)
      return { name, verdict: "broken", saw: `${where(one)}: ${one.problem ?? "?"}`, fix: one.fix ?? undefined };
    const doubt = doubtOf(one, language, now);
    const saw = [where(one), ...factsOf(one, language, now), ...one.notes].filter((part) => part !== "").join("; ");
    return { name, verdict: doubt ? "note" : "ok", saw, fix: doubt ?? undefined };
  });
}

/** One finding for each fault of the site file. */
export function faultFindings(path: string, faults: ErrorDetail[]): Finding[] {
  return faults.map(({ line, message }) => ({
    name: "site file",
    verdict: "broken",
    saw: `${path}${line === undefined ? "" : `:${line}`} ${message}`,
  }));
}

const where = ({ kind, place }: SourceReport): string => `${kind}${place === "" ? "" : ` ${place}`}`;

function factsOf(one: SourceReport, language: Language, now: Date): string[] {
  const ko = language === "ko";
  const rows = one.rows.map(({ records, count }) => `${records} ${formatNumber(count)}`).join(", ");
  const newest = one.newest === null ? null : formatAge(new Date(one.newest), now, language);
  return [
    one.tags === null ? "" : ko ? `태그 ${formatNumber(one.tags)}개` : `${formatNumber(one.tags)} tags`,
    rows,
    newest === null ? "" : ko ? `최신 값 ${newest}` : `newest ${newest}`,
    one.clockDifferenceMs === null ? "" : `${ko ? "시계 차이" : "clock"} ${clock(one.clockDifferenceMs)}`,
    `${one.ms} ms`,
  ];
}

/** "+0.3 s", "-4 min". */
export function clock(ms: number): string {
  const sign = ms < 0 ? "-" : "+";
  const size = Math.abs(ms);
  if (size < clockOffMs) return `${sign}${formatNumber(Math.round(size / 100) / 10)} s`;
  return `${sign}${formatNumber(Math.round(size / 60_000))} min`;
}

function doubtOf({ clockDifferenceMs, newest }: SourceReport, language: Language, now: Date): string | null {
  const ko = language === "ko";
  if (clockDifferenceMs !== null && Math.abs(clockDifferenceMs) > clockOffMs)
    return ko
      ? "시계가 어긋나 있습니다. 두 컴퓨터의 시간 동기화(NTP)를 확인하세요."
      : "Its clock is off: check that both machines take their time from the same server (NTP).";
  if (newest !== null && now.getTime() - Date.parse(newest) > oldMs)
    return ko
      ? "새 값이 들어오지 않습니다. 값을 쓰는 쪽을 확인하세요."
      : "No new values arrive: look at what writes into it.";
  if (newest !== null && Date.parse(newest) - now.getTime() > clockOffMs)
    return ko
      ? "미래 시각의 값이 있습니다. 값을 쓰는 쪽의 시계를 확인하세요."
      : "It has values of the future: check the clock of what writes into it.";
  return null;
}

/** The same as a table, for people. */
export function sourceTable(sources: SourceReport[], language: Language, now: Date): string[] {
  const ko = language === "ko";
  const head = ko
    ? ["이름", "종류", "상태", "태그", "행", "최신 값", "시계", "응답", "위치"]
    : ["name", "kind", "state", "tags", "rows", "newest", "clock", "took", "place"];
  const rows = sources.map((one) => [
    one.name,
    one.kind,
    one.ok ? (ko ? "정상" : "ok") : ko ? "응답 없음" : "unseen",
    one.tags === null ? "–" : formatNumber(one.tags),
    one.rows.length === 0 ? "–" : formatNumber(one.rows.reduce((sum, { count }) => sum + count, 0)),
    one.newest === null ? "–" : formatAge(new Date(one.newest), now, language),
    one.clockDifferenceMs === null ? "–" : clock(one.clockDifferenceMs),
    `${one.ms} ms`,
    one.place,
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => widthOf(row[at] ?? ""))));
  return [head, ...rows].map((row) =>
    row
      .map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - widthOf(cell)))
      .join("  ")
      .trimEnd(),
  );
}

/** Columns on a terminal: Korean takes two a syllable. */
const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, one) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(one) ? 2 : 1),
    0,
  );
