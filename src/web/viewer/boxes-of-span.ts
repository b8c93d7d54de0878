import type { Box, PageLine } from "../api/document-page.ts";

/** Boxes of the lines that a span of the document touches. */
export function boxesOfSpan(lines: PageLine[], span: [number, number] | undefined): Box[] {
  if (!span) return [];
  const [from, to] = span;
  return lines.filter(({ start, end }) => start < to && from < end).map(({ box }) => box);
}

/** The smallest box around all of them; null where there is none. */
export function boxAround(boxes: Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}

export const leastZoom = 1;
export const mostZoom = 4;
const steps = [1, 1.25, 1.5, 2, 3, 4];

/** The next step up or down from any zoom. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  if (direction === 1) return steps.find((step) => step > zoom + 0.01) ?? mostZoom;
  return steps.findLast((step) => step < zoom - 0.01) ?? leastZoom;
}

const narrowPixels = 600;

/** On a narrow screen so large that the passage fills the width, within reason: a column of two becomes readable. */
export function zoomToFit(box: Box | null, screenPixels: number): number {
  if (!box || box[2] <= 0 || screenPixels > narrowPixels) return leastZoom;
  return Math.min(2, Math.max(leastZoom, 0.94 / box[2]));
}
