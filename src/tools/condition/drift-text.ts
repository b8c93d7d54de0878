import type { Language } from "../../core/context.ts";
import { formatMinutes, formatNumber, formatTime } from "../../core/format/format.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { DriftEvent, DriftingTag, DriftReport } from "./drift-output.ts";

/** "최근 정지 3회" / "the last 3 stops" */
export function eventsText(events: DriftEvent[], language: Language): string {
  const stop = events[0]?.kind === "stop";
  const n = events.length;
  return stop
    ? say(language, `최근 정지 ${n}회`, n === 1 ? "the last stop" : `the last ${n} stops`)
    : say(language, `최근 알람 ${n}회`, n === 1 ? "the last alarm" : `the last ${n} alarms`);
}

/** One drifting sensor: the first line answers, then each event. `title`: machine and sensor. */
export function driftText(tag: DriftingTag, title: string, report: DriftReport, context: ToolContext): string {
  const { language, ctx } = context;
  const unit = tag.unit ? ` ${tag.unit}` : "";
  const sigma = `${(tag.medianDeviation ?? 0) >= 0 ? "+" : ""}${formatNumber(round1(tag.medianDeviation ?? 0))}σ`;
  const hours = tag.medianHoursBefore === null ? null : tag.medianHoursBefore * 60;
  const side = tag.direction === "high" ? say(language, "높아짐", "went up") : say(language, "낮아짐", "went down");
  const head = say(
    language,
    `${title}: ${eventsText(report.events, "ko")} 중 ${tag.hits}회 전에 ${side} (${sigma}${hours === null ? "" : `, 보통 ${formatMinutes(hours, "ko")} 전부터`})`,
    `${title}: ${side} before ${tag.hits} of ${eventsText(report.events, "en")} (${sigma}${hours === null ? "" : `, as a rule from ${formatMinutes(hours, "en")} before`})`,
  );
  const rows = tag.before.map((before) => {
    const event = report.events.find(({ id }) => id === before.eventId);
    if (!event) return "";
    const name = `${formatTime(event.at, ctx.timeZone)} ${event.label}`;
    if (before.deviation === null)
      return `- ${name}: ${say(language, "측정값이 적어 판단할 수 없음", "too few readings to judge")}`;
    const levels = say(
      language,
      `${formatNumber(before.normalLevel ?? NaN)} → ${formatNumber(before.level ?? NaN)}${unit}`,
      `${formatNumber(before.normalLevel ?? NaN)} → ${formatNumber(before.level ?? NaN)}${unit}`,
    );
    const since = before.changedAt
      ? say(
          language,
          `, ${formatTime(before.changedAt, ctx.timeZone)}부터`,
          `, since ${formatTime(before.changedAt, ctx.timeZone)}`,
        )
      : "";
    const drifted = before.drifted ? say(language, "변함", "drifted") : say(language, "평소와 같음", "as usual");
    return `- ${name}: ${drifted}, ${levels} (${formatNumber(round1(before.deviation))}σ${since})`;
  });
  return lines(head, ...rows, ordinaryText(tag, language));
}

/** How much the finding is worth against chance. */
function ordinaryText({ ordinary, chance }: DriftingTag, language: Language): string {
  if (ordinary.windows === 0 || chance === null)
    return say(
      language,
      "비교할 평상시 구간이 없어 우연인지 알 수 없습니다.",
      "No ordinary windows to tell chance by.",
    );
  const odds = chance < 0.001 ? "0.1 %" : `${formatNumber(Math.round(chance * 1000) / 10)} %`;
  const weak = chance > 0.05;
  return say(
    language,
    `평상시에는 같은 길이 구간 ${ordinary.windows}개 중 ${ordinary.hits}개가 이만큼 벗어났습니다. 우연일 확률 ${chance < 0.001 ? `${odds} 미만` : odds}${weak ? " — 근거가 약합니다." : "."}`,
    `Ordinarily ${ordinary.hits} of ${ordinary.windows} windows of that length are as far off. By chance alone: ${chance < 0.001 ? `under ${odds}` : odds}${weak ? " — weak evidence." : "."}`,
  );
}

const round1 = (value: number): number => Math.round(value * 10) / 10;
