import type { Language } from "../../core/context.ts";
import { formatMinutes, formatNumber, formatSpan } from "../../core/format/format.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { Estimate, ReliabilityReport, UnitReliability, WeibullReport } from "./reliability-output.ts";

/** "412시간 (95% 310~560)", in days where that is easier to hold. */
export function hoursText({ value, low, high }: Estimate, language: Language): string {
  const days = value >= 240;
  const figure = (hours: number): string => formatNumber(round3(days ? hours / 24 : hours));
  const unit = days ? say(language, "일", " days") : say(language, "시간", " h");
  return say(
    language,
    `${figure(value)}${unit} (95% ${figure(low)}~${figure(high)})`,
    `${figure(value)}${unit} (95 % ${figure(low)} to ${figure(high)})`,
  );
}

/** The first line answers; the others are Weibull, trend and what was counted. */
export function reliabilityText(report: ReliabilityReport, context: ToolContext): string {
  const { language, ctx } = context;
  const { label, failures, mtbfHours, mttrHours, weibull, trend, units } = report;
  const span = formatSpan(report.from, report.to, ctx.timeZone, language);
  const [only] = units;
  const atLeast = units.length === 1 ? (only?.mtbfAtLeastHours ?? null) : null;
  const facts = [
    mtbfHours && `MTBF ${hoursText(mtbfHours, language)}`,
    atLeast !== null &&
      say(
        language,
        `MTBF는 95% 확신으로 ${formatMinutes(atLeast * 60, "ko")} 이상`,
        `MTBF at least ${formatMinutes(atLeast * 60, "en")} with 95 % confidence`,
      ),
    mttrHours && `MTTR ${hoursText(mttrHours, language)}`,
    units.length === 1 &&
      only?.availability !== null &&
      only?.availability !== undefined &&
      say(
        language,
        `가용도 ${formatNumber(round3(only.availability * 100))}%`,
        `availability ${formatNumber(round3(only.availability * 100))} %`,
      ),
  ].filter(Boolean);
  return lines(
    say(
      language,
      `${label}: ${span} 고장 ${failures}건${facts.length > 0 ? `, ${facts.join(", ")}` : ""}`,
      `${label}: ${failures} failures in ${span}${facts.length > 0 ? `, ${facts.join(", ")}` : ""}`,
    ),
    units.length === 1 && only ? againstText(only, language) : null,
    weibull && weibullText(weibull, language),
    trend && trendText(trend, language),
    basisText(report, language),
  );
}

export function againstText({ againstSisters, badActor }: UnitReliability, language: Language): string | null {
  if (!againstSisters) return null;
  const { ratio, p } = againstSisters;
  const times = Number.isFinite(ratio) ? formatNumber(round3(ratio)) : "∞";
  const odds = p < 0.001 ? "p < 0.001" : `p = ${formatNumber(round3(p))}`;
  return badActor
    ? say(
        language,
        `같은 종류 설비보다 ${times}배 자주 고장납니다 (${odds}): 고질 설비입니다.`,
        `It fails ${times} times as often as its sister machines (${odds}): a bad actor.`,
      )
    : say(
        language,
        `같은 종류 설비의 ${times}배 빈도로, 우연의 범위 안입니다 (${odds}).`,
        `It fails ${times} times as often as its sister machines, within chance (${odds}).`,
      );
}

export function weibullText(weibull: WeibullReport, language: Language): string {
  const { failures, censored } = weibull;
  const counted = say(
    language,
    `고장 간격 ${failures}개, 진행 중(중도절단) ${censored}개`,
    `${failures} times between failures, ${censored} still running (censored)`,
  );
  if (!weibull.found)
    return say(
      language,
      `와이블 수명은 구하지 않았습니다 — ${weibull.reason === "few_failures" ? "고장 간격이 4개 미만" : "간격이 모두 같음"} (${counted}).`,
      `No Weibull life is given — ${weibull.reason === "few_failures" ? "fewer than 4 times between failures" : "all times are alike"} (${counted}).`,
    );
  const { shape } = weibull;
  const beta = `β ${formatNumber(round3(shape.value))} (95 % ${formatNumber(round3(shape.low))}–${formatNumber(round3(shape.high))})`;
  const meaning = {
    early: say(language, "수리 직후에 잘 고장남 — 초기 고장형", "it fails soon after repairs: early failures"),
    random: say(
      language,
      "β가 1일 수도 있음 — 마모라고 할 수 없고 때를 가리지 않는 고장으로 봄",
      "β may well be 1: at random as far as can be told, not wear",
    ),
    wear: say(language, "오래 쓸수록 고장남 — 마모형", "the longer it runs the likelier it fails: wear"),
  }[weibull.pattern];
  return say(
    language,
    `와이블: ${beta} — ${meaning}. B10 ${hoursText(weibull.b10Hours, "ko")}, 특성수명 η ${hoursText(weibull.scaleHours, "ko")} (${counted}).`,
    `Weibull: ${beta} — ${meaning}. B10 ${hoursText(weibull.b10Hours, "en")}, characteristic life η ${hoursText(weibull.scaleHours, "en")} (${counted}).`,
  );
}

function trendText({ u, p, direction }: NonNullable<ReliabilityReport["trend"]>, language: Language): string {
  const figures = `Laplace u = ${formatNumber(Math.round(u * 100) / 100)}, ${p < 0.001 ? "p < 0.001" : `p = ${formatNumber(round3(p))}`}`;
  return {
    worse: say(language, `고장이 점점 잦아집니다 (${figures}).`, `Failures come more and more often (${figures}).`),
    better: say(language, `고장이 점점 줄어듭니다 (${figures}).`, `Failures come less and less often (${figures}).`),
    none: say(language, `빈도의 추세는 보이지 않습니다 (${figures}).`, `There is no trend in their rate (${figures}).`),
  }[direction];
}

function basisText({ basis, units }: ReliabilityReport, language: Language): string {
  const what =
    basis === "work_orders"
      ? say(language, "사후정비 작업지시", "corrective work orders")
      : say(language, "비계획 정지", "unplanned stops");
  return say(
    language,
    `${what} 기준, 가까이 이어진 기록은 고장 1건으로 셈. 달력 시간, 설비 ${units.length}대.`,
    `Counted: ${what}; records close to each other are one failure. Calendar time, ${units.length} machines.`,
  );
}

/** Three significant digits. */
function round3(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : value;
}
