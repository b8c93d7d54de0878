/** Things in order of time, each at most `gapDays` after the one before. */
export type Bundle<Item> = { items: Item[]; from: Date; to: Date };

const dayMs = 86_400_000;

/**
 * Single-linkage groups along time: a neighbour at most `gapDays` full days later belongs to the same bundle (14 days
 * and 5 hours are 14 full days). Every item is in exactly one bundle; a bundle of one stands alone. Input in any order.
 */
export function bundleByGap<Item extends { at: Date }>(items: Item[], gapDays: number): Bundle<Item>[] {
  const bundles: Bundle<Item>[] = [];
  for (const item of items.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const last = bundles.at(-1);
    if (last && Math.floor((item.at.getTime() - last.to.getTime()) / dayMs) <= gapDays) {
      last.items.push(item);
      last.to = item.at;
    } else bundles.push({ items: [item], from: item.at, to: item.at });
  }
  return bundles;
}
