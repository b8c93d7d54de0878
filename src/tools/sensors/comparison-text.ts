import type { Language } from "../../core/context.ts";
import { formatAge, formatDay, formatMinutes, formatNumber, formatTime } from "../../core/format/format.ts";
import { tagTitle } from "../arguments/tags.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { TagComparison } from "./compare-tag.ts";
import { limitsText } from "./limits.ts";
import { unseenSource, unseenText } from "./unseen-source.ts";

/** "평소보다 높음 (비정상)" */
export function verdictText({ verdict, direction, limitState }: TagComparison, language: Language): string {
  const side =
    direction === "high"
      ? say(language, "평소보다 높음", "higher than normal")
      : direction === "low"
        ? say(language, "평소보다 낮음", "lower than normal")
        : "";
  const name = {
    alarm: say(language, "알람 한계 초과", "beyond the alarm limit"),
    abnormal: say(language, "비정상", "abnormal"),
    watch: say(language, "지켜볼 것", "watch"),
    normal: say(language, "정상", "normal"),
    unknown: say(language, "판단할 수 없음", "can't be judged"),
  }[verdict];
  const inside =
    verdict === "abnormal" && limitState === "normal"
      ? say(language, ", 설명서 범위 안", ", inside the manual's band")
      : "";
  return side === "" ? name : `${side} (${name}${inside})`;
}

/** The first line says all that matters; the rest is where it comes from. */
export function comparisonText(one: TagComparison, machine: string, context: ToolContext): string {
  const { language, ctx } = context;
  const { tag, comparison, since } = one;
  const unit = tag.unit ? ` ${tag.unit}` : "";
  const figure = (value: number | null): string => (value === null ? "–" : `${formatNumber(value)}${unit}`);
  const { recent, baseline, deviation, trend, hoursToAlarm } = comparison;
  const facts = [
    say(language, `최근 중앙값 ${figure(recent.center)}`, `recent median ${figure(recent.center)}`),
    baseline.center !== null && say(language, `평소 ${figure(baseline.center)}`, `normally ${figure(baseline.center)}`),
    deviation !== null && `${deviation >= 0 ? "+" : ""}${formatNumber(Math.round(deviation * 10) / 10)}σ`,
    since &&
      say(language, `${formatDay(since, ctx.timeZone)} 무렵부터`, `since about ${formatDay(since, ctx.timeZone)}`),
    hoursToAlarm !== null &&
      hoursToAlarm <= 72 &&
      say(
        language,
        `이 추세면 약 ${formatMinutes(hoursToAlarm * 60, "ko")} 뒤 알람`,
        `at this trend an alarm in about ${formatMinutes(hoursToAlarm * 60, "en")}`,
      ),
  ].filter(Boolean);
  const head = `${machine} · ${tagTitle(tag, language)}: ${verdictText(one, language)}`;
  if (recent.count === 0) return lines(`${head} — ${noRecent(one, context)}`, limitsText(tag, language));
  const perHour = trend?.clear ? trend.perHour : null;
  return lines(
    `${head} — ${facts.join(", ")}`,
    one.latest &&
      say(
        language,
        `가장 최근 값 ${figure(one.latest.value)} (${formatTime(one.latest.at, ctx.timeZone)}, ${formatAge(new Date(one.latest.at), ctx.now(), "ko")})`,
        `newest value ${figure(one.latest.value)} (${formatTime(one.latest.at, ctx.timeZone)}, ${formatAge(new Date(one.latest.at), ctx.now(), "en")})`,
      ),
    perHour !== null &&
      say(
        language,
        `추세: 시간당 ${perHour > 0 ? "+" : ""}${figure(perHour)}`,
        `trend: ${perHour > 0 ? "+" : ""}${figure(perHour)} per hour`,
      ),
    limitsText(tag, language),
    spans(one, context),
    stateText(one, language),
    ...one.doubts.map(({ reason }) => say(language, `센서 의심: ${reason.ko}`, `Doubt about the sensor: ${reason.en}`)),
    comparison.warnings.includes("few_baseline_points") &&
      say(
        language,
        `평소 값이 적어(${baseline.count}개) 판단이 약합니다.`,
        `Few values of normal running (${baseline.count}): a weak judgement.`,
      ),
  );
}

/** In which state like was compared with like. */
function stateText({ state }: TagComparison, language: Language): string | null {
  if (!state) return null;
  const name = {
    stopped: say(language, "정지", "standing"),
    idle: say(language, "대기", "idling"),
    running: say(language, "가동", "running"),
  }[state.state];
  return state.mixed
    ? say(
        language,
        `${name} 중의 평소 값이 ${state.baselineCount}점뿐이라 모든 상태와 함께 비교했습니다.`,
        `Only ${state.baselineCount} points of normal ${name}: compared with all states together.`,
      )
    : say(
        language,
        `${name} 중인 값끼리 비교 (평소 ${state.baselineCount}점)`,
        `compared while ${name} (${state.baselineCount} points of before)`,
      );
}

function spans({ recent, baseline, comparison }: TagComparison, { language, ctx }: ToolContext): string {
  const time = (at: string): string => formatTime(at, ctx.timeZone);
  const judged = say(
    language,
    `판단 구간 ${time(recent.from)} ~ ${time(recent.to)}`,
    `judged ${time(recent.from)} – ${time(recent.to)}`,
  );
  if (!baseline) return `${judged}, ${say(language, "비교할 이전 기록 없음", "no earlier record to compare with")}`;
  return say(
    language,
    `${judged}, 평소 구간 ${formatDay(baseline.from, ctx.timeZone)} ~ ${formatDay(baseline.to, ctx.timeZone)} (${comparison.baseline.count}점)`,
    `${judged}, normal running ${formatDay(baseline.from, ctx.timeZone)} – ${formatDay(baseline.to, ctx.timeZone)} (${comparison.baseline.count} points)`,
  );
}

/** That the window holds nothing, and what the newest reading is. */
export function noRecent({ latest, recent, tag }: TagComparison, context: ToolContext): string {
  const { language, ctx } = context;
  const away = unseenSource(tag, context);
  if (away) return unseenText(away, context);
  const window = `${formatTime(recent.from, ctx.timeZone)} ~ ${formatTime(recent.to, ctx.timeZone)}`;
  if (!latest) return say(language, "측정값이 하나도 없습니다", "there is not one reading");
  const value = `${formatNumber(latest.value)}${tag.unit ? ` ${tag.unit}` : ""}`;
  return say(
    language,
    `${window}에 측정값이 없습니다. 가장 최근 값은 ${formatTime(latest.at, ctx.timeZone)}의 ${value}`,
    `no readings in ${window}. The newest is ${value} of ${formatTime(latest.at, ctx.timeZone)}`,
  );
}
