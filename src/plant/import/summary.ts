import type { Language } from "../../core/context.ts";
import { catalogue } from "../mes/catalogue.ts";
import { reasonText } from "./reasons.ts";
import type { FileReport, ImportReport, Note } from "./report.ts";

const words = {
  en: {
    imported: "Imported",
    into: "into",
    rows: "rows read",
    inserted: "new",
    updated: "changed",
    unchanged: "unchanged",
    readings: "readings",
    tags: "new tags",
    filtered: "passed over by filters",
    repeated: "repeats",
    leftOut: "left out",
    line: "line",
    more: (count: number) => `… and ${count} more`,
    unused: "Columns not used",
    emptied: "values dropped",
    unknown: "No equipment has these ids",
    total: "Total",
    sample: "sample",
    nothing: "Nothing was left out.",
  },
  ko: {
    imported: "가져옴",
    into: "→",
    rows: "행 읽음",
    inserted: "새로 추가",
    updated: "변경",
    unchanged: "그대로",
    readings: "측정값",
    tags: "새 태그",
    filtered: "조건으로 건너뜀",
    repeated: "중복",
    leftOut: "제외",
    line: "행",
    more: (count: number) => `… 외 ${count}건`,
    unused: "쓰지 않은 열",
    emptied: "버린 값",
    unknown: "등록되지 않은 설비 번호",
    total: "합계",
    sample: "샘플",
    nothing: "제외된 행이 없습니다.",
  },
};

const shownProblems = 5;

/** The report as lines for a terminal. */
export function summarizeImport(report: ImportReport, language: Language): string {
  const word = words[language];
  const number = new Intl.NumberFormat(language === "ko" ? "ko-KR" : "en-US");
  const lines = [
    `${report.title} (${report.source}${report.sample ? `, ${word.sample}` : ""}) · ${report.timeZone} · ${(report.durationMs / 1000).toFixed(1)} s`,
  ];
  for (const file of report.files) lines.push("", ...fileLines(file, language, number));
  const { totals } = report;
  lines.push("", `${word.total}: ${counts(totals, language, number)}`);
  if (totals.leftOut === 0) lines.push(word.nothing);
  if (report.unknownEquipment.length > 0) {
    const ids = report.unknownEquipment.slice(0, 10).map(({ id, rows }) => `${id} (${number.format(rows)})`);
    const rest = report.unknownEquipment.length - ids.length;
    lines.push(`${word.unknown}: ${ids.join(", ")}${rest > 0 ? ` ${word.more(rest)}` : ""}`);
  }
  return lines.join("\n");
}

type Countable = Pick<FileReport, "rowsRead" | "inserted" | "updated" | "unchanged" | "readings" | "leftOut"> &
  Partial<FileReport>;
function counts(file: Countable, language: Language, number: Intl.NumberFormat): string {
  const word = words[language];
  const parts = [`${number.format(file.rowsRead)} ${word.rows}`];
  for (const key of ["inserted", "updated", "unchanged", "readings", "filtered", "repeated", "leftOut"] as const) {
    const count = file[key] ?? 0;
    if (count > 0) parts.push(`${number.format(count)} ${word[key]}`);
  }
  if (file.tagsCreated) parts.push(`${number.format(file.tagsCreated)} ${word.tags}`);
  return parts.join(" · ");
}

function fileLines(file: FileReport, language: Language, number: Intl.NumberFormat): string[] {
  const word = words[language];
  const records = file.records === "readings" ? word.readings : catalogue[file.records].label[language];
  const lines = [
    `${file.file} ${language === "ko" ? "→" : word.into} ${records}`,
    `  ${counts(file, language, number)}`,
  ];
  for (const problem of file.problems.slice(0, shownProblems)) {
    const at = [problem.field, problem.column === undefined ? undefined : `"${problem.column}"`]
      .filter(Boolean)
      .join(" · ");
    const line = language === "ko" ? `${problem.line}${word.line}` : `${word.line} ${problem.line}`;
    lines.push(`    ${line}${at ? ` (${at})` : ""}: ${reasonText(problem.reason, language)}`);
  }
  if (file.leftOut > shownProblems && file.problems.length > 0)
    lines.push(`    ${word.more(file.leftOut - Math.min(shownProblems, file.problems.length))}`);
  for (const [field, count] of Object.entries(file.emptied))
    lines.push(`  ${field}: ${number.format(count)} ${word.emptied}`);
  for (const note of file.notes) lines.push(`  ${noteText(note, language)}`);
  if (file.unusedColumns.length > 0) lines.push(`  ${word.unused}: ${file.unusedColumns.slice(0, 20).join(", ")}`);
  return lines;
}

const orders: Record<Language, Record<string, string>> = {
  en: { mdy: "month/day/year", dmy: "day/month/year", ymd: "year/month/day" },
  ko: { mdy: "월/일/년", dmy: "일/월/년", ymd: "년/월/일" },
};

function noteText(note: Note, language: Language): string {
  const en = language === "en";
  switch (note.kind) {
    case "empty_file":
      return en ? "The file is empty." : "빈 파일입니다.";
    case "missing_file":
      return en ? "There is no such file (optional)." : "파일이 없습니다(선택 항목).";
    case "join_unmatched":
      return en ? `${note.join}: ${note.rows} rows have no match` : `${note.join}: ${note.rows}행은 짝이 없음`;
    case "join_repeated":
      return en
        ? `${note.join}: ${note.rows} rows repeat a key; the first counts`
        : `${note.join}: ${note.rows}행은 키가 중복되어 첫 행만 씀`;
    case "same_ids":
      return en
        ? `${note.rows} rows have ids that ${note.file} has, too, and took their place: an id names one row of all files. Leave id out, or say id: { template: "{file}-{#}" }.`
        : `${note.rows}행의 id가 ${note.file}에도 있어 그 행을 대신했습니다. id는 모든 파일에서 하나여야 합니다. id를 빼거나 id: { template: "{file}-{#}" }로 하세요.`;
    case "text_column":
      return en
        ? `Column "${note.column}" holds no numbers and became no tag.`
        : `"${note.column}" 열에는 숫자가 없어 태그로 만들지 않음`;
    case "day_order":
      return en
        ? `Dates of "${note.column}" are read as ${orders.en[note.order]}.`
        : `"${note.column}"의 날짜는 ${orders.ko[note.order]} 순서로 읽음`;
  }
}
