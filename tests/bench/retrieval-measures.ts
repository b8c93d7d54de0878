// Measures of a ranking against judgements; gains are binary, as in the anchors of SOURCES.md.

export function ndcg(ranking: string[], relevant: Map<string, number>, k: number): number {
  const gain = ranking.slice(0, k).reduce((sum, id, rank) => sum + (relevant.has(id) ? 1 / Math.log2(rank + 2) : 0), 0);
  let ideal = 0;
  for (let rank = 0; rank < Math.min(k, relevant.size); rank += 1) ideal += 1 / Math.log2(rank + 2);
  return ideal === 0 ? 0 : gain / ideal;
}

export function recall(ranking: string[], relevant: Map<string, number>, k: number): number {
  return ranking.slice(0, k).filter((id) => relevant.has(id)).length / Math.max(relevant.size, 1);
}

export const hit = (ranking: string[], relevant: Map<string, number>, k: number): number =>
  ranking.slice(0, k).some((id) => relevant.has(id)) ? 1 : 0;

export const mean = (values: number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
