import type { Language } from "../../core/context.ts";
import type { EvidenceDraft, EvidenceTable } from "../../core/evidence.ts";
import { formatDay, formatNumber } from "../../core/format/format.ts";
import { lines, say } from "../wording.ts";
import type { ToolContext } from "../tool.ts";
import type { LotView } from "./load-lots.ts";
import type { Trace, TracedRow, TraceReport } from "./trace-output.ts";

const told = 12;
const mostRows = 200;

export async function traceEvidence(report: TraceReport, context: ToolContext): Promise<EvidenceDraft[]> {
  const { language, mes } = context;
  const ids = report.roots.map(({ lotId }) => lotId).join(", ");
  const sample = (await context.directory.load()).all.some((one) => one.sample);
  const source = { label: say(language, "로트 계보", "lot genealogy"), store: "lot_links", sample };
  const recorded = report.found ? 1 : (await mes.coverage("lot_links")).rows;
  return report.traces.map((trace) => ({
    kind: "lot",
    title: `${ids} · ${title(trace.direction, language)}`,
    text: lines(
      headline(ids, trace, language),
      ...report.roots.map((root) => rootText(root, context)),
      ...facts(trace, language),
      trace.lots.length > 0 && lotsText(trace, language),
      trace.cut && say(language, "더 이어지지만 여기까지만 따라감", "it goes on; traced up to here only"),
      trace.cycles.length > 0 &&
        say(
          language,
          `기록 오류: 자기 자신으로 돌아오는 연결 ${trace.cycles
            .map(({ parent, child }) => `${parent} → ${child}`)
            .slice(0, 5)
            .join(", ")}`,
          `an error in the records, links that lead back: ${trace.cycles
            .map(({ parent, child }) => `${parent} → ${child}`)
            .slice(0, 5)
            .join(", ")}`,
        ),
      recorded === 0 && say(language, "로트 계보 기록이 전혀 없습니다.", "There is no genealogy on record at all."),
    ),
    language,
    source: { ...source, records: trace.lots.slice(0, mostRows).map(({ lotId }) => lotId) },
    trust: "record",
    table: table(trace, context),
    data: { found: trace.lots.length > 0, roots: report.roots, ...trace },
  }));
}

const title = (direction: Trace["direction"], language: Language): string =>
  direction === "forward"
    ? say(language, "어디에 들어갔나 (정추적)", "where it went (forward)")
    : say(language, "무엇이 들어갔나 (역추적)", "what went into it (back)");

function headline(ids: string, { direction, lots, steps }: Trace, language: Language): string {
  if (lots.length === 0)
    return direction === "forward"
      ? say(
          language,
          `${ids}: 다른 로트에 투입된 기록이 없습니다.`,
          `${ids}: not on record as having gone into any lot.`,
        )
      : say(language, `${ids}: 투입된 로트 기록이 없습니다.`, `${ids}: no lots that went into it are on record.`);
  return direction === "forward"
    ? say(
        language,
        `${ids}: 로트 ${lots.length}개에 들어감 (${steps}단계)`,
        `${ids}: went into ${lots.length} lots (${steps} ${steps === 1 ? "step" : "steps"})`,
      )
    : say(
        language,
        `${ids}: 로트 ${lots.length}개로 만들어짐 (${steps}단계)`,
        `${ids}: made from ${lots.length} lots (${steps} ${steps === 1 ? "step" : "steps"})`,
      );
}

function amount(quantity: number | null, unit: string | null): string {
  return quantity === null ? "" : `${formatNumber(quantity)}${unit ? ` ${unit}` : ""}`;
}

function quality({ bad, failed, inspections, status }: LotView, language: Language): string {
  const checks =
    inspections === 0
      ? ""
      : failed > 0
        ? say(language, `검사 불합격 ${failed}/${inspections}건`, `${failed} of ${inspections} inspections failed`)
        : say(language, `검사 ${inspections}건 합격`, `${inspections} inspections passed`);
  return [status ?? "", checks, bad ? say(language, "이상", "suspect") : ""].filter((one) => one !== "").join(", ");
}

function rootText(root: LotView, { language, ctx }: ToolContext): string {
  const about = [
    root.material,
    amount(root.quantity, root.unit),
    root.supplier,
    root.equipmentId,
    root.producedAt && formatDay(root.producedAt, ctx.timeZone),
    quality(root, language),
  ].filter((one) => one !== null && one !== "");
  return about.length === 0
    ? say(language, `${root.lotId}: 로트 기록 없음`, `${root.lotId}: no row of its own`)
    : `${root.lotId}: ${about.join(" · ")}`;
}

function facts(
  { direction, lots, orders, customers, suppliers, materials, ends, bad }: Trace,
  language: Language,
): string[] {
  if (lots.length === 0) return [];
  const names = (all: { name: string; lots: number }[]): string =>
    all
      .slice(0, told)
      .map(({ name, lots: n }) => `${name} ${n}`)
      .join(", ") + (all.length > told ? " …" : "");
  const suspect = lots.filter((lot) => lot.bad === true).slice(0, told);
  return [
    materials.length > 0
      ? say(
          language,
          `자재·제품별 로트 수: ${names(materials.map((one) => ({ name: one.material, lots: one.lots })))}`,
          `lots by material or product: ${names(materials.map((one) => ({ name: one.material, lots: one.lots })))}`,
        )
      : "",
    direction === "forward" && customers.length > 0
      ? say(
          language,
          `닿은 고객 ${customers.length}곳 (로트 수): ${names(customers.map((one) => ({ name: one.customer, lots: one.lots })))}`,
          `${customers.length} customers reached (lots): ${names(customers.map((one) => ({ name: one.customer, lots: one.lots })))}`,
        )
      : "",
    direction === "forward" && orders.length > 0
      ? say(
          language,
          `생산오더 ${orders.length}건, 더 이어지지 않는 최종 로트 ${ends.length}개`,
          `${orders.length} job orders, ${ends.length} lots at the end of the way`,
        )
      : "",
    direction === "back" && suppliers.length > 0
      ? say(
          language,
          `공급처 (로트 수): ${names(suppliers.map((one) => ({ name: one.supplier, lots: one.lots })))}`,
          `suppliers (lots): ${names(suppliers.map((one) => ({ name: one.supplier, lots: one.lots })))}`,
        )
      : "",
    bad > 0
      ? say(
          language,
          `이 중 상태·검사에 이상이 있는 로트 ${bad}개: ${suspect.map((lot) => `${lot.lotId} (${quality(lot, "ko")})`).join(" · ")}`,
          `${bad} of them are suspect by status or inspection: ${suspect.map((lot) => `${lot.lotId} (${quality(lot, "en")})`).join(" · ")}`,
        )
      : say(language, "이 중 상태·검사에 이상이 기록된 로트는 없음", "none of them is suspect by status or inspection"),
  ];
}

function lotsText({ lots }: Trace, language: Language): string {
  const shown = lots.slice(0, told).map((lot) => {
    const used = lot.via
      .map(({ lotId, quantity }) => lotId + (quantity === null ? "" : ` ${formatNumber(quantity)}`))
      .join(" + ");
    return say(
      language,
      `${lot.step}단계 ${lot.lotId}${lot.material ? ` ${lot.material}` : ""} (← ${used})`,
      `step ${lot.step} ${lot.lotId}${lot.material ? ` ${lot.material}` : ""} (← ${used})`,
    );
  });
  const more = lots.length - shown.length;
  return shown.join("\n") + (more > 0 ? `\n${say(language, `외 ${more}개는 표에`, `${more} more in the table`)}` : "");
}

function table({ lots }: Trace, { language, ctx }: ToolContext): EvidenceTable {
  const row = (lot: TracedRow): (string | number | null)[] => [
    lot.step,
    lot.lotId,
    lot.material,
    amount(lot.quantity, lot.unit),
    lot.via.map(({ lotId, quantity }) => lotId + (quantity === null ? "" : ` (${formatNumber(quantity)})`)).join(", "),
    quality(lot, language),
    lot.equipmentId,
    lot.jobOrderId,
    lot.customer ?? lot.supplier,
    lot.producedAt === null ? null : formatDay(lot.producedAt, ctx.timeZone),
  ];
  return {
    columns:
      language === "ko"
        ? ["단계", "로트", "자재·제품", "수량", "연결 로트", "품질", "설비", "오더", "고객·공급처", "생산일"]
        : [
            "step",
            "lot",
            "material",
            "quantity",
            "linked lot",
            "quality",
            "machine",
            "order",
            "customer or supplier",
            "produced",
          ],
    rows: lots.slice(0, mostRows).map(row),
    total: lots.length,
  };
}
