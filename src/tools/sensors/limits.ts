import type { Language } from "../../core/context.ts";
import { formatNumber } from "../../core/format/format.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { say } from "../wording.ts";

/** Where a value stands against the tag's own limits; unknown where the tag has none. */
export type LimitState = "normal" | "outside-normal" | "alarm" | "unknown";

export function limitState(value: number, tag: Tag): LimitState {
  const { normalLow, normalHigh, alarmLow, alarmHigh } = tag;
  if ((alarmHigh !== null && value >= alarmHigh) || (alarmLow !== null && value <= alarmLow)) return "alarm";
  if ((normalHigh !== null && value > normalHigh) || (normalLow !== null && value < normalLow)) return "outside-normal";
  return normalLow === null && normalHigh === null && alarmLow === null && alarmHigh === null ? "unknown" : "normal";
}

export function limitStateText(state: LimitState, language: Language): string {
  return {
    normal: say(language, "정상 범위", "within normal"),
    "outside-normal": say(language, "정상 범위 벗어남", "outside normal"),
    alarm: say(language, "알람 한계 초과", "beyond the alarm limit"),
    unknown: say(language, "기준 없음", "no limits on record"),
  }[state];
}

/** "정상 0.8~2.2, 알람 ≥4.5 mm/s"; empty where the tag has no limits. */
export function limitsText(tag: Tag, language: Language): string {
  const unit = tag.unit ? ` ${tag.unit}` : "";
  const parts = [
    bandText(tag.normalLow, tag.normalHigh, say(language, "정상", "normal")),
    tag.alarmLow !== null && `${say(language, "알람", "alarm")} ≤${formatNumber(tag.alarmLow)}`,
    tag.alarmHigh !== null && `${say(language, "알람", "alarm")} ≥${formatNumber(tag.alarmHigh)}`,
  ].filter((part) => typeof part === "string" && part !== "");
  return parts.length === 0 ? "" : parts.join(", ") + unit;
}

function bandText(low: number | null, high: number | null, name: string): string {
  if (low !== null && high !== null) return `${name} ${formatNumber(low)}~${formatNumber(high)}`;
  if (low !== null) return `${name} ≥${formatNumber(low)}`;
  return high === null ? "" : `${name} ≤${formatNumber(high)}`;
}
