import type { EvidenceDraft } from "../../core/evidence.ts";
import { formatMinutes, formatNumber } from "../../core/format/format.ts";
import type { Machines } from "../arguments/equipment.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { ReliabilityReport } from "./reliability-output.ts";
import { againstText, hoursText, reliabilityText } from "./reliability-text.ts";

const mostUnits = 15;
const mostCauses = 10;

/** The review itself, the machines where there are several, the causes. */
export function reliabilityEvidence(
  report: ReliabilityReport,
  { machines, left }: { machines: Machines | null; left: number },
  context: ToolContext,
): EvidenceDraft[] {
  const { language } = context;
  const base = {
    kind: "count" as const,
    language,
    source: {
      label:
        report.basis === "work_orders" ? say(language, "작업지시", "work orders") : say(language, "비가동", "downtime"),
      store: report.basis,
      records: [],
      sample: machines?.sample ?? false,
    },
    trust: "record" as const,
    ...(machines?.one ? { equipmentId: machines.one.id } : {}),
    at: report.to,
  };
  if (!report.found)
    return [{ ...base, title: report.label, text: noFailures(report, context), data: { ...report, found: false } }];
  const cut =
    left > 0 &&
    say(language, `기록 ${left}건은 너무 많아 읽지 못했습니다.`, `${left} more records were too many to be read.`);
  return [
    { ...base, title: report.label, text: lines(reliabilityText(report, context), cut), data: report },
    ...(report.units.length > 1 ? [unitsEvidence(report, base, context)] : []),
    ...(report.causes.some(({ key }) => key !== "") ? [causesEvidence(report, base, context)] : []),
  ];
}

type Base = Omit<EvidenceDraft, "title" | "text">;

function noFailures(report: ReliabilityReport, { language }: ToolContext): string {
  const [only] = report.units;
  const atLeast = report.units.length === 1 ? only?.mtbfAtLeastHours : null;
  const what =
    report.basis === "work_orders"
      ? say(language, "사후정비 작업지시", "corrective work orders")
      : say(language, "비계획 정지", "unplanned stops");
  return lines(
    say(
      language,
      `${report.label}: 이 조건의 ${what} 기록이 없어 MTBF를 구할 수 없습니다.`,
      `${report.label}: there are no ${what} like that on record, so no MTBF can be given.`,
    ),
    atLeast
      ? say(
          language,
          `고장이 한 번도 없었다면 MTBF는 95% 확신으로 ${formatMinutes(atLeast * 60, "ko")} 이상입니다.`,
          `If none failed, MTBF is at least ${formatMinutes(atLeast * 60, "en")} with 95 % confidence.`,
        )
      : null,
  );
}

function unitsEvidence(report: ReliabilityReport, base: Base, { language }: ToolContext): EvidenceDraft {
  const bad = report.units.filter(({ badActor }) => badActor);
  const [most] = report.units;
  const head =
    bad.length > 0
      ? say(
          language,
          `고질 설비: ${bad.map((one) => `${one.equipmentId} (${one.failures}건)`).join(", ")}`,
          `Bad actors: ${bad.map((one) => `${one.equipmentId} (${one.failures} failures)`).join(", ")}`,
        )
      : say(
          language,
          `고장이 가장 많은 설비는 ${most?.equipmentId} (${most?.failures}건)이지만, 같은 종류 설비와의 차이가 우연을 넘는 것은 없습니다.`,
          `Most failures: ${most?.equipmentId} (${most?.failures}), but none differs from its sister machines beyond chance.`,
        );
  const shown = report.units.slice(0, mostUnits);
  return {
    ...base,
    title: say(language, `${report.label} · 설비별`, `${report.label} · by machine`),
    text: lines(head, ...bad.map((one) => `${one.equipmentId}: ${againstText(one, language)}`)),
    table: {
      columns:
        language === "ko"
          ? ["설비", "고장", "MTBF", "MTTR", "동종 대비"]
          : ["machine", "failures", "MTBF", "MTTR", "against sisters"],
      rows: shown.map((one) => [
        one.equipmentId,
        one.failures,
        one.mtbfHours ? hoursText(one.mtbfHours, language) : null,
        one.mttrHours ? hoursText(one.mttrHours, language) : null,
        one.againstSisters && Number.isFinite(one.againstSisters.ratio)
          ? `×${formatNumber(Number(one.againstSisters.ratio.toPrecision(3)))}`
          : null,
      ]),
      total: report.units.length,
    },
    data: { found: true, units: report.units },
  };
}

function causesEvidence(report: ReliabilityReport, base: Base, { language }: ToolContext): EvidenceDraft {
  const unnamed = say(language, "사유 없음", "no cause recorded");
  const name = (label: string): string => (label === "" ? unnamed : label);
  const shown = report.causes.slice(0, mostCauses);
  const percent = (share: number): string => `${formatNumber(Math.round(share * 1000) / 10)} %`;
  const top = shown.slice(0, 3).map((one) => `${name(one.label)} ${one.count} (${percent(one.share)})`);
  return {
    ...base,
    title: say(language, `${report.label} · 원인별`, `${report.label} · by cause`),
    text: say(language, `많은 순: ${top.join(", ")}`, `Most frequent: ${top.join(", ")}`),
    table: {
      columns: language === "ko" ? ["원인", "건수", "비율", "시간"] : ["cause", "count", "share", "time"],
      rows: shown.map((one) => [
        name(one.label),
        one.count,
        percent(one.share),
        one.minutes === null ? null : formatMinutes(one.minutes, language),
      ]),
      total: report.causes.length,
    },
    data: { found: true, causes: report.causes },
  };
}
