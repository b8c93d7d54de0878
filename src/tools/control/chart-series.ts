import type { EvidenceDraft } from "../../core/evidence.ts";
import type { Condition, Row } from "../../plant/records.ts";
import type { ToolContext } from "../tool.ts";
import { equipmentTitle, say } from "../wording.ts";
import type { ChartInput } from "./chart-input.ts";
import { chartOutput, type ChartOutput } from "./chart-output.ts";
import { countedPoints, measuredPoints } from "./chart-points.ts";
import { chartText } from "./chart-text.ts";
import { choosePhases } from "./choose-phases.ts";
import { countedKind, measuredKind } from "./choose-chart.ts";
import { computeCounted, computeMeasured, isAttribute, type ComputedChart } from "./compute-chart.ts";
import { precisely } from "./words.ts";

/** Records of one characteristic of one product and machine, of one kind. */
export type Series = {
  counted: boolean;
  characteristic: string | null;
  product: string | null;
  equipmentId: string | null;
};
export type ControlCheck = Omit<Series, "counted"> & { found: true; unit: string | null } & ChartOutput;

export const seriesKeys = ["characteristic", "product", "equipment_id"];
const newest = 5000;
/** Where neither period nor phase is asked for and there are many points, the present is judged: twice what limits need. */
const presentPoints = 50;
const wholeUpTo = 100;

/** The chart of one series as evidence; rejects where the chart asked for can't be made of it. */
export async function chartSeries(
  series: Series,
  where: Condition[],
  input: ChartInput,
  spanAsked: boolean,
  context: ToolContext,
): Promise<EvidenceDraft> {
  const { mes, ctx, language } = context;
  const own = [series.characteristic, series.product, series.equipmentId].map((value, index): Condition => {
    const field = seriesKeys[index] ?? "";
    return value === null ? { field, op: "is_null" } : { field, op: "eq", value };
  });
  const { rows, total } = await mes.list({
    records: "inspections",
    where: [...where, ...own],
    orderBy: [{ field: "inspected_at", direction: "desc" }],
    limit: newest,
    timeZone: ctx.timeZone,
  });
  const asked = spanAsked || input.lot !== undefined || input.phase_one !== undefined || input.exclude !== undefined;
  const { computed, points, phases, leftOut, older } = chartRows(rows, series.counted, input, asked, context);
  const output = chartOutput(points, computed, phases, language);
  const directory = await context.directory.load();
  const machine = series.equipmentId === null ? undefined : directory.byId.get(series.equipmentId);
  const subject = [
    machine ? equipmentTitle(machine, language) : series.equipmentId,
    series.product,
    series.characteristic,
  ]
    .filter(Boolean)
    .join(" · ");
  const unit = typeof rows[0]?.["unit"] === "string" ? rows[0]["unit"] : null;
  const figure = precisely(output, null);
  const { counted: _, ...named } = series;
  const data: ControlCheck = { found: true, ...named, unit, ...output };
  const cut =
    older > 0 || total > rows.length
      ? say(
          language,
          `점이 더 있어 가장 최근 ${output.total}점만 보았습니다. 모두 보려면 기간을 말하세요.`,
          `There are more points: the newest ${output.total} are charted. Name a period to see others.`,
        )
      : null;
  return {
    kind: "chart",
    title: subject,
    text: chartText(output, subject, { language, timeZone: ctx.timeZone, unit, leftOut, cut }),
    language,
    source: {
      label: say(language, "검사 기록", "inspections"),
      store: "inspections",
      records: rows.slice(0, 100).map((row) => String(row["id"])),
      sample: machine?.sample ?? false,
    },
    trust: "record",
    ...(series.equipmentId === null ? {} : { equipmentId: series.equipmentId }),
    ...(output.points.at(-1)?.at ? { at: output.points.at(-1)?.at ?? "" } : {}),
    table: {
      columns: language === "ko" ? ["점", "값", "산포", "위반"] : ["point", "value", "spread", "violations"],
      rows: output.points
        .slice(-30)
        .map(({ name, value, spread, rules }) => [
          name,
          value === null ? null : figure(value),
          spread === null ? null : figure(spread),
          rules.join(", "),
        ]),
      total: output.total,
    },
    data,
  };
}

function chartRows(rows: Row[], counted: boolean, input: ChartInput, asked: boolean, context: ToolContext) {
  const kind = input.chart;
  if (counted) {
    const { points: all, leftOut } = countedPoints(rows);
    const points = present(all, asked);
    const phases = choosePhases(points, input, context);
    const chosen = kind ?? countedKind(points);
    const attribute = isAttribute(chosen) ? chosen : "p";
    const computed: ComputedChart = computeCounted(points, attribute, phases, input);
    return { computed, points, phases, leftOut, older: all.length - points.length };
  }
  const { points: all, leftOut } = measuredPoints(rows, kind === "i_mr");
  const points = present(all, asked);
  const phases = choosePhases(points, input, context);
  const chosen = kind ?? measuredKind(points);
  const computed = computeMeasured(points, isAttribute(chosen) ? "i_mr" : chosen, phases, input);
  return { computed, points, phases, leftOut, older: all.length - points.length };
}

/** All points where that is asked for, where none has a time, or where they are few enough; else the newest. */
function present<Point extends { at: Date | null }>(all: Point[], asked: boolean): Point[] {
  const whole = asked || all.length <= wholeUpTo || all.every((point) => point.at === null);
  return whole ? all : all.slice(-presentPoints);
}
