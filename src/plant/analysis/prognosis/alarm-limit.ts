import { regimes } from "../condition/change-points.ts";
import { median } from "../mean.ts";
import { robustCenter } from "../robust.ts";

export type Timed = { at: Date; value: number };
/** How a limit would have done on the record. */
export type LimitRecord = {
  value: number;
  /** Times the reading went beyond it, each counted once until it has been back for half an hour. */
  alarms: number;
  perWeek: number;
  /** Alarms with an outcome (a failure) while they stood, or within the time allowed after them. */
  justified: number;
  /** Alarms so young that their failure may still come: neither right nor false. */
  pending: number;
  falseAlarms: number;
  /** Failures without an alarm within the time allowed before them. */
  missed: number;
};
export type LimitReason =
  | "few_readings"
  | "short_history"
  | "no_failures"
  | "level_shifted"
  | "would_miss"
  | "off_now"
  | "no_limit";
export type LimitReview = {
  verdict: "keep" | "raise" | "lower" | "set" | "refused";
  reasons: LimitReason[];
  current: LimitRecord | null;
  proposed: LimitRecord | null;
  /** Of the readings away from failures: median, robust sigma, share beyond the current limit. */
  healthy: { count: number; center: number; sigma: number; beyondCurrent: number | null } | null;
};
export type LimitQuestion = {
  side: "high" | "low";
  current: number | null;
  /** Times of failures: corrective work orders, unplanned stops. */
  failures: readonly Date[];
  /** A limit to try instead of the computed one. */
  asked?: number | undefined;
  /** How long after an alarm its failure may come; 24 hours unless told. */
  hoursAllowed?: number;
};

/** A stay beyond a limit, in epoch milliseconds. */
type Excursion = { from: number; to: number };

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;
const wantedReadings = 200;
const wantedMs = weekMs;
/** A healthy reading is beyond the proposal once in a thousand, and never by scatter alone (4 robust sigmas). */
const healthyShare = 0.999;
const scatterSigmas = 4;
const abnormalSigmas = 3.5;

/**
 * What a limit did on the record and what the healthy readings suggest: the outer of their 99.9 % quantile and their
 * median ± 4 robust sigmas, rounded outward to a tenth of sigma's size. Healthy is what is not within the allowed time
 * before a failure or a day after it; after a lasting change of level only what came since. It proposes nothing that
 * would miss a failure which the current limit announced, and raises nothing while the readings are off their normal.
 * Points in order of time, finite (extremes of buckets).
 */
export function reviewAlarmLimit(points: readonly Timed[], question: LimitQuestion): LimitReview {
  const { side, current, failures } = question;
  const allowedMs = (question.hoursAllowed ?? 24) * hourMs;
  const sign = side === "high" ? 1 : -1;
  // Of buckets wider than half an hour neighbours are one alarm.
  const steps = points.slice(1).map(({ at }, index) => at.getTime() - (points[index]?.at.getTime() ?? 0));
  const rearmMs = Math.max(hourMs / 2, 1.5 * (median(steps) ?? 0));
  const [first, last] = [points[0]?.at.getTime() ?? 0, points.at(-1)?.at.getTime() ?? 0];
  const inRecord = failures.map((at) => at.getTime()).filter((at) => at >= first && at <= last + allowedMs);
  const away = points.filter(({ at }) =>
    inRecord.every((failure) => at.getTime() < failure - allowedMs || at.getTime() > failure + 24 * hourMs),
  );
  const reasons: LimitReason[] = [];
  if (current === null) reasons.push("no_limit");
  if (inRecord.length === 0) reasons.push("no_failures");
  const refuse = (reason: LimitReason): LimitReview => ({
    verdict: "refused",
    reasons: [reason, ...reasons.filter((one) => one !== reason)],
    current: current === null ? null : recordOf(current),
    proposed: null,
    healthy: null,
  });
  if (away.length < wantedReadings) return refuse("few_readings");
  if (last - first < wantedMs) return refuse("short_history");

  const settled = sinceLastShift(away);
  if (settled.length < away.length) reasons.push("level_shifted");
  const values = settled.map(({ value }) => value);
  const { center, sigma } = robustCenter(values) ?? { center: 0, sigma: 0 };
  const healthy = {
    count: values.length,
    center,
    sigma,
    beyondCurrent:
      current === null ? null : values.filter((value) => (value - current) * sign >= 0).length / values.length,
  };
  const outer = values.map((value) => value * sign).toSorted((a, b) => a - b);
  const quantile = outer[Math.min(outer.length - 1, Math.ceil(outer.length * healthyShare) - 1)] ?? 0;
  const computed =
    roundOutward(Math.max(quantile, center * sign + scatterSigmas * sigma), sigma || Math.abs(center)) * sign;
  const proposed = recordOf(question.asked ?? computed);
  if (current === null) return { verdict: "set", reasons, current: null, proposed, healthy };
  const now = recordOf(current);
  // While the machine is off its normal the limit does its work: nothing is raised on such readings.
  const today = median(points.filter(({ at }) => at.getTime() > last - 24 * hourMs).map(({ value }) => value));
  const offNow = today !== null && sigma > 0 && (today - center) * sign >= abnormalSigmas * sigma;
  if (offNow) reasons.push("off_now");
  const wouldMiss = proposed.missed > now.missed;
  if (wouldMiss) reasons.push("would_miss");
  const moved = (proposed.value - current) * sign;
  // Nearer than a sigma and no alarm fewer: not worth a change.
  const same = Math.abs(moved) < sigma || (proposed.falseAlarms === now.falseAlarms && proposed.missed === now.missed);
  const worse = moved < 0 && proposed.falseAlarms > now.falseAlarms && proposed.missed >= now.missed;
  const verdict =
    same || worse || wouldMiss || (offNow && moved > 0) ? "keep" : proposed.value > current ? "raise" : "lower";
  return { verdict, reasons, current: now, proposed, healthy };

  function recordOf(limit: number): LimitRecord {
    const alarms = excursions(points, limit, sign, rearmMs);
    // An alarm that still stands announces too, however long ago it began.
    const announces = ({ from, to }: Excursion, failure: number): boolean =>
      from <= failure && to >= failure - allowedMs;
    const announced = (alarm: Excursion): boolean => inRecord.some((failure) => announces(alarm, failure));
    const justified = alarms.filter(announced).length;
    const pending = alarms.filter((alarm) => !announced(alarm) && alarm.from > last - allowedMs).length;
    return {
      value: limit,
      alarms: alarms.length,
      perWeek: last > first ? (alarms.length / (last - first)) * weekMs : 0,
      justified,
      pending,
      falseAlarms: alarms.length - justified - pending,
      missed: inRecord.filter((failure) => !alarms.some((alarm) => announces(alarm, failure))).length,
    };
  }
}

/** Stays beyond a limit; a new one begins only after half an hour inside. */
function excursions(points: readonly Timed[], limit: number, sign: number, rearmMs: number): Excursion[] {
  const found: Excursion[] = [];
  for (const { at, value } of points) {
    if ((value - limit) * sign < 0) continue;
    const open = found.at(-1);
    if (open && at.getTime() - open.to <= rearmMs) open.to = at.getTime();
    else found.push({ from: at.getTime(), to: at.getTime() });
  }
  return found;
}

/** The readings since the level last changed for good, where enough came since; else all. */
function sinceLastShift(points: Timed[]): Timed[] {
  const parts = regimes(
    points.map(({ value }) => value),
    { shortest: 50 },
  );
  const last = parts.at(-1);
  const before = parts.at(-2);
  const own = last ? points.slice(last.from) : points;
  const scatter = robustCenter(own.map(({ value }) => value))?.sigma ?? 0;
  const lasting = last && before && Math.abs(last.start - before.end) > 2 * scatter && own.length >= wantedReadings;
  return lasting ? own : points;
}

/** To a tenth of the scatter's power of ten: 4.4137 with a sigma of 0.21 becomes 4.42. */
function roundOutward(value: number, scale: number): number {
  if (!(scale > 0)) return value;
  const step = 10 ** (Math.floor(Math.log10(scale)) - 1);
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(12));
}
