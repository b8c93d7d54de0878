// Chance that is the same for the same seed and keys, in whatever order it is asked for: so the history, the live
// sample and a second start agree without remembering anything.

export type Chance = {
  /** In [0, 1). */
  next: () => number;
  between: (low: number, high: number) => number;
  whole: (low: number, high: number) => number;
  /** Mean 0, standard deviation 1, cut at ±3. */
  normal: () => number;
  happens: (share: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
};

export function hashKeys(seed: number, ...keys: (string | number)[]): number {
  let hash = (seed ^ 0x9e3779b9) >>> 0;
  for (const key of keys) {
    const text = String(key);
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
    hash = mix(hash ^ 0x85ebca6b);
  }
  return hash;
}

export function chance(seed: number, ...keys: (string | number)[]): Chance {
  let state = hashKeys(seed, ...keys);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mix(state) / 4294967296;
  };
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    whole: (low, high) => Math.min(high, Math.floor(between(low, high + 1))),
    normal: () => cut((next() + next() + next() + next() - 2) * Math.sqrt(3)),
    happens: (share) => next() < share,
    pick: (list) => {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new RangeError("Nothing to pick from.");
      return chosen;
    },
  };
}

/** Noise of a reading, by its tag's key and its place in time: about normal, cut at ±3. */
export function noiseAt(key: number, index: number): number {
  const first = mix(key ^ Math.imul(index, 0x9e3779b1));
  const second = mix(first ^ 0x27d4eb2f);
  const sum = (first & 0xffff) + (first >>> 16) + (second & 0xffff) + (second >>> 16);
  return cut((sum / 65535 - 2) * 1.7320508);
}

/** How many events of a rate fall into one slot (Knuth). */
export function poisson(random: Chance, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}

function cut(value: number): number {
  return Math.max(-3, Math.min(3, value));
}

function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
