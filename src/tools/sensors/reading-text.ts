import { formatAge, formatMinutes, formatNumber, formatTime } from "../../core/format/format.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import type { SensorReading } from "./sensor-reading.ts";
import { say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import { limitStateText } from "./limits.ts";

/** The newest value with its age, and what speaks against it. */
export function latestText({ latest, tag, usualMinutes }: SensorReading, { language, ctx }: ToolContext): string {
  if (!latest) return say(language, `${tag.id}의 측정값이 하나도 없습니다.`, `There is not one reading of ${tag.id}.`);
  const value = withUnit(latest.value, tag);
  const clock = formatTime(latest.at, ctx.timeZone);
  const at = `${clock}, ${formatAge(new Date(latest.at), ctx.now(), language)}`;
  const quality =
    latest.quality === "good"
      ? ""
      : say(
          language,
          latest.quality === "bad" ? " 센서 이상으로 표시된 값입니다." : " 불확실로 표시된 값입니다.",
          latest.quality === "bad"
            ? " The source marks this value as bad."
            : " The source marks this value as uncertain.",
        );
  if (latest.future)
    return say(
      language,
      `가장 최근 값은 ${value}이지만 시각이 미래(${clock})입니다. 시계가 맞지 않아 지금 값인지 알 수 없습니다.${quality}`,
      `The newest value is ${value}, but it is dated in the future (${clock}): a clock is wrong, so that nobody knows whether it is the present value.${quality}`,
    );
  if (latest.stale) {
    const usual = usualMinutes === null ? "" : formatMinutes(Math.max(1, usualMinutes), language);
    const usually =
      usual === ""
        ? ""
        : say(language, ` 보통은 ${usual} 이내마다 들어옵니다.`, ` Usually one arrives within ${usual}.`);
    return say(
      language,
      `가장 최근 값은 오래되었습니다: ${value} (${at}). 지금 값은 알 수 없습니다.${usually}${quality}`,
      `The newest value is old: ${value} (${at}). The present value is not known.${usually}${quality}`,
    );
  }
  return say(
    language,
    `지금 ${value} (${at}), ${limitStateText(latest.state, "ko")}.${quality}`,
    `Now ${value} (${at}), ${limitStateText(latest.state, "en")}.${quality}`,
  );
}

/** "Doubt: …", one line for all that speaks against the values; null where nothing does. */
export function doubtText({ doubts }: SensorReading, { language }: ToolContext): string | null {
  if (doubts.length === 0) return null;
  const reasons = doubts.map((doubt) => doubt.reason[language]).join("; ");
  const isGrave = doubts.some((doubt) => doubt.weight === "grave");
  return say(
    language,
    `의심: ${reasons}.${isGrave ? " 이 값을 그대로 믿지 마십시오." : ""}`,
    `Doubt: ${reasons}.${isGrave ? " Don't rely on these values as they are." : ""}`,
  );
}

export function windowText({ window, tag, coverage }: SensorReading, label: string, context: ToolContext): string {
  const { language, ctx } = context;
  if (window.count === 0) {
    const known = coverage
      ? say(
          language,
          ` 기록은 ${formatTime(coverage.from, ctx.timeZone)}부터 ${formatTime(coverage.to, ctx.timeZone)}까지 ${formatNumber(coverage.count)}건입니다.`,
          ` On record: ${formatNumber(coverage.count)} readings from ${formatTime(coverage.from, ctx.timeZone)} to ${formatTime(coverage.to, ctx.timeZone)}.`,
        )
      : "";
    return say(language, `${label}에는 측정값이 없습니다.${known}`, `No readings in ${label}.${known}`);
  }
  const of = (value: number | null): string => (value === null ? "–" : formatNumber(value));
  const unit = tag.unit ? ` ${tag.unit}` : "";
  return say(
    language,
    `${label}: 최소 ${of(window.min)}, 평균 ${of(window.mean)}, 최대 ${of(window.max)}${unit} (${formatNumber(window.count)}건)`,
    `${label}: min ${of(window.min)}, mean ${of(window.mean)}, max ${of(window.max)}${unit} (${formatNumber(window.count)} readings)`,
  );
}

function withUnit(value: number, tag: Pick<Tag, "unit">): string {
  return `${formatNumber(value)}${tag.unit ? ` ${tag.unit}` : ""}`;
}
