import type { EvidenceDraft } from "../core/evidence.ts";
import type { Condition } from "../plant/records.ts";
import { codeCondition, nameCondition } from "./arguments/codes.ts";
import { machinesCondition, resolveMachines } from "./arguments/equipment.ts";
import { readPeriod, spanConditions } from "./arguments/period.ts";
import { attributeKinds, chartInput } from "./control/chart-input.ts";
import { chartSeries, seriesKeys, type Series } from "./control/chart-series.ts";
import { nothingToChart } from "./control/nothing-to-chart.ts";
import { say } from "./wording.ts";
import { defineTool } from "./tool.ts";

const mostCharts = 4;

export const checkControlLimits = defineTool({
  name: "check_control_limits",
  title: { ko: "관리도 점검", en: "Check control limits" },
  description:
    "Control chart of what was inspected on a machine or product: X̄-R, X̄-S, I-MR of measurements, p, np, c, u of defect counts, EWMA and CUSUM for small shifts; limits, broken rules by name with their points, and Cp, Cpk, Cpm, Pp, Ppk with intervals where there are specification limits. " +
    "Use it for “is it in control”, “is the process stable”, “what is Cpk”. One chart for each characteristic, product and machine that fits.",
  input: chartInput,
  agents: ["quality"],
  async run(input, context) {
    const { mes, ctx, language } = context;
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const span = readPeriod(input, context);
    const scope: Condition[] = [
      ...machinesCondition(machines),
      ...(await nameCondition("inspections", "product", input.product, context)),
      ...(await nameCondition("inspections", "characteristic", input.characteristic, context)),
      ...(await codeCondition("inspections", "lot_id", input.lot, context)),
      ...spanConditions("inspected_at", span),
    ];
    const conditions = {
      measured: [...scope, { field: "value", op: "not_null" }] as Condition[],
      counted: [...scope, { field: "defects", op: "not_null" }] as Condition[],
    };
    const found = await seriesAskedFor();
    const evidence: EvidenceDraft[] = [];
    for (const series of found.slice(0, mostCharts)) {
      const where = series.counted ? conditions.counted : conditions.measured;
      evidence.push(await chartSeries(series, where, input, span !== null, context));
    }
    const asked = [machines?.label, input.product, input.characteristic, input.lot, span?.label];
    if (evidence.length === 0)
      evidence.push(await nothingToChart(machines, asked.filter(Boolean).join(" · "), context));
    else if (found.length > mostCharts) evidence.push(more());
    const output = {
      found: found.length > 0,
      charts: evidence.filter((one) => one.kind === "chart").map((one) => one.data),
      total: found.length,
    };
    return { output, summary: evidence.map((one) => one.text.split("\n")[0] ?? "").join(" · "), evidence };

    /** Measured characteristics first, then those that are only counted; by the chart's kind where one is asked for. */
    async function seriesAskedFor(): Promise<Series[]> {
      const counts = (attributeKinds as readonly string[]).includes(input.chart ?? "");
      const measured = counts ? [] : await seriesOf("measured");
      if (input.chart !== undefined && !counts) return measured;
      const known = new Set(measured.map((one) => JSON.stringify({ ...one, counted: true })));
      return [...measured, ...(await seriesOf("counted")).filter((one) => !known.has(JSON.stringify(one)))];
    }

    async function seriesOf(kind: "measured" | "counted"): Promise<Series[]> {
      const { groups } = await mes.aggregate({
        records: "inspections",
        where: conditions[kind],
        timeZone: ctx.timeZone,
        measure: { kind: "count" },
        groupBy: seriesKeys.map((field) => ({ field })),
        orderBy: "value",
        limit: 200,
      });
      return groups
        .filter((group) => (group.value ?? 0) >= 2)
        .map(({ key }) => {
          const [characteristic = null, product = null, equipmentId = null] = key.map((one) =>
            one === null ? null : String(one),
          );
          return { counted: kind === "counted", characteristic, product, equipmentId };
        });
    }

    function more(): EvidenceDraft {
      const names = found
        .slice(mostCharts)
        .map((one) => [one.characteristic, one.product, one.equipmentId].filter((part) => part !== null).join(" · "));
      const shown = names.slice(0, 10).join("; ");
      return {
        kind: "inspection",
        title: say(language, "다른 특성", "Other characteristics"),
        text: say(
          language,
          `관리도 ${found.length}개 중 값이 많은 ${mostCharts}개를 계산했습니다. 나머지: ${shown}`,
          `Charted the ${mostCharts} with most values of ${found.length}. The others: ${shown}`,
        ),
        language,
        source: {
          label: say(language, "검사 기록", "inspections"),
          store: "inspections",
          records: [],
          sample: machines?.sample ?? false,
        },
        trust: "record",
        data: { others: names },
      };
    }
  },
});
