import type { Language } from "../../core/context.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatNumber, formatSpan } from "../../core/format/format.ts";
import { fewest } from "../../plant/analysis/operations/compare-groups.ts";
import type { Machines } from "../arguments/equipment.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { LotComparison, LotDifference } from "./compare-output.ts";

const sure = 0.05;
const told = 8;
const percent = (share: number): string => `${formatNumber(Math.round(share * 1000) / 10)}%`;

export function compareEvidence(
  report: LotComparison,
  machines: Machines | null,
  lots: number,
  context: ToolContext,
): EvidenceDraft {
  const { language, ctx } = context;
  const period = formatSpan(report.from, report.to, ctx.timeZone, language);
  const scope = [report.label, period].filter((one) => one !== "").join(" · ");
  const differing = report.differences.filter(({ adjusted }) => adjusted <= sure);
  return {
    kind: "lot",
    title: say(
      language,
      `${report.label || "로트"} · 양품·불량 로트 비교`,
      `${report.label || "lots"} · good and bad compared`,
    ),
    text: lines(
      headline(report, differing, scope, lots, language),
      byText(report, language),
      ...differing.slice(0, told).map((one) => differenceText(one, language)),
      differing.length > told &&
        say(language, `외 ${differing.length - told}가지`, `and ${differing.length - told} more`),
      ...hints(report, differing, language),
      ...doubts(report, language),
    ),
    language,
    source: {
      label: say(language, "로트·생산오더·검사·센서 기록", "lots, job orders, inspections, readings"),
      store: "lots",
      records: report.badLots.slice(0, 50),
    },
    trust: "record",
    ...(machines?.one ? { equipmentId: machines.one.id } : {}),
    at: report.to,
    table: {
      columns:
        language === "ko"
          ? ["항목", "불량 로트", "양품 로트", "효과", "p", "보정 p"]
          : ["what", "bad lots", "good lots", "effect", "p", "corrected p"],
      rows: report.differences
        .slice(0, 30)
        .map((one) => [
          one.kind === "category" ? `${one.label}: ${one.value}` : one.label,
          ...sides(one),
          one.kind === "number" ? formatNumber(one.effect, 2) : null,
          probability(one.p),
          probability(one.adjusted),
        ]),
      total: report.differences.length,
    },
    data: report,
  };
}

function headline(
  report: LotComparison,
  differing: LotDifference[],
  scope: string,
  lots: number,
  language: Language,
): string {
  const { bad, good, refusal, compared } = report;
  const counted = say(language, `불량 로트 ${bad}개, 양품 로트 ${good}개`, `${bad} bad and ${good} good lots`);
  if (lots === 0)
    return say(
      language,
      `${scope}: 끝난 생산오더의 로트가 없어 비교할 수 없습니다.`,
      `${scope}: no lots of finished job orders, so nothing to compare.`,
    );
  if (refusal)
    return say(
      language,
      `${scope}: ${counted} — 비교하기에 너무 적습니다 (불량 ${fewest.bad}개, 양품 ${fewest.good}개 이상 필요).`,
      `${scope}: ${counted} — too few to compare (it takes ${fewest.bad} bad and ${fewest.good} good ones).`,
    );
  return differing.length === 0
    ? say(
        language,
        `${scope}: ${counted}, ${compared}가지를 비교했지만 뚜렷이 다른 것이 없음 (보정 p ≤ 0.05 기준)`,
        `${scope}: ${counted}, ${compared} things compared, none clearly differs (corrected p ≤ 0.05)`,
      )
    : say(
        language,
        `${scope}: ${counted}, ${compared}가지를 비교해 ${differing.length}가지가 다름 (보정 p ≤ 0.05) — 다르다는 것이지 원인이라는 뜻은 아님`,
        `${scope}: ${counted}, ${compared} things compared, ${differing.length} differ (corrected p ≤ 0.05) — a difference is not yet a cause`,
      );
}

function byText({ by, scrapShare, badLots }: LotComparison, language: Language): string {
  const how = {
    named: say(language, "이름을 댄 로트", "the lots that were named"),
    status: say(language, "로트 상태(보류·선별·불합격 등)", "their status (held, sorted, rejected …)"),
    inspection: say(language, "불합격 검사가 있는 로트", "a failed inspection"),
    auto: say(language, "로트 상태 또는 불합격 검사", "their status or a failed inspection"),
    scrap: say(
      language,
      `불량률 ${percent(scrapShare ?? 0)} 이상`,
      `a scrap share of ${percent(scrapShare ?? 0)} or more`,
    ),
  }[by];
  const shown = badLots.slice(0, 10).join(", ") + (badLots.length > 10 ? " …" : "");
  return say(
    language,
    `불량 로트 기준: ${how}${shown ? ` — ${shown}` : ""}`,
    `bad by ${how}${shown ? ` — ${shown}` : ""}`,
  );
}

function sides(one: LotDifference): [string, string] {
  if (one.kind === "category") return [`${one.bad.n}/${one.bad.of}`, `${one.good.n}/${one.good.of}`];
  const unit = one.unit ? ` ${one.unit}` : "";
  return [`${formatNumber(one.bad.median)}${unit}`, `${formatNumber(one.good.median)}${unit}`];
}

const probability = (p: number): string => (p < 0.0001 ? "< 0.0001" : formatNumber(p, 4));

function differenceText(one: LotDifference, language: Language): string {
  const [bad, good] = sides(one);
  const p = `p ${probability(one.p)}`;
  const corrected = say(language, `보정 ${probability(one.adjusted)}`, `corrected ${probability(one.adjusted)}`);
  if (one.kind === "category")
    return say(
      language,
      `${one.label} ${one.value}: 불량 로트 ${bad}, 양품 로트 ${good} (Fisher ${p}, ${corrected})`,
      `${one.label} ${one.value}: ${bad} of the bad, ${good} of the good lots (Fisher ${p}, ${corrected})`,
    );
  const higher = one.effect > 0;
  return say(
    language,
    `${one.label}: 불량 로트가 ${higher ? "높음" : "낮음"} — 중앙값 ${bad} 대 ${good} (순위 효과 ${formatNumber(one.effect, 2)}, Mann–Whitney ${p}, ${corrected})`,
    `${one.label}: ${higher ? "higher" : "lower"} with the bad lots — median ${bad} against ${good} (rank-biserial ${formatNumber(one.effect, 2)}, Mann–Whitney ${p}, ${corrected})`,
  );
}

/** Where nothing is sure: the nearest, marked as unsure. */
function hints(report: LotComparison, differing: LotDifference[], language: Language): string[] {
  const near = report.differences.filter(({ p }) => p <= sure).slice(0, 3);
  if (differing.length > 0 || near.length === 0) return [];
  return [
    say(language, "확실하지 않지만 가장 가까운 것:", "nearest, but unsure:"),
    ...near.map((one) => differenceText(one, language)),
  ];
}

function doubts(report: LotComparison, language: Language): string[] {
  if (report.refusal) return [];
  const { aligned, bestPossible, withoutSensors, left, bad, good, by, differences } = report;
  const byInspection = (by === "inspection" || by === "auto") && differences.some(({ from }) => from === "inspection");
  return [
    aligned
      ? say(
          language,
          "설비·제품이 여럿이라 수치는 같은 설비·제품끼리의 중앙값 차이로 비교함",
          "several machines or products: numbers are compared as distances from the median of the same machine and product",
        )
      : "",
    bestPossible > sure
      ? say(
          language,
          "로트 수에 비해 비교 항목이 많아, 다르더라도 확인되기 어려움",
          "so many things for so few lots that even a real difference could hardly be shown",
        )
      : "",
    byInspection
      ? say(
          language,
          "불량을 검사로 정했으므로 검사값의 차이는 당연할 수 있음",
          "the lots are bad by inspection, so inspected values differ as a matter of course",
        )
      : "",
    withoutSensors > 0
      ? say(
          language,
          `로트 ${bad + good}개 중 ${withoutSensors}개는 센서 측정값이 없음`,
          `${withoutSensors} of ${bad + good} lots have no readings`,
        )
      : "",
    left > 0
      ? say(
          language,
          `가장 새로운 로트만 비교함 (${left}개 제외)`,
          `only the newest lots were compared (${left} left out)`,
        )
      : "",
  ];
}
