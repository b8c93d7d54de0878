import type { Language } from "../../core/context.ts";
import { formatNumber, formatSpan } from "../../core/format/format.ts";
import type { LimitReason, LimitRecord } from "../../plant/analysis/prognosis/alarm-limit.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { TagLimitReview } from "./review-limit.ts";

/** The first line is the proposal; the rest is its evidence. `title`: machine and sensor. */
export function limitText(one: TagLimitReview, title: string, { language, ctx }: ToolContext): string {
  const figure = (value: number): string => `${formatNumber(value)}${one.unit ? ` ${one.unit}` : ""}`;
  const side = one.side === "high" ? say(language, "상한", "upper") : say(language, "하한", "lower");
  const span = formatSpan(one.from, one.to, ctx.timeZone, language);
  const { healthy } = one;
  return lines(
    `${title}: ${proposal(one, figure, side, language)}`,
    one.current &&
      say(
        language,
        `지금 ${figure(one.current.value)}: ${recordText(one.current, language)}`,
        `Now ${figure(one.current.value)}: ${recordText(one.current, language)}`,
      ),
    one.proposed &&
      say(
        language,
        `제안 ${figure(one.proposed.value)}: ${recordText(one.proposed, language)}`,
        `Proposed ${figure(one.proposed.value)}: ${recordText(one.proposed, language)}`,
      ),
    healthy &&
      say(
        language,
        `정상 구간 값 ${healthy.count}개: 중앙값 ${figure(healthy.center)}, σ ${formatNumber(healthy.sigma)}${healthy.beyondCurrent === null ? "" : `, 지금 기준을 넘는 비율 ${percent(healthy.beyondCurrent)}`}`,
        `${healthy.count} healthy values: median ${figure(healthy.center)}, σ ${formatNumber(healthy.sigma)}${healthy.beyondCurrent === null ? "" : `, ${percent(healthy.beyondCurrent)} of them beyond the present limit`}`,
      ),
    one.recorded &&
      say(
        language,
        `기록된 알람 ${one.recorded.code} ${one.recorded.alarms}회, 그중 24시간 안에 고장이 따른 것 ${one.recorded.justified}회`,
        `Alarm ${one.recorded.code} is on record ${one.recorded.alarms} times, ${one.recorded.justified} followed by a failure within 24 hours`,
      ),
    failuresText(one, span, language),
    ...one.reasons.map((reason) => reasonText(reason, language)),
    ...one.doubts.map(({ reason }) => say(language, `센서 의심: ${reason.ko}`, `Doubt about the sensor: ${reason.en}`)),
    one.verdict !== "refused" &&
      say(
        language,
        "제안일 뿐이며 아무것도 바꾸지 않았습니다. 설비의 기준값은 담당자가 확인하고 바꿔야 합니다.",
        "This is a proposal; nothing was changed. A person in charge must check and set the limit at the machine.",
      ),
  );
}

function proposal(
  { verdict, current, proposed }: TagLimitReview,
  figure: (value: number) => string,
  side: string,
  language: Language,
): string {
  const from = current ? figure(current.value) : "";
  const to = proposed ? figure(proposed.value) : "";
  return {
    raise: say(
      language,
      `알람 ${side} 기준 올리기를 제안합니다: ${from} → ${to}.`,
      `raise the ${side} alarm limit from ${from} to ${to} (proposal).`,
    ),
    lower: say(
      language,
      `알람 ${side} 기준 내리기를 제안합니다: ${from} → ${to}.`,
      `lower the ${side} alarm limit from ${from} to ${to} (proposal).`,
    ),
    set: say(
      language,
      `알람 ${side} 기준이 없습니다. 제안하는 값: ${to}.`,
      `there is no ${side} alarm limit; ${to} is proposed.`,
    ),
    keep: say(
      language,
      `알람 ${side} 기준은 지금 값 ${from} 그대로 두는 것이 낫습니다.`,
      `keep the ${side} alarm limit at ${from}.`,
    ),
    refused: say(language, `알람 ${side} 기준을 제안할 수 없습니다.`, `no ${side} alarm limit can be proposed.`),
  }[verdict];
}

function recordText(record: LimitRecord, language: Language): string {
  const { alarms, perWeek, falseAlarms, justified, pending, missed } = record;
  const open = pending === 0 ? "" : say(language, `, 아직 모름 ${pending}회`, `, ${pending} too young to tell`);
  const week = formatNumber(Math.round(perWeek * 100) / 100);
  return say(
    language,
    `알람 ${alarms}회(주 ${week}회) — 고장이 따른 것 ${justified}회, 헛알람 ${falseAlarms}회${open}, 놓친 고장 ${missed}건`,
    `${alarms} alarms (${week} a week) — ${justified} followed by a failure, ${falseAlarms} false${open}, ${missed} failures missed`,
  );
}

function failuresText({ failures, related }: TagLimitReview, span: string, language: Language): string {
  return related
    ? say(
        language,
        `${span}, 이 센서와 관련된 고장 ${failures}건 기준, 알람 뒤 24시간 안에 고장이 있으면 맞은 알람으로 셈.`,
        `${span}, by ${failures} failures about this sensor; an alarm with a failure within 24 hours after it counts as right.`,
      )
    : say(
        language,
        `${span}. 이 센서를 언급한 고장 기록이 없어 설비의 모든 고장 ${failures}건으로 셈했습니다: 놓친 고장은 다른 원인일 수 있습니다.`,
        `${span}. No failure on record speaks of this sensor, so all ${failures} of the machine are counted: those missed may have other causes.`,
      );
}

function reasonText(reason: LimitReason, language: Language): string {
  return {
    few_readings: say(language, "정상 구간의 측정값이 200개 미만입니다.", "There are fewer than 200 healthy readings."),
    short_history: say(language, "기록이 일주일 미만입니다.", "The record is shorter than a week."),
    no_failures: say(
      language,
      "고장 기록이 없어 놓침은 판단할 수 없습니다.",
      "No failures are on record, so nothing can be said of missed ones.",
    ),
    level_shifted: say(
      language,
      "수준이 바뀐 적이 있어 그 뒤의 값만 썼습니다. 바뀐 이유를 먼저 확인하세요.",
      "The level has shifted; only values since then were used. Find out first why it shifted.",
    ),
    would_miss: say(
      language,
      "그 값이면 지금 기준이 알린 고장을 놓칩니다.",
      "That value would miss a failure that the present limit announced.",
    ),
    off_now: say(
      language,
      "지금 값이 평소에서 벗어나 있습니다. 기준을 올리기 전에 원인부터 찾으세요.",
      "The readings are off their normal right now: find the cause before any limit is raised.",
    ),
    no_limit: say(language, "지금은 기준값이 없습니다.", "There is no limit at present."),
  }[reason];
}

function percent(share: number): string {
  return `${formatNumber(Math.round(share * 1000) / 10)} %`;
}
