import type { HeadingStyles } from "./headings.ts";
import { isTable } from "./lay-out-page.ts";
import type { Flow } from "./lay-out-page.ts";
import { readSign, takeList } from "./lists.ts";
import type { ListDraft } from "./lists.ts";
import { median, textOf } from "./rows.ts";
import type { Row } from "./rows.ts";
import type { Table } from "./table.ts";

export type Draft =
  | { type: "heading"; level: number; rows: Row[] }
  | { type: "paragraph" | "code" | "contents"; rows: Row[] }
  | ListDraft
  | { type: "table"; table: Table };

const startsWarning =
  /^\W{0,3}(?:WARNING|CAUTION|DANGER|NOTICE|NOTE|Warning|Caution|Danger|경고|주의|위험|참고)(?![\p{L}])/u;
const warningAlone = /^\W*(?:warning|caution|danger|notice|note|경고|주의|위험|참고)\W*$/i;
export const isContents = (row: Row): boolean => /(?:\.\s?){5}|…{2}|·{5}/.test(textOf(row));

/** Headings, paragraphs, lists, code and tables of one flow. */
export function draftBlocks(flow: Flow, styles: HeadingStyles, pageNumber: number): Draft[] {
  const drafts: Draft[] = [];
  const { parts } = flow;
  const rowAt = (index: number): Row | null => {
    const part = parts[index];
    return part && !isTable(part) ? part : null;
  };
  const pitch = usualPitch(
    parts.filter((part): part is Row => !isTable(part)),
    styles.bodySize,
  );
  const levels = new Map<number, number | null>();
  const levelAt = (index: number): number | null => {
    const known = levels.get(index);
    if (known !== undefined) return known;
    const row = rowAt(index);
    const level = row && styles.levelOf(row, { before: rowAt(index - 1), after: rowAt(index + 1), pageNumber });
    levels.set(index, level);
    return level;
  };

  for (let index = 0; index < parts.length;) {
    const part = parts[index]!;
    if (isTable(part)) {
      drafts.push({ type: "table", table: part });
      index += 1;
      continue;
    }
    const level = levelAt(index);
    if (level !== null) {
      const rows = [part];
      while (
        rows.length < 3 &&
        goesOnAsHeading(part, rows.at(-1)!, rowAt(index + rows.length)) &&
        levelAt(index + rows.length) !== null
      )
        rows.push(rowAt(index + rows.length)!);
      drafts.push({ type: "heading", level, rows });
      index += rows.length;
      continue;
    }
    const take = (test: (row: Row, before: Row, at: number) => boolean): Row[] => {
      const rows = [part];
      for (let at = index + 1; ; at += 1) {
        const row = rowAt(at);
        if (!row || !test(row, rows.at(-1)!, at)) break;
        rows.push(row);
      }
      return rows;
    };
    const list = readSign(part)
      ? takeList(
          take((row, before, at) => levelAt(at) === null && !endsList(row, before, pitch, part)),
          pitch,
        )
      : null;
    if (list) {
      drafts.push(list.draft);
      index += list.taken;
      continue;
    }
    const type = part.mono ? "code" : isContents(part) ? "contents" : "paragraph";
    const rows = take((row, before, at) => {
      if (type === "code") return row.mono && row.top - before.bottom < row.size * 1.6;
      if (type === "contents") return isContents(row);
      const inSentence = row.mono && !/[.:]$/.test(textOf(before)) && !rowAt(at + 1)?.mono;
      if (levelAt(at) !== null || (row.mono && !inSentence) || isContents(row) || readSign(row)) return false;
      return goesOn(row, before, flow, pitch);
    });
    drafts.push({ type, rows });
    index += rows.length;
  }
  return drafts;
}

const goesOnAsHeading = (first: Row, before: Row, row: Row | null): boolean =>
  row !== null &&
  Math.abs(row.size - first.size) < 0.5 &&
  row.bold === first.bold &&
  row.top - before.bottom < row.size * 0.5 &&
  !/^(?:\d+(?:\.\d+)+|chapter|제\s*\d)/i.test(textOf(row));

function usualPitch(rows: Row[], bodySize: number): number {
  const pitches = rows.slice(1).map((row, index) => row.top - rows[index]!.top);
  const near = pitches.filter((pitch) => pitch > bodySize * 0.8 && pitch < bodySize * 2.2);
  return near.length >= 3 ? median(near) : bodySize * 1.35;
}

function goesOn(row: Row, before: Row, flow: Flow, pitch: number): boolean {
  if (startsWarning.test(textOf(row))) return false;
  const step = row.top - before.top;
  if (warningAlone.test(textOf(before))) return step < pitch * 2.2;
  const scale = Math.max(1, row.size / Math.max(before.size, 1));
  if (step > pitch * 1.3 * scale && row.top - before.bottom > row.size * 0.3) return false;
  if (step < -row.size) return false;
  if (Math.abs(row.size - before.size) > Math.max(1, row.size * 0.12)) return false;
  const ended = /[.!?:。][)"'”’]?$/.test(textOf(before));
  const width = flow.right - flow.left;
  if (before.bold !== row.bold && (ended || before.right < flow.right - width * 0.3)) return false;
  const short = before.right < flow.right - width * 0.2;
  const indented = row.left - before.left > row.size * 0.8 && before.left - flow.left < row.size;
  if (indented && (ended || short)) return false;
  return !(ended && short);
}

/** A row that stands further left than the list's signs, or after a gap without a sign, is none of the list. */
function endsList(row: Row, before: Row, pitch: number, first: Row): boolean {
  if (row.top < before.top) return true;
  if (row.left < first.left - row.size) return true;
  if (readSign(row)) return row.top - before.top > pitch * 3.5;
  if (startsWarning.test(textOf(row))) return true;
  const outside = row.left <= first.left + 1.5;
  return row.top - before.top > pitch * (outside ? 1.25 : 1.8) || (outside && /[.!?。]$/.test(textOf(before)));
}
