import type { Pdfium } from "./pdfium.ts";

// Frame: from the points of the sheet (lower left, before cropping and turning) to points as the page is shown.

export type Box = [left: number, top: number, right: number, bottom: number];
export type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

export type Frame = { width: number; height: number; matrix: Matrix };

const fine = 64;

export function frameOf(pdfium: Pdfium, page: number): Frame {
  const { calls, scratch, view } = pdfium;
  const width = calls.FPDF_GetPageWidthF(page);
  const height = calls.FPDF_GetPageHeightF(page);
  const at = (x: number, y: number): [number, number] => {
    const [sizeX, sizeY] = [Math.round(width * fine), Math.round(height * fine)];
    calls.FPDF_PageToDevice(page, 0, 0, sizeX, sizeY, 0, x, y, scratch, scratch + 4);
    return [view().getInt32(scratch, true) / fine, view().getInt32(scratch + 4, true) / fine];
  };
  const [e, f] = at(0, 0);
  const [ax, ay] = at(1000, 0);
  const [cx, cy] = at(0, 1000);
  const slope = (to: number, from: number) => Math.round(((to - from) / 1000) * 1e4) / 1e4;
  return { width, height, matrix: [slope(ax, e), slope(ay, f), slope(cx, e), slope(cy, f), e, f] };
}

export const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[1] * n[2],
  m[0] * n[1] + m[1] * n[3],
  m[2] * n[0] + m[3] * n[2],
  m[2] * n[1] + m[3] * n[3],
  m[4] * n[0] + m[5] * n[2] + n[4],
  m[4] * n[1] + m[5] * n[3] + n[5],
];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

export const pointBy = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
];

export function boxBy(m: Matrix, left: number, bottom: number, right: number, top: number): Box {
  const [x1, y1] = pointBy(m, left, bottom);
  const [x2, y2] = pointBy(m, right, top);
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

/** A box of a page of this size after `turn` quarter turns against the clock, as a reader turns a sheet on its side. */
export function turnBox([l, t, r, b]: Box, turn: number, width: number, height: number): Box {
  if (turn === 1) return [t, width - r, b, width - l];
  if (turn === 2) return [width - r, height - b, width - l, height - t];
  if (turn === 3) return [height - b, l, height - t, r];
  return [l, t, r, b];
}

/** The quarter turns clockwise by which writing along (x, y) of the shown page stands; null where it stands askew. */
export function turnOf(x: number, y: number): number | null {
  const quarters = Math.atan2(y, x) / (Math.PI / 2);
  const turn = Math.round(quarters);
  return Math.abs(quarters - turn) > 0.08 ? null : (turn + 4) % 4;
}
