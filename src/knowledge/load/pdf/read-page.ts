import type { PdfDocument } from "./open-document.ts";
import { frameOf, turnBox } from "./page-frame.ts";
import type { Frame } from "./page-frame.ts";
import { unreadPage } from "./raw-pdf-page.ts";
import type { OutlineEntry, Piece, RawPdfPage, Rule } from "./raw-pdf-page.ts";
import { pictureShare, readDrawing, tenth } from "./read-drawing.ts";
import type { Drawing } from "./read-drawing.ts";
import { readWriting } from "./read-writing.ts";
import type { SeenWord, Writing } from "./read-writing.ts";

/** `needs`: what must be recognised from its picture, and why; null where the text is good. */
export type PageReading = { page: RawPdfPage; needs: "scan" | "outlines" | "rubbish" | null };

/** Never throws for a broken page: it comes as unread, with the reason. */
export function readPdfPage(document: PdfDocument, number: number, outline: OutlineEntry[]): PageReading {
  const { calls } = document.pdfium;
  const page = calls.FPDF_LoadPage(document.handle, number - 1);
  if (!page) return { page: unreadPage(number, "Not read: broken."), needs: null };
  try {
    const frame = frameOf(document.pdfium, page);
    const drawing = readDrawing(document.pdfium, page, frame);
    const writing = readWriting(document.pdfium, page, frame, drawing);
    return { page: rawPage(number, frame, drawing, writing, outline), needs: needOf(writing, drawing, frame) };
  } finally {
    calls.FPDF_ClosePage(page);
  }
}

const rubbishShare = 0.25;
const fewLetters = 60;

function needOf(writing: Writing, drawing: Drawing, frame: Frame): PageReading["needs"] {
  const letters = writing.words.reduce((sum, word) => sum + word.text.length, 0);
  if (letters > 0 && writing.rubbish > rubbishShare) return "rubbish";
  const pictures = pictureShare(drawing, frame);
  if (letters < fewLetters && pictures > 0.4) return "scan";
  // Writing that was turned into outlines: hundreds of little shapes and not a letter.
  if (letters === 0 && (drawing.paths > 150 || pictures > 0.05)) return pictures > 0.05 ? "scan" : "outlines";
  return null;
}

function rawPage(
  number: number,
  frame: Frame,
  drawing: Drawing,
  writing: Writing,
  outline: OutlineEntry[],
): RawPdfPage {
  const turn = mainTurn(writing.words);
  const sized = turn % 2 === 0 ? frame : { width: frame.height, height: frame.width };
  const notices: string[] = [];
  if (writing.hidden > 0) notices.push(`${writing.hidden} characters that can't be seen on the page were left out.`);
  if (writing.outside > 0) notices.push(`${writing.outside} characters beside the sheet were left out.`);
  if (writing.rubbish > 0.03)
    notices.push("Some letters have no meaning that a program could know: words there may be wrong.");
  if (writing.removed > 0) notices.push(`${writing.removed} invisible characters were removed.`);
  return {
    number,
    origin: writing.layer > 0.5 ? "ocr" : "text",
    notices,
    width: tenth(sized.width),
    height: tenth(sized.height),
    turn,
    pieces: piecesOf(writing.words, frame, turn),
    rules: drawing.rules.slice(0, 5000).map((rule) => turnBox(rule, turn, frame.width, frame.height) as Rule),
    outline,
  };
}

function mainTurn(words: SeenWord[]): number {
  const letters = [0, 0, 0, 0];
  for (const { style, text } of words) if (style.turn !== null) letters[style.turn]! += text.length;
  return letters.indexOf(Math.max(...letters));
}

function piecesOf(words: SeenWord[], frame: Frame, turn: number): Piece[] {
  const pieces: Piece[] = [];
  let last: SeenWord | undefined;
  for (const word of words) {
    const [left, top, right, bottom] = turnBox(word.box, turn, frame.width, frame.height).map(tenth) as typeof word.box;
    const { size, bold, mono } = word.style;
    const piece = pieces.at(-1);
    const sameStyle = last?.style === word.style || (last?.style.size === size && last.style.bold === bold);
    if (piece && word.follows && sameStyle && word.style.turn === turn) {
      piece.words.push([word.text, left, right]);
      piece.top = Math.min(piece.top, top);
      piece.bottom = Math.max(piece.bottom, bottom);
    } else {
      const aside = word.style.turn !== turn;
      pieces.push({ words: [[word.text, left, right]], top, bottom, size, bold, mono, ...(aside && { aside }) });
    }
    last = word;
  }
  return pieces;
}
