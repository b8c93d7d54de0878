/** Waits between attempts: doubled each time up to the longest, each shortened by chance, so that many don't come at once. */
export function createBackoff({ firstMs = 1_000, longestMs = 30_000, random = Math.random } = {}) {
  let nextMs = firstMs;
  return {
    /** Milliseconds to wait before the next attempt. */
    next(): number {
      const ms = nextMs * (0.5 + random() / 2);
      nextMs = Math.min(nextMs * 2, longestMs);
      return Math.round(ms);
    },
    /** It went well: the next wait is short again. */
    reset(): void {
      nextMs = firstMs;
    },
  };
}
