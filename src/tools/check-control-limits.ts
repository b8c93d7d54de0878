import { SunbaeError } from "../core/errors.ts";
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
    const refused: { name: string; error: SunbaeError }[] = [];
    for (const series of found.slice(0, mostCharts)) {
      const where = series.counted ? conditions.counted : conditions.measured;
      try {
        evidence.push(await chartSeries(series, where, input, span !== null, context));
      } catch (error) {
        if (!(error instanceof SunbaeError) || !["invalid_input", "not_found"].includes(error.code)) throw error;
        refused.push({ name: nameOf(series), error });
      }
    }
    // A chart that some of several series can't give must not hide those that can.
    if (refused[0] && evidence.length === 0) throw refused[0].error;
    if (refused.length > 0) evidence.push(left());
    const asked = [machines?.label, input.product, input.characteristic, input.lot, span?.label];
    if (evidence.length === 0)
      evidence.push(
        await nothingToChart(
          { machines, asked: asked.filter(Boolean).join(" · "), ofOtherKind: await otherKind() },
          context,
        ),
      );
    else if (found.length > mostCharts) evidence.push(more());
    const output = {
      found: found.length > 0,
      charts: evidence.filter((one) => one.kind === "chart").map((one) => one.data),
      total: found.length,
      ...(found.length === 0 ? { note: evidence[0]?.text ?? "" } : {}),
    };
    return { output, summary: evidence.map((one) => one.text.split("\n")[0] ?? "").join(" · "), evidence };

    /** What the records hold where the chart asked for is for records of the other kind. */
    async function otherKind(): Promise<"measured" | "counted" | null> {
      if (input.chart === undefined) return null;
      const kind = (attributeKinds as readonly string[]).includes(input.chart) ? "measured" : "counted";
      return (await seriesOf(kind)).length > 0 ? kind : null;
    }

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
      const names = found.slice(mostCharts).map(nameOf);
      const shown = names.slice(0, 10).join("; ");
      return others(
        names,
        say(
          language,
          `관리도 ${found.length}개 중 값이 많은 ${mostCharts}개를 보았습니다. 나머지: ${shown}`,
          `Took the ${mostCharts} with most values of ${found.length}. The others: ${shown}`,
        ),
      );
    }

    function left(): EvidenceDraft {
      const each = refused.map(({ name, error }) => `${name} (${error.message})`).join("; ");
      return others(
        refused.map(({ name }) => name),
        say(language, `그릴 수 없는 관리도: ${each}`, `Not charted: ${each}`),
      );
    }

    function others(names: string[], text: string): EvidenceDraft {
      return {
        kind: "inspection",
        title: say(language, "다른 특성", "Other characteristics"),
        text,
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

function nameOf({ characteristic, product, equipmentId }: Series): string {
  return [characteristic, product, equipmentId].filter((part) => part !== null).join(" · ");
}
