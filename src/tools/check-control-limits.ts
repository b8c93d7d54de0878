import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { formatDay } from "../core/format/format.ts";
import type { Condition } from "../plant/records.ts";
import { nameCondition } from "./arguments/codes.ts";
import { machinesArgument, machinesCondition, resolveMachines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, spanConditions } from "./arguments/period.ts";
import { chartInspections, type InspectionChart } from "./control/chart-inspections.ts";
import { chartText, precisely } from "./control/chart-text.ts";
import { equipmentTitle, lines, say } from "./wording.ts";
import { defineTool } from "./tool.ts";

export type ControlCheck = InspectionChart & {
  found: true;
  equipmentId: string | null;
  product: string | null;
  characteristic: string | null;
  unit: string | null;
};

const newest = 2000;
/** Without a period the present is judged: so many points, twice what limits need. */
const presentPoints = 50;
const mostCharts = 4;

export const checkControlLimits = defineTool({
  name: "check_control_limits",
  title: { ko: "관리도 점검", en: "Check control limits" },
  description:
    "Control chart of measured characteristics of a machine or product: X̄-R for subgroups, I-MR for single values, with limits, broken rules by name, and Cp, Cpk, Pp, Ppk where there are specification limits. " +
    "Use it for “is it in control”, “is the process stable”, “what is Cpk”. One chart for each characteristic, product and machine that fits.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    product: z.string().trim().min(1).optional().describe("Product, or a part of its name."),
    characteristic: z.string().trim().min(1).optional().describe("What was measured, or a part of its name."),
    lsl: z.coerce
      .number()
      .optional()
      .describe("Lower specification limit, where the asker gives one; else that of the records."),
    usl: z.coerce
      .number()
      .optional()
      .describe("Upper specification limit, where the asker gives one; else that of the records."),
    rules: z.enum(["nelson", "western_electric"]).optional().describe("Rule set; nelson unless told."),
  }),
  agents: ["quality"],
  async run(input, context) {
    const { mes, ctx, language } = context;
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const span = readPeriod(input, context);
    const scope: Condition[] = [
      ...machinesCondition(machines),
      ...(await nameCondition("inspections", "product", input.product, context)),
      ...(await nameCondition("inspections", "characteristic", input.characteristic, context)),
      ...spanConditions("inspected_at", span),
    ];
    const measured: Condition[] = [...scope, { field: "value", op: "not_null" }];
    const keys = ["characteristic", "product", "equipment_id"];
    const { groups } = await mes.aggregate({
      records: "inspections",
      where: measured,
      timeZone: ctx.timeZone,
      measure: { kind: "count" },
      groupBy: keys.map((field) => ({ field })),
      orderBy: "value",
      limit: 200,
    });
    const charted = groups.filter((group) => (group.value ?? 0) >= 2);
    const directory = await context.directory.load();
    const evidence: EvidenceDraft[] = [];
    for (const group of charted.slice(0, mostCharts))
      evidence.push(await chartOf(group.key.map((key) => (key === null ? null : String(key)))));
    const asked = [machines?.label, input.product, input.characteristic, span?.label].filter(Boolean).join(" · ");
    if (evidence.length === 0) evidence.push(await nothing());
    else if (charted.length > mostCharts) evidence.push(more());
    const output = {
      found: charted.length > 0,
      charts: evidence.filter((one) => one.kind === "chart").map((one) => one.data),
      total: charted.length,
    };
    return { output, summary: evidence.map((one) => one.text.split("\n")[0] ?? "").join(" · "), evidence };

    async function chartOf([characteristic = null, product = null, equipmentId = null]: (
      | string
      | null
    )[]): Promise<EvidenceDraft> {
      const own = keys.map((field, index): Condition => {
        const value = [characteristic, product, equipmentId][index] ?? null;
        return value === null ? { field, op: "is_null" } : { field, op: "eq", value };
      });
      const { rows, total } = await mes.list({
        records: "inspections",
        where: [...measured, ...own],
        orderBy: [{ field: "inspected_at", direction: "desc" }],
        limit: newest,
        timeZone: ctx.timeZone,
      });
      const unit = typeof rows[0]?.["unit"] === "string" ? rows[0]["unit"] : null;
      const result = chartInspections(rows, {
        rules: input.rules,
        lsl: input.lsl,
        usl: input.usl,
        most: span ? newest : presentPoints,
        language,
      });
      const machine = equipmentId === null ? undefined : directory.byId.get(equipmentId);
      const subject = [machine ? equipmentTitle(machine, language) : equipmentId, product, characteristic]
        .filter(Boolean)
        .join(" · ");
      const older = result.older > 0 || total > rows.length;
      const cut = older
        ? say(
            language,
            `측정값 ${total}개 중 가장 최근 ${result.values}개로 계산했습니다.`,
            `Computed from the newest ${result.values} of ${total} values.`,
          )
        : null;
      const figure = precisely(result.chart.sigmaWithin, null);
      const data: ControlCheck = { found: true, equipmentId, product, characteristic, unit, ...result };
      return {
        kind: "chart",
        title: subject,
        text: chartText(result, subject, unit, { language, timeZone: ctx.timeZone, cut }),
        language,
        source: {
          label: say(language, "검사 기록", "inspections"),
          store: "inspections",
          records: rows.slice(0, 100).map((row) => String(row["id"])),
          sample: machine?.sample ?? false,
        },
        trust: "record",
        ...(equipmentId === null ? {} : { equipmentId }),
        ...(result.points.at(-1)?.at ? { at: result.points.at(-1)?.at ?? "" } : {}),
        table: {
          columns: language === "ko" ? ["점", "값", "산포", "위반"] : ["point", "value", "spread", "violations"],
          rows: result.points
            .slice(-30)
            .map((point) => [
              point.label,
              figure(point.value),
              point.spread === null ? null : figure(point.spread),
              point.rules.join(", "),
            ]),
          total: result.points.length,
        },
        data,
      };
    }

    function more(): EvidenceDraft {
      const names = charted.slice(mostCharts).map((group) => group.key.filter((key) => key !== null).join(" · "));
      return {
        kind: "inspection",
        title: say(language, "다른 특성", "Other characteristics"),
        text: say(
          language,
          `관리도 ${charted.length}개 중 값이 많은 ${mostCharts}개를 계산했습니다. 나머지: ${names.slice(0, 10).join("; ")}`,
          `Charted the ${mostCharts} with most values of ${charted.length}. The others: ${names.slice(0, 10).join("; ")}`,
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

    async function nothing(): Promise<EvidenceDraft> {
      const [counted, coverage, known] = await Promise.all([
        mes.aggregate({
          records: "inspections",
          where: [...scope, { field: "defects", op: "not_null" }],
          timeZone: ctx.timeZone,
          measure: { kind: "count" },
        }),
        mes.coverage("inspections", machines?.one?.id),
        mes.aggregate({
          records: "inspections",
          where: [...machinesCondition(machines), { field: "value", op: "not_null" }],
          timeZone: ctx.timeZone,
          measure: { kind: "count" },
          groupBy: [{ field: "characteristic" }],
          limit: 20,
        }),
      ]);
      const names = known.groups.flatMap((group) => (group.key[0] === null ? [] : [String(group.key[0])]));
      const attributes = counted.groups[0]?.value ?? 0;
      return {
        kind: "inspection",
        title: say(language, "측정값 없음", "No measurements"),
        text: lines(
          say(
            language,
            `관리도를 그릴 측정값이 없습니다${asked ? ` (${asked})` : ""}.`,
            `There are no measurements to chart${asked ? ` (${asked})` : ""}.`,
          ),
          attributes > 0 &&
            say(
              language,
              `불량 수 기록은 ${attributes}건 있습니다. 계수형 관리도(p, np, c, u)는 아직 계산하지 않습니다.`,
              `There are ${attributes} defect counts; attribute charts (p, np, c, u) are not computed yet.`,
            ),
          coverage.from &&
            coverage.to &&
            say(
              language,
              `검사 기록은 ${formatDay(coverage.from, ctx.timeZone)}부터 ${formatDay(coverage.to, ctx.timeZone)}까지 ${coverage.rows}건입니다.`,
              `On record: ${coverage.rows} inspections from ${formatDay(coverage.from, ctx.timeZone)} to ${formatDay(coverage.to, ctx.timeZone)}.`,
            ),
          names.length > 0 &&
            say(language, `있는 특성: ${names.join(", ")}`, `Characteristics on record: ${names.join(", ")}`),
        ),
        language,
        source: {
          label: say(language, "검사 기록", "inspections"),
          store: "inspections",
          records: [],
          sample: machines?.sample ?? false,
        },
        trust: "record",
        ...(machines?.one ? { equipmentId: machines.one.id } : {}),
        data: { found: false, attributes, characteristics: names },
      };
    }
  },
});
