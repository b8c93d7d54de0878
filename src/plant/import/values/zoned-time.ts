export function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export type Zone = { name: string; instantOf: (localMs: number) => number };

/**
 * Turns wall-clock time (as if it were UTC) into an instant. A time that a change of clocks skips moves forward by the
 * skipped span; one that comes twice is the first. Offsets are kept by quarter of an hour: no zone changes in between.
 */
export function createZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsetAt = (instant: number): number => {
    const parts: Record<string, string> = {};
    for (const part of format.formatToParts(instant)) parts[part.type] = part.value;
    const local = Date.UTC(
      Number(parts.year),
      Number(parts.month) - 1,
      Number(parts.day),
      Number(parts.hour),
      Number(parts.minute),
      Number(parts.second),
    );
    return local - Math.floor(instant / 1000) * 1000;
  };
  const known = new Map<number, number>();
  const quarterMs = 15 * 60_000;
  const dayMs = 86_400_000;
  const offsetOf = (localMs: number): number => {
    const before = offsetAt(localMs - dayMs);
    const after = offsetAt(localMs + dayMs);
    return [before, after].find((offset) => offsetAt(localMs - offset) === offset) ?? before;
  };
  return {
    name,
    instantOf: (localMs) => {
      const bucket = Math.floor(localMs / quarterMs);
      let offset = known.get(bucket);
      if (offset === undefined) {
        if (known.size > 200_000) known.clear();
        offset = offsetOf(bucket * quarterMs);
        known.set(bucket, offset);
      }
      return localMs - offset;
    },
  };
}
