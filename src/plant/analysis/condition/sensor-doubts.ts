import { formatMinutes, formatNumber } from "../../../core/format/format.ts";
import { withParticle } from "../../../core/language/script.ts";
import { median } from "../mean.ts";
import { robustCenter } from "../robust.ts";
import type { Doubt, DoubtLimits, DoubtPoint } from "./doubt.ts";
import { jumpInUnits } from "./unit-jump.ts";

const minuteMs = 60_000;
const clockTolerance = 2 * minuteMs;
const wantedPoints = 20;
/** Hampel's identifier: a value this many robust sigmas from the median of its neighbours is a spike. */
const spikeSigmas = 6;

/**
 * Why the points of a tag may not be true; empty where nothing speaks against them. Points in any order, NaN allowed.
 * `now` judges age and future clocks: pass the end of the window for a window of the past. Statistical checks need 20
 * points; the spike check is Hampel's (Davies and Gather, 1993). Never throws.
 */
export function sensorDoubts(points: readonly DoubtPoint[], tag: DoubtLimits, now: Date): Doubt[] {
  const dated = points.filter(({ at }) => Number.isFinite(at.getTime()));
  const sorted = dated.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const usable = sorted.filter(({ value }) => Number.isFinite(value));
  const past = usable.filter(({ at }) => at.getTime() <= now.getTime() + clockTolerance);
  const found = [
    notNumbers(sorted, usable.length),
    future(sorted, now),
    late(past, now),
    outOfRange(past, tag),
    jumpInUnits(past),
    stuck(past) ?? flat(past),
    spiky(past),
  ];
  return found.filter((doubt) => doubt !== null);
}

function notNumbers(sorted: DoubtPoint[], usable: number): Doubt | null {
  const bad = sorted.length - usable;
  if (bad === 0) return null;
  const newestBad = !Number.isFinite(sorted.at(-1)?.value);
  return {
    kind: "not_a_number",
    weight: newestBad || bad * 2 > sorted.length ? "grave" : "some",
    since: sorted.find(({ value }) => !Number.isFinite(value))?.at ?? null,
    reason: {
      ko: `값 ${sorted.length}개 중 ${bad}개가 숫자가 아님`,
      en: `${bad} of ${sorted.length} values are not numbers`,
    },
  };
}

function future(sorted: DoubtPoint[], now: Date): Doubt | null {
  const ahead = (sorted.at(-1)?.at.getTime() ?? 0) - now.getTime();
  if (sorted.length === 0 || ahead <= clockTolerance) return null;
  const minutes = ahead / minuteMs;
  return {
    kind: "future",
    weight: "some",
    since: sorted.find(({ at }) => at.getTime() > now.getTime() + clockTolerance)?.at ?? null,
    reason: {
      ko: `가장 최근 값의 시각이 지금보다 ${formatMinutes(minutes, "ko")} 앞섬 (시계 확인)`,
      en: `the newest value is dated ${formatMinutes(minutes, "en")} in the future (check the clock)`,
    },
  };
}

/** Late: five times its usual interval, and five minutes at least. */
function late(past: DoubtPoint[], now: Date): Doubt | null {
  const last = past.at(-1);
  if (!last) return null;
  const usual = median(past.slice(1).map(({ at }, index) => at.getTime() - (past[index]?.at.getTime() ?? 0)));
  const age = now.getTime() - last.at.getTime();
  if (usual === null || age <= Math.max(5 * minuteMs, 5 * usual)) return null;
  const every = Math.max(1, usual / minuteMs);
  return {
    kind: "late",
    weight: age > 20 * Math.max(minuteMs, usual) ? "grave" : "some",
    since: last.at,
    reason: {
      ko: `가장 최근 값이 ${formatMinutes(age / minuteMs, "ko")} 전 것 (보통 ${formatMinutes(every, "ko")} 이내 간격)`,
      en: `the newest value is ${formatMinutes(age / minuteMs, "en")} old (usually one within ${formatMinutes(every, "en")})`,
    },
  };
}

/** Beyond the outermost limits by three times the span between them: no machine gets there, a broken wire does. */
function outOfRange(past: DoubtPoint[], tag: DoubtLimits): Doubt | null {
  const limits = [tag.alarmLow, tag.normalLow, tag.normalHigh, tag.alarmHigh].filter(
    (one): one is number => typeof one === "number" && Number.isFinite(one),
  );
  const [low, high] = [Math.min(...limits), Math.max(...limits)];
  const last = past.at(-1);
  if (!last || limits.length < 2 || high <= low) return null;
  const margin = 3 * (high - low);
  const off = (value: number): boolean => value < low - margin || value > high + margin;
  if (!off(last.value)) return null;
  const lastInside = past.findLastIndex(({ value }) => !off(value));
  return {
    kind: "out_of_range",
    weight: "grave",
    since: past[lastInside + 1]?.at ?? last.at,
    reason: {
      ko: `값 ${withParticle(formatNumber(last.value), "이", "가")} 한계 ${formatNumber(low)}~${formatNumber(high)}에서 너무 멀리 벗어남 (단선·스케일 확인)`,
      en: `the value ${formatNumber(last.value)} is impossibly far from the limits ${formatNumber(low)}–${formatNumber(high)} (check wiring and scaling)`,
    },
  };
}

/** The same value at the end: at least ten times, and three times as often as in any earlier run of equal values. */
function stuck(past: DoubtPoint[]): Doubt | null {
  const last = past.at(-1);
  if (!last || past.length < wantedPoints) return null;
  const runs: number[] = [];
  for (const [index, { value }] of past.entries())
    if (index > 0 && value === past[index - 1]?.value) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(1);
  const run = runs.at(-1) ?? 0;
  // A value that never changed at all is a setpoint or a counter that stands: no doubt by itself.
  if (runs.length < 3 || run < 10 || run < 3 * Math.max(...runs.slice(0, -1))) return null;
  const since = past[past.length - run]?.at ?? last.at;
  const minutes = (last.at.getTime() - since.getTime()) / minuteMs;
  return {
    kind: "stuck",
    weight: "grave",
    since,
    reason: {
      ko: `${formatMinutes(minutes, "ko")} 동안 값이 ${formatNumber(last.value)}에서 전혀 변하지 않음 (센서 고착 의심)`,
      en: `it has stood at exactly ${formatNumber(last.value)} for ${formatMinutes(minutes, "en")} (stuck sensor?)`,
    },
  };
}

/** The newest fifth scatters a fiftieth of what the rest did, from point to point. */
function flat(past: DoubtPoint[]): Doubt | null {
  if (past.length < 3 * wantedPoints) return null;
  const steps = past.slice(1).map(({ value }, index) => Math.abs(value - (past[index]?.value ?? value)));
  const cut = Math.floor(steps.length * 0.8);
  const [before, now] = [median(steps.slice(0, cut)) ?? 0, median(steps.slice(cut)) ?? 0];
  if (before === 0 || now > before / 50) return null;
  return {
    kind: "flat",
    weight: "some",
    since: past[cut + 1]?.at ?? null,
    reason: {
      ko: "값의 흔들림이 평소의 1/50 이하로 줄어듦 (센서 또는 필터 설정 확인)",
      en: "it scatters less than a fiftieth of what it used to (check the sensor or its filter)",
    },
  };
}

/** Single values far off both neighbours: more than 1 % of all, and three at least. */
function spiky(past: DoubtPoint[]): Doubt | null {
  if (past.length < wantedPoints) return null;
  const gaps = past.slice(1, -1).map(({ value }, index) => {
    const [before, after] = [past[index]?.value ?? value, past[index + 2]?.value ?? value];
    return { at: past[index + 1]?.at ?? null, off: value - (before + after) / 2, apart: Math.abs(before - after) };
  });
  const scale = robustCenter(gaps.map(({ off }) => off));
  if (!scale || scale.sigma === 0) return null;
  // A machine that goes on and off scatters in two ways: a spike stands out from the wilder of the two.
  const usual = gaps.map(({ off }) => Math.abs(off)).toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.9)] ?? 0;
  const far = Math.max(spikeSigmas * scale.sigma, 3 * usual);
  const spikes = gaps.filter(({ off, apart }) => Math.abs(off - scale.center) > far && Math.abs(off) > 2 * apart);
  if (spikes.length < 3 || spikes.length < past.length / 100) return null;
  return {
    kind: "spiky",
    weight: "some",
    since: spikes[0]?.at ?? null,
    reason: {
      ko: `값 ${past.length}개 중 ${spikes.length}개가 앞뒤 값과 동떨어져 튐 (접촉 불량·노이즈 의심)`,
      en: `${spikes.length} of ${past.length} values are single spikes (loose contact or noise?)`,
    },
  };
}
