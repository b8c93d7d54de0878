// The offsets of a zone as a table of ours: servers often lack the tables of time zones, and SQL Server names zones
// otherwise. Offsets are minutes east of UTC.

/** From `fromMs` on (UTC) the zone is `minutes` ahead. */
export type Offset = { fromMs: number; minutes: number };

const known = new Map<string, Offset[]>();
const firstMs = Date.UTC(1970, 0, 1);
const lastMs = Date.UTC(2060, 0, 1);
const weekMs = 7 * 86_400_000;

/** Every change of a zone's offset from 1970 to 2060, the first one from the beginning of time. */
export function offsetsOf(timeZone: string): Offset[] {
  const found = known.get(timeZone) ?? findOffsets(offsetReader(timeZone));
  known.set(timeZone, found);
  return found;
}

function offsetReader(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  return (ms) => {
    const text = format.formatToParts(ms).find((part) => part.type === "timeZoneName")?.value ?? "";
    const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

function findOffsets(offsetAt: (ms: number) => number): Offset[] {
  const offsets: Offset[] = [{ fromMs: Number.NEGATIVE_INFINITY, minutes: offsetAt(firstMs) }];
  let before = offsetAt(firstMs);
  for (let week = firstMs + weekMs; week < lastMs; week += weekMs) {
    const after = offsetAt(week);
    if (after === before) continue;
    let [low, high] = [week - weekMs, week];
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    offsets.push({ fromMs: high, minutes: after });
    before = after;
  }
  return offsets;
}

type Words = { literal: (ms: number) => string };

/**
 * The minutes to add to an instant (UTC, without zone) for the zone's wall clock, as nested CASEs of a column; a plain
 * number where the zone has one offset. `literal` writes a time as the dialect wants it.
 */
export function minutesFromUtc(column: string, timeZone: string, words: Words): string {
  return search(column, offsetsOf(timeZone), words);
}

/**
 * The minutes to add to wall-clock time for UTC. As in Postgres, an hour that comes twice is the one of winter time, and
 * one that is skipped is read as if the clock had not changed.
 */
export function minutesToUtc(column: string, timeZone: string, words: Words): string {
  // At the change the wall clock shows the new time: back to where winter time begins, or past the skipped hour.
  const changes = offsetsOf(timeZone).map(({ fromMs, minutes }) => ({
    fromMs: fromMs + minutes * 60_000,
    minutes: -minutes,
  }));
  return search(column, changes, words);
}

function search(column: string, offsets: Offset[], words: Words): string {
  const [only] = offsets;
  if (offsets.length === 1 && only) return String(only.minutes);
  const middle = Math.floor(offsets.length / 2);
  const from = words.literal(offsets[middle]?.fromMs ?? 0);
  return `CASE WHEN ${column} < ${from} THEN ${search(column, offsets.slice(0, middle), words)} ELSE ${search(column, offsets.slice(middle), words)} END`;
}
