import { figure } from "../parts/format.ts";
import { useWords } from "../state/page-context.ts";
import { gaugeOf, type ReadingView } from "./reading.ts";

/** One live value against its normal band: the state is said in words too, not by colour alone. */
export function ReadingRow({ reading }: { reading: ReadingView }) {
  const { words, language } = useWords();
  const { latest, limits, unit } = reading;
  const gauge = gaugeOf(reading);
  const state = latest?.stale ? "stale" : (latest?.state ?? "unknown");
  const stateWords = {
    normal: words.normal,
    "outside-normal": words.outsideNormal,
    alarm: words.alarmLimit,
    unknown: words.noLimits,
    stale: words.stale,
  }[state];
  const hasBand = limits.normalLow !== null || limits.normalHigh !== null;
  const normalBand = `${words.normal} ${band(limits.normalLow, limits.normalHigh)}`;
  return (
    <div class={`reading is-${state}`}>
      <span class="reading-name">{(language === "ko" && reading.nameKo) || reading.name}</span>
      <span class="reading-value">
        {latest ? <b>{figure(latest.value)}</b> : <span class="quiet">{words.unread}</span>} {latest && unit}
      </span>
      {gauge && <GaugeBar {...gauge} />}
      <span class="reading-note">
        <span class="state-dot" aria-hidden="true" />
        {latest && (hasBand && state === "normal" ? normalBand : stateWords)}
        {reading.unusual && <b class="unusual"> · {words.unusual}</b>}
        {hasBand && (!latest || state !== "normal") && <span class="quiet"> · {normalBand}</span>}
      </span>
    </div>
  );
}

function GaugeBar({ normal, value, alarms }: { normal: [number, number]; value: number; alarms: number[] }) {
  const [from, to] = normal;
  return (
    <svg class="gauge" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="gauge-rail" x="0" y="3" width="100" height="4" rx="1" />
      <rect class="gauge-normal" x={from} y="3" width={Math.max(to - from, 0)} height="4" />
      {alarms.map((alarm) => (
        <rect key={alarm} class="gauge-alarm" x={alarm - 0.4} y="1.5" width="0.8" height="7" />
      ))}
      <rect class="gauge-value" x={value - 0.9} y="0" width="1.8" height="10" rx="0.6" />
    </svg>
  );
}

function band(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `${figure(low)}–${figure(high)}`;
  return low === null ? `≤ ${figure(high ?? 0)}` : `≥ ${figure(low)}`;
}
