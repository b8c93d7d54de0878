import { busiestWindow, findFloods, shareOfBusyPeriods, type Flood } from "./alarm-floods.ts";
import { findCompanions, type Companions } from "./alarm-companions.ts";

// Alarm system performance by ANSI/ISA-18.2-2016 (clause 16) and EEMUA 191. An alarm is one machine's one code.

export type AlarmRecord = {
  machine: string;
  code: string;
  at: number;
  /** When it cleared; null: not yet, or not recorded. */
  until: number | null;
};

export type AlarmCount = { machine: string; code: string; count: number; share: number };
export type Chatter = { machine: string; code: string; count: number; episodes: number; worst: number };
export type Standing = { machine: string; code: string; at: number; hours: number; active: boolean };

export type AlarmReview = {
  alarms: number;
  hours: number;
  perHour: number;
  perTenMinutes: number;
  /** Per operator, as the standard's limits are meant. */
  perOperatorHour: number;
  peak: { from: number; count: number } | null;
  busyShare: number;
  floods: Flood[];
  floodShare: number;
  top: AlarmCount[];
  topTenShare: number;
  chattering: Chatter[];
  /** Cleared within a minute without coming again at once; null where no alarm has an end on record. */
  fleeting: AlarmCount[] | null;
  /** Active for over 24 hours; null as above. */
  standing: Standing[] | null;
  companions: Companions[];
  /** Records that repeat another's machine, code and instant; counted once. */
  repeated: number;
  withoutEnd: number;
  verdict: "acceptable" | "manageable" | "overloaded";
};

const hourMs = 3_600_000;
const chatterMs = 60_000;
const chatterTimes = 3;
const fleetingMs = 60_000;
const standingMs = 24 * hourMs;
/** Alarms per operator and hour: very likely acceptable up to 6 (144 a day), the most manageable 12 (ISA-18.2). */
export const rateLimits = { acceptable: 6, manageable: 12 };

/**
 * Reviews the alarms that came in [from, to); `carried`, which came before and lasted into it, count as standing only.
 * `until` beyond `to` counts up to `to`. Records may come in any order.
 */
export function reviewAlarmLoad(
  records: readonly AlarmRecord[],
  {
    from,
    to,
    operators = 1,
    carried = [],
  }: { from: number; to: number; operators?: number; carried?: readonly AlarmRecord[] },
): AlarmReview {
  const sorted = records.filter(({ at }) => at >= from && at < to).toSorted((a, b) => a.at - b.at);
  const { kept, repeated } = withoutRepeats(sorted);
  const times = kept.map(({ at }) => at);
  const hours = (to - from) / hourMs;
  const perHour = hours > 0 ? kept.length / hours : 0;
  const floods = findFloods(times);
  const byAlarm = Map.groupBy(kept, keyOf);
  const counts = countsOf(byAlarm, kept.length);
  const chattering = chatterOf(byAlarm);
  const chatters = new Set(chattering.map(keyOf));
  const ends = kept.some(({ until }) => until !== null) || carried.some(({ until }) => until !== null);
  const rate = perHour / operators;
  const inFlood = floods.reduce((sum, flood) => sum + Math.max(0, Math.min(flood.to, to) - flood.from), 0);
  const calm = floods.length === 0 ? "acceptable" : "manageable";
  return {
    alarms: kept.length,
    hours,
    perHour,
    perTenMinutes: perHour / 6,
    perOperatorHour: rate,
    peak: busiestWindow(times),
    busyShare: shareOfBusyPeriods(times, from, to),
    floods,
    floodShare: to > from ? inFlood / (to - from) : 0,
    top: counts.slice(0, 10),
    topTenShare: counts.slice(0, 10).reduce((sum, { share }) => sum + share, 0),
    chattering,
    fleeting: ends ? fleetingOf(byAlarm, chatters, kept.length) : null,
    standing: ends ? standingOf([...carried, ...kept], to) : null,
    companions: findCompanions(kept),
    repeated,
    withoutEnd: kept.filter(({ until }) => until === null).length,
    verdict: rate > rateLimits.manageable ? "overloaded" : rate > rateLimits.acceptable ? "manageable" : calm,
  };
}

export const keyOf = ({ machine, code }: { machine: string; code: string }): string => `${machine}\n${code}`;

function withoutRepeats(sorted: AlarmRecord[]): { kept: AlarmRecord[]; repeated: number } {
  const seen = new Set<string>();
  const kept = sorted.filter((one) => {
    const key = `${keyOf(one)}\n${one.at}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { kept, repeated: sorted.length - kept.length };
}

function countsOf(byAlarm: Map<string, AlarmRecord[]>, total: number): AlarmCount[] {
  return [...byAlarm.values()]
    .flatMap(([first, ...rest]) =>
      first
        ? [{ machine: first.machine, code: first.code, count: rest.length + 1, share: (rest.length + 1) / total }]
        : [],
    )
    .sort((a, b) => b.count - a.count);
}

/** Three times or more within 60 seconds: all alarms of such a burst count; bursts that touch are one episode. */
function chatterOf(byAlarm: Map<string, AlarmRecord[]>): Chatter[] {
  const out: Chatter[] = [];
  for (const own of byAlarm.values()) {
    const [first] = own;
    if (!first || own.length < chatterTimes) continue;
    let [count, episodes, worst, reached, start] = [0, 0, 0, -1, 0];
    for (let end = 0; end < own.length; end++) {
      while ((own[end]?.at ?? 0) - (own[start]?.at ?? 0) > chatterMs) start++;
      const burst = end - start + 1;
      if (burst < chatterTimes) continue;
      worst = Math.max(worst, burst);
      if (start > reached) episodes++;
      count += end - Math.max(start - 1, reached);
      reached = end;
    }
    if (count > 0) out.push({ machine: first.machine, code: first.code, count, episodes, worst });
  }
  return out.sort((a, b) => b.count - a.count);
}

function fleetingOf(byAlarm: Map<string, AlarmRecord[]>, chatters: Set<string>, total: number): AlarmCount[] {
  const short = new Map(
    [...byAlarm]
      .filter(([key]) => !chatters.has(key))
      .map(([key, own]) => [key, own.filter(({ at, until }) => until !== null && until - at <= fleetingMs)]),
  );
  return countsOf(short, total);
}

function standingOf(records: readonly AlarmRecord[], to: number): Standing[] {
  return records
    .map(({ machine, code, at, until }) => {
      const end = Math.min(until ?? to, to);
      return { machine, code, at, hours: (end - at) / hourMs, active: until === null || until >= to };
    })
    .filter(({ hours }) => hours * hourMs > standingMs)
    .sort((a, b) => b.hours - a.hours);
}
