/** So many of a tag's readings are counted; counting all in a plant's own database would take too long. */
export const countedExactly = 50_000;

/**
 * How many readings there are to `to` where so many were counted up to `until`: exact where that is all, else what the
 * same pace gives, to two figures. All in epoch milliseconds.
 */
export function estimateCount(
  counted: number,
  { from, until, to }: { from: number; until: number; to: number },
): number {
  if (counted < countedExactly || until >= to || until <= from) return counted;
  return Number(((counted * (to - from)) / (until - from)).toPrecision(2));
}
