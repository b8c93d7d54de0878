export type ParetoItem<T> = T & {
  value: number;
  /** Of the whole, 0 to 1. */
  share: number;
  cumulative: number;
  /** Among the vital few: the first items that together make up 80 %. */
  vital: boolean;
};

const vitalShare = 0.8;

/**
 * Items with a value above 0, largest first (ties keep their order), with their share and running share.
 * Source: J. M. Juran, "Quality Control Handbook" (1951): the vital few and the useful many.
 */
export function pareto<T extends { value: number }>(items: T[]): ParetoItem<T>[] {
  const counted = items.filter((item) => Number.isFinite(item.value) && item.value > 0);
  const total = counted.reduce((sum, item) => sum + item.value, 0);
  let sum = 0;
  return counted
    .toSorted((a, b) => b.value - a.value)
    .map((item) => {
      const vital = sum / total < vitalShare;
      sum += item.value;
      return { ...item, share: item.value / total, cumulative: sum / total, vital };
    });
}
