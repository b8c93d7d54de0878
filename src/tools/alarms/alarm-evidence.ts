import type { Language } from "../../core/context.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatDay, formatMinutes, formatNumber, formatSpan, formatTime } from "../../core/format/format.ts";
import { rateLimits } from "../../plant/analysis/operations/alarm-review.ts";
import type { Machines } from "../arguments/equipment.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { AlarmReport } from "./alarm-output.ts";

type Asked = { machines: Machines | null; texts: Map<string, string> };

const told = 5;
const percent = (share: number): string => `${formatNumber(Math.round(share * 1000) / 10)}%`;
const rate = (value: number): string => formatNumber(Math.round(value * 100) / 100);

export function alarmEvidence(report: AlarmReport, asked: Asked, context: ToolContext): EvidenceDraft[] {
  const { language } = context;
  const shown = report.top;
  return [
    {
      ...frame(report, asked.machines, context),
      text: lines(...rateText(report, context), ...troubleText(report, asked, context), ...doubtText(report, language)),
      table: {
        columns:
          language === "ko"
            ? ["설비", "알람", "내용", "횟수", "비율"]
            : ["machine", "alarm", "meaning", "count", "share"],
        rows: shown.map(({ machine, code, count, share }) => [
          machine,
          code,
          asked.texts.get(code) ?? "",
          count,
          percent(share),
        ]),
        total: shown.length,
      },
      data: report,
    },
  ];
}

function rateText(report: AlarmReport, { language, ctx }: ToolContext): string[] {
  const period = formatSpan(report.from, report.to, ctx.timeZone, language);
  const verdict = {
    acceptable: say(language, "적정 범위", "within what is acceptable"),
    manageable: say(language, "감당 가능하나 개선 필요", "manageable, but to be improved"),
    overloaded: say(language, "과부하", "overloaded"),
  }[report.verdict];
  const { peak, floods } = report;
  const peakAt = peak ? formatTime(new Date(peak.from), ctx.timeZone) : "";
  const inFlood = floods.reduce((sum, flood) => sum + flood.count, 0);
  const worst = floods.toSorted((a, b) => b.count - a.count)[0];
  return [
    say(
      language,
      `${report.label} (${period}): 알람 ${formatNumber(report.alarms)}건, 운전원 1인 시간당 ${rate(report.perOperatorHour)}건 — ${verdict} (ISA-18.2 기준 ${rateLimits.acceptable}건 이하 적정, ${rateLimits.manageable}건까지 감당 가능)`,
      `${report.label} (${period}): ${formatNumber(report.alarms)} alarms, ${rate(report.perOperatorHour)} an hour per operator — ${verdict} (ISA-18.2: up to ${rateLimits.acceptable} acceptable, up to ${rateLimits.manageable} manageable)`,
    ),
    peak
      ? say(
          language,
          `10분 평균 ${rate(report.perTenMinutes)}건, 최대 10분 ${peak.count}건 (${peakAt}부터); 10건을 넘은 10분 구간 ${percent(report.busyShare)}`,
          `${rate(report.perTenMinutes)} per 10 min on average, at most ${peak.count} in 10 min (from ${peakAt}); ${percent(report.busyShare)} of the 10-minute periods had more than 10`,
        )
      : "",
    worst
      ? say(
          language,
          `알람 폭주 ${floods.length}회 (10분에 10건 초과부터 5건 미만까지), 알람 ${inFlood}건, 시간의 ${percent(report.floodShare)}; 가장 큰 것 ${formatTime(new Date(worst.from), ctx.timeZone)}부터 ${formatMinutes((worst.to - worst.from) / 60_000, "ko")} 동안 ${worst.count}건`,
          `${floods.length} floods (from over 10 in 10 min until under 5) with ${inFlood} alarms, ${percent(report.floodShare)} of the time; the largest from ${formatTime(new Date(worst.from), ctx.timeZone)}, ${worst.count} alarms in ${formatMinutes((worst.to - worst.from) / 60_000, "en")}`,
        )
      : say(language, "알람 폭주 없음 (10분에 10건 초과)", "no floods (over 10 in 10 min)"),
  ];
}

function troubleText(report: AlarmReport, { machines, texts }: Asked, { language }: ToolContext): string[] {
  const name = ({ machine, code }: { machine: string; code: string }): string => {
    const meaning = texts.get(code);
    const own = meaning && meaning !== code ? `${code} ${meaning}` : code;
    return machines?.one ? own : `${machine} ${own}`;
  };
  const list = <T>(items: readonly T[], text: (item: T) => string): string =>
    items.slice(0, told).map(text).join(" · ") +
    (items.length > told ? say(language, ` 외 ${items.length - told}건`, ` and ${items.length - told} more`) : "");
  const times = (count: number): string => say(language, `${count}회`, `${count}×`);
  return [
    report.top.length > 0
      ? say(
          language,
          `가장 잦은 알람: ${list(report.top, (one) => `${name(one)} ${times(one.count)} ${percent(one.share)}`)}; 상위 10개가 ${percent(report.topTenShare)}`,
          `most frequent: ${list(report.top, (one) => `${name(one)} ${times(one.count)} ${percent(one.share)}`)}; the top ten make ${percent(report.topTenShare)}`,
        )
      : "",
    report.chattering.length > 0
      ? say(
          language,
          `채터링(60초 안에 3회 이상): ${list(report.chattering, (one) => `${name(one)} ${one.episodes}번, 알람 ${one.count}건`)}`,
          `chattering (3 times or more within 60 s): ${list(report.chattering, (one) => `${name(one)} ${one.episodes} bursts, ${one.count} alarms`)}`,
        )
      : say(language, "채터링 알람 없음", "no chattering alarms"),
    report.fleeting && report.fleeting.length > 0
      ? say(
          language,
          `1분 안에 저절로 풀린 알람: ${list(report.fleeting, (one) => `${name(one)} ${times(one.count)}`)}`,
          `fleeting (cleared within a minute): ${list(report.fleeting, (one) => `${name(one)} ${times(one.count)}`)}`,
        )
      : "",
    report.standing && report.standing.length > 0
      ? say(
          language,
          `24시간 넘게 떠 있는 알람 ${report.standing.length}건: ${list(report.standing, (one) => `${name(one)} ${formatMinutes(one.hours * 60, "ko")}${one.active ? " (계속 중)" : ""}`)}`,
          `${report.standing.length} standing over 24 h: ${list(report.standing, (one) => `${name(one)} ${formatMinutes(one.hours * 60, "en")}${one.active ? " (still active)" : ""}`)}`,
        )
      : "",
    report.companions.length > 0
      ? say(
          language,
          `늘 함께 뜨는 알람(5초 안): ${list(report.companions, (one) => `${name(one.first)} → ${name(one.second)} ${times(one.together)}`)}`,
          `always together (within 5 s): ${list(report.companions, (one) => `${name(one.first)} → ${name(one.second)} ${times(one.together)}`)}`,
        )
      : "",
  ];
}

function doubtText(report: AlarmReport, language: Language): string[] {
  const { withoutEnd, alarms } = report;
  return [
    report.standing === null
      ? say(
          language,
          "해제 시각이 기록되지 않아 지속 알람(24시간 초과)과 순간 알람은 판단할 수 없음",
          "no clearing times are on record, so standing and fleeting alarms can't be told",
        )
      : withoutEnd > 0 && withoutEnd < alarms
        ? say(
            language,
            `해제 시각이 없는 ${withoutEnd}건은 아직 떠 있는 것으로 봄`,
            `${withoutEnd} without a clearing time are taken as still active`,
          )
        : "",
    report.repeated > 0
      ? say(
          language,
          `같은 설비·코드·시각으로 중복된 기록 ${report.repeated}건은 한 번만 셈`,
          `${report.repeated} records repeat another's machine, code and time and count once`,
        )
      : "",
    report.allEvents
      ? say(
          language,
          "알람으로 구분된 기록이 없어 모든 이벤트를 셈",
          "no event is called an alarm, so all events were counted",
        )
      : "",
    report.warnings > 0 && report.warnings < alarms
      ? say(language, `경고 ${report.warnings}건 포함`, `${report.warnings} of them are warnings`)
      : "",
    report.left > 0
      ? say(
          language,
          `기록이 너무 많아 ${report.left}건은 읽지 못함`,
          `${report.left} records were too many to be read`,
        )
      : "",
    report.operators === 1
      ? say(language, "운전원 1명으로 계산", "reckoned for one operator")
      : say(language, `운전원 ${report.operators}명으로 계산`, `reckoned for ${report.operators} operators`),
  ];
}

/** That no alarms came, with what there is on record at all. */
export async function noAlarms(
  report: AlarmReport,
  machines: Machines | null,
  context: ToolContext,
): Promise<EvidenceDraft> {
  const { language, ctx, mes } = context;
  const { rows, from, to } = await mes.coverage("events", machines?.one?.id);
  const period = formatSpan(report.from, report.to, ctx.timeZone, language);
  const there =
    rows > 0 && from && to
      ? say(
          language,
          `이벤트 기록은 ${formatDay(from, ctx.timeZone)}부터 ${formatDay(to, ctx.timeZone)}까지 ${rows}건입니다.`,
          `On record: ${rows} events from ${formatDay(from, ctx.timeZone)} to ${formatDay(to, ctx.timeZone)}.`,
        )
      : say(language, "이벤트 기록이 없습니다.", "There are no events on record.");
  return {
    ...frame(report, machines, context),
    text: lines(
      say(
        language,
        `${report.label} (${period}): 알람 기록이 없습니다.`,
        `${report.label} (${period}): no alarms are on record.`,
      ),
      there,
    ),
    data: report,
  };
}

function frame(report: AlarmReport, machines: Machines | null, { language }: ToolContext) {
  return {
    kind: "chart" as const,
    title: say(language, `${report.label} · 알람 부하`, `${report.label} · alarm load`),
    language,
    source: {
      label: say(language, "이벤트 기록", "events"),
      store: "events",
      records: [],
    },
    trust: "record" as const,
    at: report.to,
    ...(machines?.one ? { equipmentId: machines.one.id } : {}),
  };
}
