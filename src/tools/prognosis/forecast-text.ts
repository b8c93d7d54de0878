import type { Language } from "../../core/context.ts";
import { formatDay, formatMinutes, formatNumber, formatTime } from "../../core/format/format.ts";
import type { Refusal } from "../../plant/analysis/prognosis/forecast.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { TagForecast } from "./forecast-tag.ts";

/** The first line answers; the rest is what it rests on. `title`: machine and sensor. */
export function forecastText(one: TagForecast, title: string, context: ToolContext): string {
  const { language, ctx } = context;
  return lines(
    `${title}: ${answer(one, context)}`,
    basis(one, context),
    one.earlierTeeth &&
      say(
        language,
        `이전 주기 ${one.earlierTeeth.count}회는 보통 ${formatMinutes(one.earlierTeeth.medianHours * 60, "ko")} 걸렸습니다.`,
        `The ${one.earlierTeeth.count} cycles before took ${formatMinutes(one.earlierTeeth.medianHours * 60, "en")} as a rule.`,
      ),
    ...one.doubts.map(({ reason }) => say(language, `센서 의심: ${reason.ko}`, `Doubt about the sensor: ${reason.en}`)),
    one.verdict === "forecast" &&
      say(
        language,
        `지금 추세가 이어진다고 본 계산입니다 (${formatTime(ctx.now(), ctx.timeZone)} 기준).`,
        `It supposes that the present trend goes on (as of ${formatTime(ctx.now(), ctx.timeZone)}).`,
      ),
  );
}

function answer(one: TagForecast, { language, ctx }: ToolContext): string {
  const limit = limitText(one, language);
  if (one.verdict === "passed")
    return say(language, `이미 ${limit}에 닿았거나 넘었습니다.`, `it has already reached or passed ${limit}.`);
  if (one.verdict === "refused" || !one.hours || !one.expectedAt) {
    const reasons = one.refusals.map((refusal) => refusalText(refusal, language)).join(", ");
    return one.limit
      ? say(
          language,
          `${limit}에 언제 닿을지 말할 수 없습니다 — ${reasons}.`,
          `when it reaches ${limit} can't be said — ${reasons}.`,
        )
      : say(
          language,
          "예측할 한계값이 없습니다 — 한계값을 알려 주세요.",
          "there is no limit to forecast — name the limit.",
        );
  }
  const day = (at: string): string => formatDay(at, ctx.timeZone);
  const soon = one.hours.expected < 72;
  const when = (at: string): string => (soon ? formatTime(at, ctx.timeZone) : day(at));
  const interval =
    one.earliestAt && one.latestAt
      ? say(
          language,
          ` — 95% 구간 ${when(one.earliestAt)} ~ ${when(one.latestAt)}`,
          ` — 95 % interval ${when(one.earliestAt)} – ${when(one.latestAt)}`,
        )
      : "";
  return say(
    language,
    `이 추세면 ${when(one.expectedAt)} 무렵(약 ${formatMinutes(one.hours.expected * 60, "ko")} 뒤) ${limit}에 닿습니다${interval}.`,
    `at this trend it reaches ${limit} about ${when(one.expectedAt)} (in ${formatMinutes(one.hours.expected * 60, "en")})${interval}.`,
  );
}

function limitText({ limit, limitSource, unit }: TagForecast, language: Language): string {
  const value = limit ? `${formatNumber(limit.value)}${unit ? ` ${unit}` : ""}` : "";
  if (limitSource === "alarm") return say(language, `알람 한계 ${value}`, `the alarm limit ${value}`);
  if (limitSource === "normal") return say(language, `정상 범위 한계 ${value}`, `the end of its normal range ${value}`);
  return say(language, `한계 ${value}`, `the limit ${value}`);
}

function basis({ stretch, trend, unit, renewedBy }: TagForecast, { language, ctx }: ToolContext): string | null {
  if (!stretch) return say(language, "이 기간에 측정값이 없습니다.", "There are no readings in this span.");
  const begins = {
    reset: renewedBy
      ? say(language, `교체·청소(${renewedBy}) 후`, `since it was renewed (${renewedBy})`)
      : say(language, "값이 되돌아간 뒤", "since it was last reset"),
    change: say(language, "추세가 바뀐 뒤", "since the trend last changed"),
    start: say(language, "기록 시작부터", "from the start of the record"),
  }[stretch.begins];
  const span = `${formatTime(stretch.from, ctx.timeZone)} ~ ${formatTime(stretch.to, ctx.timeZone)}`;
  const from = say(
    language,
    `근거: ${begins} ${span}, ${stretch.count}점`,
    `Basis: ${begins}, ${span}, ${stretch.count} points`,
  );
  if (!trend) return `${from}.`;
  const perDay = (value: number): string =>
    `${value >= 0 ? "+" : ""}${formatNumber(value * 24)}${unit ? ` ${unit}` : ""}`;
  const level = `${formatNumber(trend.level)}${unit ? ` ${unit}` : ""}`;
  const p = trend.p < 0.001 ? "p < 0.001" : `p = ${trend.p.toFixed(3)}`;
  return say(
    language,
    `${from}; 현재 수준 ${level}, 하루 ${perDay(trend.perHour)} (95% ${perDay(trend.low)} ~ ${perDay(trend.high)}, ${p}).`,
    `${from}; level now ${level}, ${perDay(trend.perHour)} a day (95 % ${perDay(trend.low)} to ${perDay(trend.high)}, ${p}).`,
  );
}

export function refusalText(refusal: Refusal, language: Language): string {
  return {
    too_few_points: say(language, "마지막 변화 이후 측정값이 너무 적음", "too few readings since the last change"),
    no_trend: say(language, "뚜렷한 추세가 없음", "there is no clear trend"),
    wrong_way: say(language, "한계에서 멀어지는 중", "it moves away from the limit"),
    slope_uncertain: say(language, "기울기가 0일 수도 있음", "its slope may as well be none"),
    turns_back: say(
      language,
      "전에도 이렇게 오르내리다 되돌아갔음",
      "such moves have turned back by themselves before",
    ),
    too_far: say(
      language,
      "근거 기간의 3배보다 더 먼 뒤의 일임",
      "it would be later than three times the stretch it is drawn from",
    ),
    no_limit: say(language, "한계값이 없음", "there is no limit"),
  }[refusal];
}
