import type { EvidenceDraft, EvidenceTable } from "../../core/evidence.ts";
import { formatNumber, formatSpan } from "../../core/format/format.ts";
import type { Machines } from "../arguments/equipment.ts";
import { say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { OeeComparison, OeeReport } from "./oee-output.ts";
import { changeText, minutes, oeeText, percent, points as pointsText } from "./oee-text.ts";

export function oeeEvidence(
  report: OeeReport,
  machines: Machines | null,
  ids: string[],
  context: ToolContext,
): EvidenceDraft {
  const { language } = context;
  const scope = `${report.label} (${spanText(report, context)})`;
  return {
    ...frame(report, machines, context),
    title: `${report.label} · OEE`,
    text: oeeText(report, scope, language),
    source: {
      label: say(language, "생산오더와 비가동 기록", "job orders and downtime"),
      store: "job_orders",
      records: ids,
    },
    table: oeeTable(report, context),
    data: report,
  };
}

export function changeEvidence(
  report: OeeReport,
  change: OeeComparison,
  machines: Machines | null,
  context: ToolContext,
): EvidenceDraft {
  const { language } = context;
  const spans = { before: spanText(change, context), after: spanText(report, context) };
  const text = report.total ? changeText(change, report.total, spans, language) : "";
  return {
    ...frame(report, machines, context),
    title: say(language, `${report.label} · OEE 변화`, `${report.label} · change of OEE`),
    text: `${report.label}: ${text}`,
    source: {
      label: say(language, "생산오더와 비가동 기록", "job orders and downtime"),
      store: "downtimes",
      records: [],
    },
    table: {
      columns:
        language === "ko" ? ["정지 사유", "이전", "이번", "가용률 영향"] : ["reason", "before", "after", "effect"],
      rows: change.reasons
        .slice(0, 15)
        .map(({ reason, before, after, points }) => [
          reason,
          minutes(before, language),
          minutes(after, language),
          pointsText(points, language),
        ]),
      total: change.reasons.length,
    },
    data: { found: true, label: report.label, from: report.from, to: report.to, after: report.total, change },
  };
}

function frame(report: OeeReport, machines: Machines | null, { language }: ToolContext) {
  return {
    kind: "chart" as const,
    language,
    trust: "record" as const,
    at: report.to,
    ...(machines?.one ? { equipmentId: machines.one.id } : {}),
  };
}

function spanText({ from, to }: { from: string; to: string }, { ctx, language }: ToolContext): string {
  return formatSpan(from, to, ctx.timeZone, language);
}

function oeeTable({ rows, by }: OeeReport, { language }: ToolContext): EvidenceTable {
  const key = { machine: ["설비", "machine"], day: ["날짜", "day"], week: ["주", "week"], month: ["월", "month"] }[by];
  return {
    columns:
      language === "ko"
        ? [key[0] ?? "", "OEE", "가용률", "성능", "양품률", "PBT(분)", "가용 손실", "성능 손실", "품질 손실"]
        : [
            key[1] ?? "",
            "OEE",
            "availability",
            "performance",
            "quality",
            "PBT (min)",
            "availability loss",
            "performance loss",
            "quality loss",
          ],
    rows: rows.map((row) => [
      row.label,
      ...[row.oee, row.availability, row.performance, row.quality].map(percent),
      ...[row.plannedBusyMinutes, row.losses.availability, row.losses.performance, row.losses.quality].map((value) =>
        value === null ? "–" : formatNumber(Math.round(value * 10) / 10),
      ),
    ]),
    total: rows.length,
  };
}
