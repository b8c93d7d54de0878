import { textOf } from "./rows.ts";
import type { Row } from "./rows.ts";

export type ListDraft = {
  type: "list";
  ordered: boolean;
  first: number;
  /** Rows of each item; where one of a list within begins, its rows are set apart. */
  items: { rows: Row[]; within: Row[][] }[];
};

type Sign = { number: number | null; mark: string };

const circled = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/** The sign at a row's start that makes it an item of a list. */
export function readSign(row: Row): Sign | null {
  const first = row.words[0]?.text ?? "";
  if (row.words.length < 2 && !/^[①-⑳]./u.test(first)) return null;
  if (/^[•·●○■□▪▶►◆◇▷➢➤✓※*–—-]$/u.test(first)) return { number: null, mark: "-" };
  const numbered = /^(\(?)(\d{1,2})([.)])$/.exec(first);
  if (numbered) return { number: Number(numbered[2]), mark: `${numbered[1]}${numbered[3]}` };
  const step = /^(?:step|단계)$/i.test(first) ? /^(\d{1,2})[.:)]?$/.exec(row.words[1]?.text ?? "") : null;
  if (step && row.words.length > 2) return { number: Number(step[1]), mark: "step" };
  const inCircle = circled.indexOf(first[0] ?? "-");
  if (inCircle >= 0) return { number: inCircle + 1, mark: "circle" };
  const letter = /^\(?([a-hA-H가나다라마바사아])[.)]$/u.exec(first);
  return letter ? { number: null, mark: `letter` } : null;
}

/** A row without the sign that made it an item. */
function withoutSign(row: Row, sign: Sign): Row {
  const [first, ...rest] = row.words;
  if (sign.mark === "letter") return row;
  const words =
    sign.mark === "step"
      ? row.words.slice(2)
      : sign.mark === "circle" && first!.text.length > 1
        ? [{ ...first!, text: first!.text.slice(1) }, ...rest]
        : rest;
  return { ...row, words };
}

/** The list that begins with the first row, and how many of the rows it takes. Null where it is none. */
export function takeList(rows: Row[], pitch: number): { draft: ListDraft; taken: number } | null {
  const start = rows[0]!;
  const sign = readSign(start);
  if (!sign) return null;
  const ordered = sign.number !== null;
  const draft: ListDraft = { type: "list", ordered, first: sign.number ?? 1, items: [] };
  let taken = 0;
  for (const row of rows) {
    const here = readSign(row);
    const item = draft.items.at(-1);
    const deeper = row.left > start.left + row.size * 0.7;
    if (here && !deeper) {
      const follows = here.mark === sign.mark && (!ordered || here.number === draft.first + draft.items.length);
      if (!follows) break;
      draft.items.push({ rows: [withoutSign(row, here)], within: [] });
    } else if (!item) break;
    else if (here) item.within.push([row]);
    else if (item.within.length > 0 && deeper) item.within.at(-1)!.push(row);
    else if (item.within.length > 0 && row.top - rows[taken - 1]!.top > pitch * 1.2) break;
    else (item.within.at(-1) ?? item.rows).push(row);
    taken += 1;
  }
  const empty = draft.items.every((item) => item.rows.every((row) => textOf(row).trim() === ""));
  return taken === 0 || empty ? null : { draft, taken };
}
