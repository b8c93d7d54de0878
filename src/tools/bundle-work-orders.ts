import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { formatDay, formatNumber } from "../core/format/format.ts";
import { bundleByGap } from "../plant/analysis/operations/bundle-by-gap.ts";
import type { Row } from "../plant/records.ts";
import { readPeriod } from "./arguments/period.ts";
import { equipmentTitle, lines, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";
import { workOrderConditions, workOrderFilter } from "./work-orders-filter.ts";

const mostRows = 5_000;
const shownBundles = 12;
const defaultGapDays = 14;

type Order = { id: string; equipmentId: string; at: Date; code: string; codeText: string };
/** Work orders of one machine that lie so close together that one visit could have done them. */
export type WorkOrderBundle = {
  equipmentId: string;
  from: string;
  to: string;
  count: number;
  ids: string[];
  codes: { code: string; description: string; count: number }[];
};
export type WorkOrderBundles = {
  found: boolean;
  gapDays: number;
  total: number;
  bundles: WorkOrderBundle[];
  /** Work orders with no neighbour within the gap. */
  single: number;
  /** False where there were more rows than are read. */
  complete: boolean;
};

export const bundleWorkOrders = defineTool({
  name: "bundle_work_orders",
  title: { ko: "작업지시 묶기", en: "Bundle work orders" },
  description:
    "Bundles work orders of a machine that follow each other within some days (14 unless told) and so could be done in one visit: size, dates, codes and numbers of each bundle. " +
    "Use it for “bundle”, “group together”, “what could be combined”. For counts use count_work_orders.",
  input: z.object({
    ...workOrderFilter,
    max_gap_days: z.coerce
      .number()
      .min(0)
      .max(366)
      .optional()
      .describe("Most days between neighbours of one bundle; 14 unless told."),
  }),
  agents: ["planner", "maintenance"],
  async run(input, context) {
    const { where, timeField } = await workOrderConditions(input, context);
    const gapDays = input.max_gap_days ?? defaultGapDays;
    const { rows, total } = await context.mes.list({
      records: "work_orders",
      where: [...where, { field: timeField, op: "not_null" }],
      orderBy: [{ field: timeField, direction: "asc" }],
      limit: mostRows,
      timeZone: context.ctx.timeZone,
    });
    const orders = rows.map((row) => toOrder(row, timeField)).filter((order) => order !== null);
    const all = [...Map.groupBy(orders, (order) => order.equipmentId)].flatMap(([equipmentId, own]) =>
      bundleByGap(own, gapDays).map((bundle) => ({ ...bundle, equipmentId })),
    );
    const several = all
      .filter((bundle) => bundle.items.length > 1)
      .sort((a, b) => b.items.length - a.items.length || a.from.getTime() - b.from.getTime());
    const output: WorkOrderBundles = {
      found: orders.length > 0,
      gapDays,
      total,
      bundles: several.map(({ equipmentId, from, to, items }) => ({
        equipmentId,
        from: from.toISOString(),
        to: to.toISOString(),
        count: items.length,
        ids: items.map((order) => order.id),
        codes: codesOf(items),
      })),
      single: all.length - several.length,
      complete: total <= rows.length,
    };
    const evidence = [await toEvidence(output, input.preventive, readPeriod(input, context)?.label, rows, context)];
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

function toOrder(row: Row, timeField: string): Order | null {
  const at = row[timeField];
  if (!(at instanceof Date)) return null;
  const text = (field: string): string => String(row[field] ?? "");
  return {
    id: text("id"),
    equipmentId: text("equipment_id"),
    at,
    code: text("primary_code"),
    codeText: text("primary_code_description"),
  };
}

function codesOf(orders: Order[]): WorkOrderBundle["codes"] {
  return [...Map.groupBy(orders, (order) => order.code)]
    .map(([code, own]) => ({ code, description: own[0]?.codeText ?? "", count: own.length }))
    .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}

async function toEvidence(
  result: WorkOrderBundles,
  preventive: boolean | undefined,
  period: string | undefined,
  rows: Row[],
  context: ToolContext,
): Promise<EvidenceDraft> {
  const { language, ctx } = context;
  const directory = await context.directory.load();
  const machines = [...new Set(rows.map((row) => String(row["equipment_id"] ?? "")))];
  const title = (id: string): string => {
    const found = directory.byId.get(id);
    return found ? equipmentTitle(found, language) : id;
  };
  const kind = {
    ko: preventive === undefined ? "작업지시" : preventive ? "예방정비 작업지시" : "사후정비 작업지시",
    en: preventive === undefined ? "work orders" : preventive ? "preventive work orders" : "corrective work orders",
  };
  const scope = [machines.length === 1 ? title(machines[0] ?? "") : "", period ?? ""].filter(Boolean).join(" · ");
  const over = scope === "" ? "" : ` (${scope})`;
  const sizes = result.bundles.map((bundle) => bundle.count).join(", ");
  const { gapDays, total, single, bundles } = result;
  const head = !result.found
    ? say(language, `묶을 ${kind.ko}가 없습니다${over}.`, `There are no ${kind.en} to bundle${over}.`)
    : bundles.length === 0
      ? say(
          language,
          `${kind.ko} ${formatNumber(total)}건${over}: 간격 ${gapDays}일 이내인 것이 없어 묶을 수 없습니다.`,
          `${formatNumber(total)} ${kind.en}${over}: none lie within ${gapDays} days of each other, so there is nothing to bundle.`,
        )
      : say(
          language,
          `${kind.ko} ${formatNumber(total)}건${over}: 앞 작업과 ${gapDays}일 이내로 이어지는 묶음 ${bundles.length}개 (${sizes}건), 따로 남는 작업 ${single}건`,
          `${formatNumber(total)} ${kind.en}${over}: ${bundles.length} bundle${bundles.length === 1 ? "" : "s"} with at most ${gapDays} days between neighbours (${sizes}), ${single} left alone`,
        );
  const shown = bundles.slice(0, shownBundles);
  const bundleText = (bundle: WorkOrderBundle, index: number): string => {
    const codes = bundle.codes
      .slice(0, 4)
      .map(({ code, description, count }) => `${[code, description].filter(Boolean).join(" ") || "–"} ×${count}`)
      .join(", ");
    const name = machines.length > 1 ? `${title(bundle.equipmentId)}, ` : "";
    const span = `${formatDay(new Date(bundle.from), ctx.timeZone)} – ${formatDay(new Date(bundle.to), ctx.timeZone)}`;
    const ids = bundle.ids.length > 20 ? [...bundle.ids.slice(0, 20), "…"] : bundle.ids;
    return say(
      language,
      `묶음 ${index + 1}: ${name}${span}, ${bundle.count}건 — ${codes} (${ids.join(", ")})`,
      `bundle ${index + 1}: ${name}${span}, ${bundle.count} work orders — ${codes} (${ids.join(", ")})`,
    );
  };
  return {
    kind: "count",
    title: say(language, "작업지시 묶음", "Bundles of work orders"),
    text: lines(
      head,
      ...shown.map(bundleText),
      bundles.length > shown.length &&
        say(
          language,
          `묶음 ${bundles.length}개 중 ${shown.length}개 표시`,
          `showing ${shown.length} of ${bundles.length}`,
        ),
      !result.complete &&
        say(
          language,
          `작업지시가 많아 앞의 ${formatNumber(rows.length)}건만 보았습니다. 기간을 줄여 보세요.`,
          `Only the first ${formatNumber(rows.length)} were read; take a shorter period.`,
        ),
    ),
    language,
    source: {
      label: say(language, "작업지시", "work orders"),
      store: "work_orders",
      records: shown.flatMap((bundle) => bundle.ids),
      sample: machines.some((id) => directory.byId.get(id)?.sample === true),
    },
    trust: "record",
    ...(machines.length === 1 && machines[0] ? { equipmentId: machines[0] } : {}),
    data: result,
  };
}
