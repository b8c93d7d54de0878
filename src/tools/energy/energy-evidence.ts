import type { Language } from "../../core/context.ts";
import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatNumber, formatSpan } from "../../core/format/format.ts";
import type { Equipment } from "../../plant/mes-store.ts";
import type { Tag } from "../../plant/sensor-store.ts";
import { tagTitle } from "../arguments/tags.ts";
import { nothingComputed } from "../condition/nothing-computed.ts";
import { equipmentTitle, lines, say } from "../wording.ts";
import type { ToolContext, ToolResult } from "../tool.ts";
import type { EnergyReport, EnergyRow } from "./energy-output.ts";

const told = 6;
const kwh = (value: number): string => `${formatNumber(Math.round(value * 10) / 10)} kWh`;
const count = (value: number): string => formatNumber(Math.round(value));

export function energyEvidence(
  report: EnergyReport,
  machine: Equipment,
  tag: Tag,
  context: ToolContext,
): EvidenceDraft {
  const { language, ctx } = context;
  const title = equipmentTitle(machine, language);
  return {
    kind: "chart",
    title: say(language, `${title} · 양품당 에너지`, `${title} · energy per good part`),
    text: lines(
      headline(report, `${title} (${formatSpan(report.from, report.to, ctx.timeZone, language)})`, language),
      ...baselineText(report, context),
      ...outliers(report, language),
      ...doubts(report, language),
      say(
        language,
        `계량: ${tagTitle(tag, "ko")} (${report.unit})`,
        `metered by ${tagTitle(tag, "en")} (${report.unit})`,
      ),
    ),
    language,
    source: { label: tag.id, store: "readings", records: [tag.id], sample: machine.sample },
    trust: "record",
    equipmentId: machine.id,
    at: report.to,
    table: {
      columns:
        language === "ko"
          ? [report.by === "day" ? "날짜" : "오더", "에너지(kWh)", "양품", "kWh/개", "기준선(kWh)", "95 % 범위", "판정"]
          : [report.by, "energy (kWh)", "good parts", "kWh per part", "baseline (kWh)", "95 % interval", "verdict"],
      rows: report.rows.map((row) => [
        row.label,
        formatNumber(Math.round(row.kWh * 10) / 10),
        count(row.parts),
        row.perPart === null ? "–" : formatNumber(row.perPart),
        row.expected === null ? "–" : formatNumber(Math.round(row.expected * 10) / 10),
        row.low === null || row.high === null
          ? "–"
          : `${formatNumber(Math.round(row.low * 10) / 10)} – ${formatNumber(Math.round(row.high * 10) / 10)}`,
        verdictText(row.verdict, language),
      ]),
      total: report.rows.length,
    },
    data: report,
  };
}

function verdictText(verdict: EnergyRow["verdict"], language: Language): string {
  return {
    above: say(language, "초과", "above"),
    below: say(language, "미만", "below"),
    within: say(language, "범위 안", "within"),
    unknown: "–",
  }[verdict];
}

function headline(
  { perPart, kWh, parts, compared, expected }: EnergyReport,
  scope: string,
  language: Language,
): string {
  const share = compared !== null && expected !== null && expected > 0 ? (compared - expected) / expected : null;
  const sign = share !== null && share >= 0 ? "+" : "−";
  const against =
    share === null
      ? ""
      : say(
          language,
          `, 기준선보다 ${sign}${formatNumber(Math.abs(Math.round(share * 1000) / 10))}%`,
          `, ${sign}${formatNumber(Math.abs(Math.round(share * 1000) / 10))}% against the baseline`,
        );
  return perPart === null
    ? say(
        language,
        `${scope}: ${kwh(kWh)} 사용, 양품 기록이 없어 개당 에너지는 알 수 없음`,
        `${scope}: ${kwh(kWh)} used; no good parts on record, so none per part`,
      )
    : say(
        language,
        `${scope}: 양품당 ${formatNumber(perPart)} kWh (${kwh(kWh)} / ${count(parts)}개)${against}`,
        `${scope}: ${formatNumber(perPart)} kWh per good part (${kwh(kWh)} for ${count(parts)})${against}`,
      );
}

function baselineText({ baseline, baselineFrom, by }: EnergyReport, { language, ctx }: ToolContext): string[] {
  if (!baseline || !baselineFrom)
    return [
      say(
        language,
        "기준선 없음: 에너지와 양품 수량이 함께 있는 날(오더)이 8개 이상이고 수량이 서로 달라야 함",
        "no baseline: it takes at least 8 days (orders) with energy and parts, of different numbers of parts",
      ),
    ];
  const { base, baseLow, baseHigh, perPart, perPartLow, perPartHigh, r2, n } = baseline;
  const span = formatSpan(baselineFrom.from, baselineFrom.to, ctx.timeZone, language);
  const unit = { day: say(language, "일", "day"), order: say(language, "오더", "order") }[by];
  return [
    say(
      language,
      `기준선(ISO 50006 회귀, ${span}, ${n}개): 기저 부하 ${kwh(base)}/${unit} (95 % ${kwh(baseLow)} ~ ${kwh(baseHigh)}) + 양품당 ${formatNumber(perPart)} kWh (95 % ${formatNumber(perPartLow)} ~ ${formatNumber(perPartHigh)}), R² ${formatNumber(r2, 2)}`,
      `baseline (ISO 50006 regression, ${span}, ${n} points): base load ${kwh(base)} a ${unit} (95 % ${kwh(baseLow)} to ${kwh(baseHigh)}) + ${formatNumber(perPart)} kWh per good part (95 % ${formatNumber(perPartLow)} to ${formatNumber(perPartHigh)}), R² ${formatNumber(r2, 2)}`,
    ),
    baselineFrom.kind === "itself"
      ? say(
          language,
          "이전 기간의 자료가 모자라 이 기간 자체로 기준선을 만듦 — 전체가 높아진 것은 보이지 않음",
          "too little before, so the baseline is made of the period itself: a general rise can't show",
        )
      : "",
    baseline.significant
      ? ""
      : say(
          language,
          "양품 수량이 에너지를 설명하지 못함(기울기 구간에 0 포함) — 대부분이 기저 부하이므로 개당 값은 생산량에 따라 움직임",
          "the parts don't explain the energy (the slope's interval holds 0): mostly base load, so that energy per part moves with the output",
        ),
  ];
}

function outliers({ rows, by }: EnergyReport, language: Language): string[] {
  const over = ({ kWh, expected }: EnergyRow): string =>
    expected === null || expected <= 0 ? "–" : `+${formatNumber(Math.round((kWh / expected - 1) * 1000) / 10)}%`;
  const text = (row: EnergyRow): string =>
    say(
      language,
      `${row.label} ${kwh(row.kWh)} (기준선 ${kwh(row.expected ?? 0)}보다 ${over(row)}, 상한 ${kwh(row.high ?? 0)}, 양품 ${count(row.parts)}개)`,
      `${row.label} ${kwh(row.kWh)} (${over(row)} over the baseline of ${kwh(row.expected ?? 0)}, upper limit ${kwh(row.high ?? 0)}, ${count(row.parts)} good)`,
    );
  const above = rows
    .filter(({ verdict }) => verdict === "above")
    .toSorted((a, b) => b.kWh - (b.high ?? 0) - a.kWh + (a.high ?? 0));
  const judged = rows.filter(({ verdict }) => verdict !== "unknown").length;
  if (judged === 0) return [];
  const unit = { day: say(language, "일", "days"), order: say(language, "건", "orders") }[by];
  return [
    above.length === 0
      ? say(
          language,
          `${judged}${unit} 중 기준선 범위를 넘은 것 없음`,
          `none of ${judged} ${unit} is above the baseline's interval`,
        )
      : say(
          language,
          `${judged}${unit} 중 ${above.length}${unit}이 기준선 범위를 넘음: ${above.slice(0, told).map(text).join(" · ")}`,
          `${above.length} of ${judged} ${unit} are above the baseline's interval: ${above.slice(0, told).map(text).join(" · ")}`,
        ),
  ];
}

function doubts({ rows, resets, baseline }: EnergyReport, language: Language): string[] {
  const thin = rows.filter(({ covered }) => covered < 0.9).length;
  const beyond = baseline
    ? rows.filter(
        ({ parts, verdict }) => verdict !== "unknown" && (parts < baseline.range[0] || parts > baseline.range[1]),
      ).length
    : 0;
  return [
    thin > 0
      ? say(
          language,
          `계량이 90 %에 못 미쳐 판정하지 않은 것 ${thin}개`,
          `${thin} not judged: metered for less than 90 % of the time`,
        )
      : "",
    beyond > 0
      ? say(
          language,
          `생산량이 기준선의 범위를 벗어난 것 ${beyond}개는 판정이 덜 확실함`,
          `${beyond} have more or fewer parts than the baseline knows: less sure`,
        )
      : "",
    resets > 0
      ? say(
          language,
          `계량기가 ${resets}번 초기화되거나 교체됨 — 이어서 계산`,
          `the counter was reset or changed ${resets}×; counted on`,
        )
      : "",
  ];
}

/** That no energy can be told: no meter, or a meter without readings. */
export function noEnergy(
  machine: Equipment,
  tags: Tag[],
  why: "no-meter" | "no-readings",
  context: ToolContext,
  meter?: Tag,
): ToolResult {
  const { language } = context;
  const title = equipmentTitle(machine, language);
  const named = tags
    .slice(0, 8)
    .map((tag) => `${tagTitle(tag, language)}${tag.unit ? ` (${tag.unit})` : ""}`)
    .join(", ");
  const text =
    why === "no-meter"
      ? say(
          language,
          `${title}: 에너지 계량 태그가 없습니다. 단위가 kWh(적산) 또는 kW(전력)인 태그가 필요합니다.${named ? ` 있는 센서: ${named}` : ""}`,
          `${title}: no energy meter. It takes a tag in kWh (counter) or kW (power).${named ? ` Its sensors: ${named}` : ""}`,
        )
      : say(
          language,
          `${title}: ${meter ? tagTitle(meter, "ko") : ""} 태그에 이 기간의 측정값이 없습니다.`,
          `${title}: ${meter ? tagTitle(meter, "en") : "the meter"} has no readings in this period.`,
        );
  const output = { found: false, equipmentId: machine.id, text };
  return { output, summary: text, evidence: [nothingComputed(machine, text, output, context)] };
}
