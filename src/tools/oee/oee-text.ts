import type { Language } from "../../core/context.ts";
import { formatNumber } from "../../core/format/format.ts";
import { lines, say } from "../wording.ts";
import type { OeeComparison, OeeReport, OeeRow, PlannedBasis } from "./oee-output.ts";

const told = 5;

/** "83.2%"; "–" where it is not known. */
export function percent(value: number | null): string {
  return value === null ? "–" : `${formatNumber(Math.round(value * 1000) / 10)}%`;
}

/** "+1.2 points", the change of a percentage. */
export function points(value: number, language: Language): string {
  // Hundredths where tenths would show nothing.
  const digits = Math.abs(value) < 0.001 ? 100 : 10;
  const rounded = Math.round(value * 100 * digits) / digits;
  const text = `${rounded > 0 ? "+" : rounded < 0 ? "−" : "±"}${formatNumber(Math.abs(rounded))}`;
  return say(language, `${text}%p`, `${text} points`);
}

/** Minutes to one decimal, as they must add up for a reader with a calculator. */
export function minutes(value: number, language: Language): string {
  return `${formatNumber(Math.round(value * 10) / 10)}${say(language, "분", " min")}`;
}

const basisText: Record<PlannedBasis, Record<Language, string>> = {
  planned_time: { ko: "사이트 파일의 계획 시간", en: "the site file's planned time" },
  shifts: { ko: "교대 시간", en: "the shifts" },
  calendar: {
    ko: "달력 시간 24시간 — 계획 시간이 정해져 있지 않음",
    en: "calendar time, 24 h a day: no planned time is set",
  },
};

export function oeeText(report: OeeReport, scope: string, language: Language): string {
  const { total } = report;
  if (!total) return scope;
  const pauses = report.plannedStops
    .slice(0, 3)
    .map(({ reason, minutes: value }) => `${named(reason, language)} ${minutes(value, language)}`)
    .join(", ");
  const of = pauses === "" ? "" : ` (${pauses}${report.plannedStops.length > 3 ? " …" : ""})`;
  return lines(
    headline(total, scope, language),
    say(
      language,
      `계획 가동시간(PBT) ${minutes(total.plannedBusyMinutes, "ko")} — 기준: ${basisText[report.basis].ko}, 계획 정지 ${minutes(total.plannedStopMinutes, "ko")}${of} 제외`,
      `planned busy time (PBT) ${minutes(total.plannedBusyMinutes, "en")} — by ${basisText[report.basis].en}, less planned stops of ${minutes(total.plannedStopMinutes, "en")}${of}`,
    ),
    lossText(total, language),
    say(
      language,
      `양품 ${pieces(total.good)}개, 불량 ${pieces(total.scrap)}개`,
      `${pieces(total.good)} good, ${pieces(total.scrap)} scrap`,
    ),
    reasonsText(report, language),
    ...report.notes,
  );
}

/** Nothing runs faster than its ideal cycle: beyond this a record is wrong. */
export const doubtfulPerformance = 1.005;

function headline({ oee, availability, performance, quality }: OeeRow, scope: string, language: Language): string {
  const doubt = performance !== null && performance > doubtfulPerformance ? say(language, "(의심)", " (doubtful)") : "";
  const [a, p, q] = [percent(availability), percent(performance) + doubt, percent(quality)];
  if (oee === null)
    return say(
      language,
      `${scope}: OEE를 계산할 수 없음 — 가용률 ${a}, 성능 ${p}, 양품률 ${q}`,
      `${scope}: OEE can't be computed — availability ${a}, performance ${p}, quality ${q}`,
    );
  return say(
    language,
    `${scope}: OEE ${percent(oee)} = 가용률 ${a} × 성능 ${p} × 양품률 ${q}`,
    `${scope}: OEE ${percent(oee)} = availability ${a} × performance ${p} × quality ${q}`,
  );
}

const pieces = (value: number): string => formatNumber(Math.round(value));

function lossText({ losses, withoutOrderMinutes }: OeeRow, language: Language): string {
  const min = (value: number | null): string => (value === null ? "–" : minutes(value, language));
  const idle =
    withoutOrderMinutes >= 0.05
      ? say(
          language,
          ` (오더가 없던 시간 ${min(withoutOrderMinutes)} 포함)`,
          ` (${min(withoutOrderMinutes)} of it without an order)`,
        )
      : "";
  if (losses.performance === null)
    return say(language, `손실: 가용 ${min(losses.availability)}`, `losses: availability ${min(losses.availability)}`);
  return say(
    language,
    `손실: 가용 ${min(losses.availability)}, 성능 ${min(losses.performance)}${idle}, 품질 ${min(losses.quality)}; 유효 가동 ${min(losses.effective)} (합계 = PBT)`,
    `losses: availability ${min(losses.availability)}, performance ${min(losses.performance)}${idle}, quality ${min(losses.quality)}; effective ${min(losses.effective)} (they add up to the PBT)`,
  );
}

function reasonsText({ reasons }: OeeReport, language: Language): string {
  const shown = reasons
    .slice(0, told)
    .map(({ reason, minutes: value, count, share }) =>
      say(
        language,
        `${named(reason, "ko")} ${minutes(value, "ko")} ${count}건 ${percent(share)}`,
        `${named(reason, "en")} ${minutes(value, "en")}, ${count}×, ${percent(share)}`,
      ),
    );
  if (shown.length === 0) return "";
  return say(language, `비계획 정지: ${shown.join(" · ")}`, `unplanned stops: ${shown.join(" · ")}`);
}

export function named(reason: string, language: Language): string {
  return reason === "" ? say(language, "(사유 없음)", "(no reason)") : reason;
}

export function changeText(
  change: OeeComparison,
  after: OeeRow,
  spans: { before: string; after: string },
  language: Language,
): string {
  const { before, factors } = change;
  const names = {
    availability: say(language, "가용률", "availability"),
    performance: say(language, "성능", "performance"),
    quality: say(language, "양품률", "quality"),
  };
  const parts = (["availability", "performance", "quality"] as const)
    .toSorted((a, b) => Math.abs(factors[b]) - Math.abs(factors[a]))
    .map(
      (name) =>
        `${names[name]} ${points(factors[name], language)} (${percent(before[name])} → ${percent(after[name])})`,
    );
  const reasons = change.reasons
    .slice(0, told)
    .filter(({ points: value }) => Math.abs(value) >= 0.0005)
    .map(
      ({ reason, before: was, after: is, points: value }) =>
        `${named(reason, language)} ${points(value, language)} (${minutes(was, language)} → ${minutes(is, language)})`,
    );
  const product = (name: string): string => (name === "" ? say(language, "(제품 없음)", "(no product)") : name);
  const scrap = change.products
    .map((one) => ({ ...one, moved: one.scrapBefore - one.scrapAfter }))
    .filter(({ moved }) => Math.abs(moved) >= 0.0005)
    .toSorted((a, b) => Math.abs(b.moved) - Math.abs(a.moved))
    .slice(0, 3)
    .map(({ product: name, moved }) => `${product(name)} ${points(moved, language)}`);
  const speed = change.products
    .filter((one) => Math.abs((one.speedAfter ?? 0) - (one.speedBefore ?? 0)) >= 0.0005 && one.lostMinutes !== 0)
    .slice(0, 3)
    .map((one) => `${product(one.product)} ${percent(one.speedBefore)} → ${percent(one.speedAfter)}`);
  const idle = [before, after].map((row) => minutes(row.withoutOrderMinutes, language));
  const machines = change.machines
    .slice(0, told)
    .map(
      ({ label, before: was, after: is, points: value }) =>
        `${label} ${percent(was)} → ${percent(is)} (${points(value, language)})`,
    );
  return lines(
    say(
      language,
      `OEE ${percent(before.oee)} (${spans.before}) → ${percent(after.oee)} (${spans.after}): ${points(factors.total, "ko")}`,
      `OEE ${percent(before.oee)} (${spans.before}) → ${percent(after.oee)} (${spans.after}): ${points(factors.total, "en")}`,
    ),
    say(language, `기여: ${parts.join(", ")}`, `of which ${parts.join(", ")}`),
    reasons.length > 0 &&
      say(
        language,
        `가용률을 움직인 정지 사유: ${reasons.join(" · ")}`,
        `stop reasons that moved the availability: ${reasons.join(" · ")}`,
      ),
    scrap.length > 0 &&
      say(
        language,
        `양품률을 움직인 제품의 불량: ${scrap.join(" · ")}`,
        `products whose scrap moved the quality ratio: ${scrap.join(" · ")}`,
      ),
    speed.length > 0 &&
      say(
        language,
        `오더가 도는 동안의 속도(성능): ${speed.join(" · ")}`,
        `speed (performance while orders ran): ${speed.join(" · ")}`,
      ),
    idle[0] !== idle[1] &&
      say(language, `오더가 없던 시간: ${idle.join(" → ")}`, `time without an order: ${idle.join(" → ")}`),
    change.machines.length > 1 &&
      say(language, `설비별: ${machines.join(" · ")}`, `by machine: ${machines.join(" · ")}`),
  );
}
