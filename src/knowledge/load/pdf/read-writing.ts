import { clean } from "../decode-text.ts";
import type { Box, Frame } from "./page-frame.ts";
import type { Pdfium } from "./pdfium.ts";
import type { Drawing } from "./read-drawing.ts";
import { createStyles, isSeen, looseBox } from "./writing-style.ts";
import type { Style } from "./writing-style.ts";

/** A word as it stands on the shown page. `follows`: it goes on in the line of the word before it. */
export type SeenWord = { text: string; box: Box; style: Style; follows: boolean };

export type Writing = {
  words: SeenWord[];
  /** Characters that nobody sees on the page: white on white, tiny, without ink. They are left out. */
  hidden: number;
  /** Characters beside the sheet as it is shown: a printer's notes mostly. */
  outside: number;
  /** Invisible Unicode, removed. */
  removed: number;
  /** Share of characters without a known meaning, 0 to 1. */
  rubbish: number;
  /** Share of characters of a scanner's text layer, 0 to 1. */
  layer: number;
};

const mostCharacters = 200_000;
/** Every how many characters PDFium is asked whether it knows what the letter means. */
const sample = 4;
const bullet = /[\uF06C\uF06E\uF071\uF075\uF076\uF0A7\uF0A8\uF0B7\uF0D8\uF0D7\uF0E0\uF0FC\uF02D]/g;
const unknown = /[\uE000-\uF8FF\uFFFD\uFFFF]/;

/** Words of a page in the order in which they are written, of what can be seen of it. */
export function readWriting(pdfium: Pdfium, page: number, frame: Frame, drawing: Drawing): Writing {
  const { calls } = pdfium;
  const text = calls.FPDFText_LoadPage(page);
  if (!text) return { words: [], hidden: 0, outside: 0, removed: 0, rubbish: 0, layer: 0 };
  const styleOf = createStyles(pdfium, frame);
  const count = Math.min(calls.FPDFText_CountChars(text), mostCharacters);
  const words: SeenWord[] = [];
  const counted = { seen: 0, hidden: 0, outside: 0, removed: 0, unknown: 0, doubtful: 0, layer: 0 };
  let open: SeenWord | null = null;
  let lastObject = 0;
  let lastStyle: Style | null = null;
  let last: Box | null = null;
  let ligature = 0;
  let newLine = true;

  function close(): void {
    if (!open) return;
    const tidy = tidyWord(open.text);
    counted.removed += tidy.removed;
    if (tidy.text !== "") words.push({ ...open, text: tidy.text });
    open = null;
  }

  try {
    for (let index = 0; index < count; index += 1) {
      const unit = calls.FPDFText_GetUnicode(text, index);
      if (unit === 10 || unit === 13) {
        newLine = true;
        continue;
      }
      if ((unit <= 32 && unit !== 2 && unit !== 0) || unit === 0xa0) {
        close();
        continue;
      }
      const object = calls.FPDFText_GetTextObject(text, index);
      const box = looseBox(pdfium, text, index, frame);
      if (!object || !box) continue;
      // The letters of a ligature are of one object, letters struck twice to look bold are two.
      const sameObject = object === lastObject;
      const style: Style = sameObject && lastStyle ? lastStyle : styleOf(text, index, object);
      [lastObject, lastStyle] = [object, style];
      const inLigature = sameObject && last !== null && isLigature(last, box, unit);
      if (inLigature) ligature += widthOf(box, style.turn);
      else {
        if (open && ligature > 0 && !newLine) bridge(open.box, box, ligature, style.turn);
        ligature = 0;
      }
      last = box;
      const outside = isOutside(box, frame);
      if (outside || !isSeen(style, box, drawing)) {
        counted[outside ? "outside" : "hidden"] += 1;
        close();
        continue;
      }
      counted.seen += 1;
      if (style.sight === "layer") counted.layer += 1;
      const character = characterOf(unit);
      if (character === "" || unknown.test(character)) counted.unknown += 1;
      else if (index % sample === 0 && calls.FPDFText_HasUnicodeMapError(text, index) === 1) counted.doubtful += sample;
      const near: Bond = !open ? "apart" : inLigature ? "same word" : bondOf(open, box, style, character);
      // PDFium ends lines by guess; where letters are placed one by one it may do so after each of them.
      const bond: Bond = newLine && open && near === "same word" && !touches(open, box, style) ? "apart" : near;
      if (bond === "twice" && !sameObject) continue;
      if (open && (bond === "same word" || bond === "twice")) {
        extend(open, character, box);
        newLine = false;
        continue;
      }
      const before: SeenWord | undefined = open ?? words.at(-1);
      const follows: boolean = !newLine && before !== undefined && bondOf(before, box, style, "") !== "apart";
      close();
      open = { text: character, box, style, follows };
      newLine = false;
    }
    close();
  } finally {
    calls.FPDFText_ClosePage(text);
  }
  const all = Math.max(counted.seen, 1);
  const { hidden, outside, removed } = counted;
  // Without a mapping PDFium takes a letter's code for the letter, which it often is.
  const rubbish = isAllSigns(words) ? all : counted.unknown + (isLanguage(words) ? 0 : counted.doubtful);
  return { words, hidden, outside, removed, rubbish: rubbish / all, layer: counted.layer / all };
}

/** Letters that a font numbers from the first sign on come out as signs: no text has more of them than letters. */
function isAllSigns(words: SeenWord[]): boolean {
  const text = words.map((word) => word.text).join("");
  const signs = text.match(/[!"#$%&'()*+,/:;<>?@[\]^`{}~]/g)?.length ?? 0;
  return text.length > 60 && signs > text.length * 0.4;
}

/** Words mostly have vowels, or are written in syllables or Chinese characters. */
function isLanguage(words: SeenWord[]): boolean {
  const long = words.filter((word) => word.text.length >= 3);
  const usual = long.filter(({ text }) =>
    /^[^\p{L}]*[A-Za-zÀ-ÿ'-]*[aeiouyAEIOUYÀ-ÿ][A-Za-zÀ-ÿ'-]*[^\p{L}]*$|[가-힣]{2}|[\u3040-\u30ff\u4e00-\u9fff]{2}/u.test(
      text,
    ),
  );
  return usual.length >= long.length * 0.5;
}

function extend(word: SeenWord, character: string, [l, t, r, b]: Box): void {
  word.text += character;
  const box = word.box;
  word.box = [Math.min(box[0], l), Math.min(box[1], t), Math.max(box[2], r), Math.max(box[3], b)];
}

function isOutside([l, t, r, b]: Box, { width, height }: Frame): boolean {
  const [x, y] = [(l + r) / 2, (t + b) / 2];
  return x < -1 || y < -1 || x > width + 1 || y > height + 1;
}

/** PDFium puts all letters of a ligature where it begins, of some fonts each as wide as it would be by itself. */
const isLigature = ([l, t]: Box, [left, top]: Box, unit: number): boolean =>
  l === left && t === top && /\p{L}/u.test(characterOf(unit));

/** A word that ends in such a ligature reaches to the next letter, where that is no further than its letters go. */
function bridge(word: Box, next: Box, most: number, turn: number | null): void {
  if (turn === null) return;
  const gap = along(next, turn).left - along(word, turn).right;
  if (gap <= 0 || gap > most) return;
  const side = [2, 3, 0, 1][turn]!;
  word[side]! += turn < 2 ? gap : -gap;
}

type Bond = "same word" | "same line" | "apart" | "twice";

/** Whether a character stands close to a word's end, at the very same height. */
function touches(word: SeenWord, box: Box, { turn, size }: Style): boolean {
  if (turn === null) return false;
  const [from, to] = [along(word.box, turn), along(box, turn)];
  const shift = Math.abs((to.top + to.bottom) / 2 - (from.top + from.bottom) / 2);
  return shift < size * 0.1 && Math.abs(to.left - from.right) < size * 0.15;
}

/** How a character goes on from a word, seen along the direction of the writing. */
function bondOf(word: SeenWord, box: Box, style: Style, character: string): Bond {
  if (word.style.turn !== style.turn || style.turn === null)
    return word.style.turn === style.turn && character !== "" ? "same word" : "apart";
  const [from, to] = [along(word.box, style.turn), along(box, style.turn)];
  const size = Math.max(style.size, 1);
  const shift = Math.abs((to.top + to.bottom) / 2 - (from.top + from.bottom) / 2);
  const gap = to.left - from.right;
  if (character !== "" && word.text.endsWith(character) && shift < 0.6 && Math.abs(to.right - from.right) < 0.08 * size)
    return "twice";
  if (shift > size * 0.6 || gap < -size * 0.6) return "apart";
  if (gap > size * 0.45) return gap > size * 1.6 ? "apart" : "same line";
  return character === "" ? "same line" : "same word";
}

function along([l, t, r, b]: Box, turn: number): { left: number; right: number; top: number; bottom: number } {
  if (turn === 1) return { left: t, right: b, top: l, bottom: r };
  if (turn === 2) return { left: -r, right: -l, top: t, bottom: b };
  if (turn === 3) return { left: -b, right: -t, top: l, bottom: r };
  return { left: l, right: r, top: t, bottom: b };
}

function widthOf(box: Box, turn: number | null): number {
  const { left, right } = along(box, turn ?? 0);
  return right - left;
}

function characterOf(unit: number): string {
  // PDFium's signs for a hyphen at a line's end.
  if (unit === 2 || unit === 0xfffe || unit === 0xad) return "-";
  return unit === 0 ? "" : unit > 0xffff ? String.fromCodePoint(unit) : String.fromCharCode(unit);
}

function tidyWord(raw: string): { text: string; removed: number } {
  if (/^[\x21-\x7e]*$/.test(raw)) return { text: raw, removed: 0 };
  const plain = raw.replaceAll(bullet, "•").replaceAll(/[\uFB00-\uFB06]/g, (ligature) => ligature.normalize("NFKC"));
  const { text } = clean(plain.normalize("NFC"));
  return { text: text.trim(), removed: [...plain.normalize("NFC")].length - [...text].length };
}
