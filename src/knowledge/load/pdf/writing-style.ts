import { boxBy, turnOf } from "./page-frame.ts";
import type { Box, Frame } from "./page-frame.ts";
import { scratchBytes } from "./pdfium.ts";
import type { Pdfium } from "./pdfium.ts";
import type { Drawing } from "./read-drawing.ts";

/** How a run of characters is written: one of a PDF's text objects. */
export type Style = {
  size: number;
  bold: boolean;
  mono: boolean;
  /** Null where it stands askew, as watermarks do. */
  turn: number | null;
  sight: "seen" | "layer" | "maybe white" | "hidden";
};

type Font = { bold: boolean; mono: boolean };

const boldName = /bold|black|heavy|semibold|demi(?!light)|extrabold|\bB\b/i;
const monoName = /courier|mono|consol|typewriter|cmtt|fixed/i;
const smallestSize = 1;

export function createStyles(pdfium: Pdfium, frame: Frame): (text: number, index: number, object: number) => Style {
  const { calls, scratch, view } = pdfium;
  const fonts = new Map<number, Font>();
  const styles = new Map<number, Style>();
  const float = (index: number) => view().getFloat32(scratch + index * 4, true);

  function fontOf(handle: number): Font {
    const known = fonts.get(handle);
    if (known || handle === 0) return known ?? { bold: false, mono: false };
    const length = calls.FPDFFont_GetBaseFontName(handle, scratch, scratchBytes);
    const bytes = pdfium.bytes().slice(scratch, scratch + Math.min(Math.max(length - 1, 0), 200));
    const name = new TextDecoder("latin1").decode(bytes);
    const flags = calls.FPDFFont_GetFlags(handle);
    const bold = boldName.test(name) || calls.FPDFFont_GetWeight(handle) >= 600 || (flags & (1 << 18)) !== 0;
    const font = { bold, mono: monoName.test(name) || (flags & 1) !== 0 };
    fonts.set(handle, font);
    return font;
  }

  function sightOf(object: number, size: number): Style["sight"] {
    const mode = calls.FPDFTextObj_GetTextRenderMode(object);
    if (mode === 3 || mode === 7) return "layer";
    if (size < smallestSize) return "hidden";
    if (mode !== 0 || !calls.FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12))
      return "seen";
    const byte = (index: number) => view().getUint32(scratch + index * 4, true);
    if (byte(3) === 0) return "hidden";
    return Math.min(byte(0), byte(1), byte(2)) >= 245 ? "maybe white" : "seen";
  }

  return (text, index, object) => {
    const known = styles.get(object);
    if (known) return known;
    calls.FPDFText_GetMatrix(text, index, scratch);
    const [a, b, c, d] = [float(0), float(1), float(2), float(3)];
    const [m, n, o, p] = frame.matrix;
    calls.FPDFTextObj_GetFontSize(object, scratch);
    const size = float(0) * Math.hypot(c, d);
    const font = fontOf(calls.FPDFTextObj_GetFont(object));
    const turn = turnOf(a * m + b * o, a * n + b * p);
    const style = { size: Math.round(size * 10) / 10, ...font, turn, sight: sightOf(object, size) };
    styles.set(object, style);
    return style;
  };
}

/** Whether a character at this place is to be seen. Invisible writing over a picture is a scanner's text layer. */
export function isSeen(style: Style, box: Box, drawing: Drawing): boolean {
  if (style.sight === "seen") return true;
  if (style.sight === "hidden") return false;
  const within = ([l, t, r, b]: Box) => {
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    return x >= l && x <= r && y >= t && y <= b;
  };
  if (drawing.pictures.some(within)) return true;
  return style.sight === "maybe white" && drawing.shaded.some(within);
}

/** Where a character stands on the page as shown. Null where PDFium knows no box. */
export function looseBox(pdfium: Pdfium, text: number, index: number, frame: Frame): Box | null {
  const { calls, scratch, view } = pdfium;
  if (!calls.FPDFText_GetLooseCharBox(text, index, scratch)) return null;
  const memory = view();
  return boxBy(
    frame.matrix,
    memory.getFloat32(scratch, true),
    memory.getFloat32(scratch + 12, true),
    memory.getFloat32(scratch + 8, true),
    memory.getFloat32(scratch + 4, true),
  );
}
