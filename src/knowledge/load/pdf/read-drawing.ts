import { boxBy, identity, multiply, pointBy } from "./page-frame.ts";
import type { Box, Frame, Matrix } from "./page-frame.ts";
import type { Pdfium } from "./pdfium.ts";
import type { Rule } from "./raw-pdf-page.ts";

export type Drawing = {
  /** Lines across and down, of tables mostly. */
  rules: Rule[];
  pictures: Box[];
  /** Areas that are not white: white writing on them can be seen. */
  shaded: Box[];
  paths: number;
};

const kind = { path: 2, image: 3, shading: 4, form: 5 };
const segment = { line: 0, curve: 1, move: 2 };
const mostObjects = 20_000;
const mostSegments = 400;
const thin = 2.5;

/** What is drawn on a page besides writing. Stops looking after some 20,000 objects. */
export function readDrawing(pdfium: Pdfium, page: number, frame: Frame): Drawing {
  const { calls, scratch, view } = pdfium;
  const drawing: Drawing = { rules: [], pictures: [], shaded: [], paths: 0 };
  let left = mostObjects;
  const float = (index: number) => view().getFloat32(scratch + index * 4, true);

  function bounds(object: number, matrix: Matrix): Box | null {
    if (!calls.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12)) return null;
    return boxBy(matrix, float(0), float(1), float(2), float(3));
  }

  function matrixOf(object: number): Matrix {
    if (!calls.FPDFPageObj_GetMatrix(object, scratch)) return identity;
    return [float(0), float(1), float(2), float(3), float(4), float(5)];
  }

  function isWhite(object: number): boolean {
    if (!calls.FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12)) return false;
    const byte = (index: number) => view().getUint32(scratch + index * 4, true);
    return byte(3) < 16 || Math.min(byte(0), byte(1), byte(2)) > 240;
  }

  function readPath(path: number, matrix: Matrix): void {
    drawing.paths += 1;
    const box = bounds(path, matrix);
    if (!box || !calls.FPDFPath_GetDrawMode(path, scratch, scratch + 4)) return;
    const [filled, stroked] = [view().getInt32(scratch, true) !== 0, view().getInt32(scratch + 4, true) !== 0];
    const [width, height] = [box[2] - box[0], box[3] - box[1]];
    if (filled && Math.min(width, height) > thin && !isWhite(path)) drawing.shaded.push(box);
    if (filled && !isWhite(path) && Math.min(width, height) <= thin) addRule(box);
    if (stroked) strokeRules(path, multiply(matrixOf(path), matrix));
  }

  function addRule([l, t, r, b]: Box): void {
    if (Math.max(r - l, b - t) < 4) return;
    drawing.rules.push(
      r - l >= b - t
        ? [tenth(l), tenth((t + b) / 2), tenth(r), tenth((t + b) / 2)]
        : [tenth((l + r) / 2), tenth(t), tenth((l + r) / 2), tenth(b)],
    );
  }

  function strokeRules(path: number, matrix: Matrix): void {
    const count = Math.min(calls.FPDFPath_CountSegments(path), mostSegments);
    let start: [number, number] = [0, 0];
    let at = start;
    for (let index = 0; index < count; index += 1) {
      const one = calls.FPDFPath_GetPathSegment(path, index);
      if (!one || !calls.FPDFPathSegment_GetPoint(one, scratch, scratch + 4)) return;
      const to = pointBy(matrix, float(0), float(1));
      const type = calls.FPDFPathSegment_GetType(one);
      if (type === segment.move) start = to;
      if (type === segment.line) straight(at, to);
      if (calls.FPDFPathSegment_GetClose(one)) straight(to, start);
      at = to;
    }
  }

  function straight([x1, y1]: [number, number], [x2, y2]: [number, number]): void {
    if (Math.abs(x1 - x2) > 1 && Math.abs(y1 - y2) > 1) return;
    addRule([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]);
  }

  function readObject(object: number, matrix: Matrix, depth: number): void {
    if ((left -= 1) < 0 || !object) return;
    const type = calls.FPDFPageObj_GetType(object);
    if (type === kind.path) return readPath(object, matrix);
    if (type === kind.form && depth < 6) {
      const within = multiply(matrixOf(object), matrix);
      const count = calls.FPDFFormObj_CountObjects(object);
      for (let index = 0; index < count && left > 0; index += 1)
        readObject(calls.FPDFFormObj_GetObject(object, index), within, depth + 1);
      return;
    }
    if (type !== kind.image && type !== kind.shading) return;
    const box = bounds(object, matrix);
    if (box) (type === kind.image ? drawing.pictures : drawing.shaded).push(box);
  }

  const count = calls.FPDFPage_CountObjects(page);
  for (let index = 0; index < count && left > 0; index += 1)
    readObject(calls.FPDFPage_GetObject(page, index), frame.matrix, 0);
  return drawing;
}

export const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Share of the page under the largest pictures, 0 to 1. */
export function pictureShare({ pictures }: Drawing, { width, height }: Frame): number {
  const area = ([l, t, r, b]: Box) =>
    Math.max(0, Math.min(r, width) - Math.max(l, 0)) * Math.max(0, Math.min(b, height) - Math.max(t, 0));
  // Strips of one scan add up; the sum overstates where pictures overlap, which does no harm.
  return Math.min(1, pictures.reduce((sum, box) => sum + area(box), 0) / (width * height || 1));
}
