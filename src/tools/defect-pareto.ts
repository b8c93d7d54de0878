import { z } from "zod";
import type { EvidenceDraft } from "../core/evidence.ts";
import { formatDay, formatNumber } from "../core/format/format.ts";
import { pareto } from "../plant/analysis/pareto.ts";
import type { Condition } from "../plant/records.ts";
import { nameCondition } from "./arguments/codes.ts";
import { machinesArgument, machinesCondition, resolveMachines, type Machines } from "./arguments/equipment.ts";
import { periodFields, readPeriod, spanConditions, type Span } from "./arguments/period.ts";
import { lines, say } from "./wording.ts";
import { defineTool, type ToolContext } from "./tool.ts";

export type ParetoBar = {
  key: string;
  label: string;
  defects: number;
  share: number;
  cumulative: number;
  vital: boolean;
};
export type Pareto = {
  found: boolean;
  by: "defect" | "product" | "equipment" | "characteristic";
  totalDefects: number;
  /** Pieces inspected in all records of the span, where they are recorded. */
  inspected: number | null;
  bars: ParetoBar[];
};

const fields = {
  defect: "defect_code",
  product: "product",
  equipment: "equipment_id",
  characteristic: "characteristic",
} as const;

export const defectPareto = defineTool({
  name: "defect_pareto",
  title: { ko: "불량 파레토", en: "Defect Pareto" },
  description:
    "Which defects weigh most: defects by type (or product, machine), with share and cumulative share, for a machine, product and period. " +
    "Use it for “what are the main defects”, “which defect most”.",
  input: z.object({
    equipment: machinesArgument.optional(),
    ...periodFields,
    product: z.string().trim().min(1).optional().describe("Product, or a part of its name."),
    by: z
      .enum(["defect", "product", "equipment", "characteristic"])
      .optional()
      .describe("What the bars are; the type of defect unless told."),
  }),
  agents: ["quality", "planner"],
  async run(input, context) {
    const { mes, ctx } = context;
    const machines = input.equipment === undefined ? null : await resolveMachines(input.equipment, context);
    const span = readPeriod(input, context);
    const by = input.by ?? "defect";
    const where: Condition[] = [
      ...machinesCondition(machines),
      ...(await nameCondition("inspections", "product", input.product, context)),
      ...spanConditions("inspected_at", span),
    ];
    const base = { records: "inspections", timeZone: ctx.timeZone } as const;
    const [groups, pieces] = await Promise.all([
      mes.aggregate({
        ...base,
        where: [...where, { field: "defects", op: "gt", value: 0 }],
        measure: { kind: "sum", field: "defects" },
        groupBy: [{ field: fields[by] }],
        orderBy: "value",
        limit: 200,
      }),
      mes.aggregate({
        ...base,
        where: [...where, { field: "defects", op: "not_null" }],
        measure: { kind: "sum", field: "sample_size" },
      }),
    ]);
    const labels = new Map(
      (await mes.vocabulary("inspections", fields[by], 2000)).map((entry) => [entry.value, entry.label]),
    );
    const bars = toBars(
      groups.groups.map(({ key, value }) => ({ key: key[0] === null ? "" : String(key[0]), value: value ?? 0 })),
      labels,
      context,
    );
    const output: Pareto = {
      found: bars.length > 0,
      by,
      totalDefects: bars.reduce((sum, bar) => sum + bar.defects, 0),
      inspected: pieces.groups[0]?.value ?? null,
      bars,
    };
    const evidence = [await toEvidence(output, { machines, span, product: input.product }, context)];
    return { output, summary: evidence[0]?.text.split("\n")[0] ?? "", evidence };
  },
});

function toBars(
  groups: { key: string; value: number }[],
  labels: Map<string, string | null>,
  { language }: ToolContext,
): ParetoBar[] {
  return pareto(groups).map(({ key, value, share, cumulative, vital }) => {
    const label = labels.get(key);
    const name =
      key === "" ? say(language, "(유형 없음)", "(no type)") : label && label !== key ? `${key} ${label}` : key;
    return { key, label: name, defects: value, share, cumulative, vital };
  });
}

async function toEvidence(
  result: Pareto,
  asked: { machines: Machines | null; span: Span | null; product?: string | undefined },
  context: ToolContext,
): Promise<EvidenceDraft> {
  const { language } = context;
  const percent = (share: number): string => `${formatNumber(Math.round(share * 1000) / 10)}%`;
  const scope = [asked.machines?.label, asked.product, asked.span?.label].filter(Boolean).join(" · ");
  const ppm =
    result.inspected && result.inspected > 0 ? Math.round((result.totalDefects / result.inspected) * 1_000_000) : null;
  const rate =
    ppm === null
      ? ""
      : say(
          language,
          `, 검사 ${formatNumber(result.inspected ?? 0)}개 중 ${formatNumber(ppm)} ppm`,
          `, ${formatNumber(ppm)} ppm of ${formatNumber(result.inspected ?? 0)} inspected`,
        );
  const head = result.found
    ? say(
        language,
        `불량 ${formatNumber(result.totalDefects)}개${scope ? ` (${scope})` : ""}${rate}`,
        `${formatNumber(result.totalDefects)} defects${scope ? ` (${scope})` : ""}${rate}`,
      )
    : say(
        language,
        `불량 기록이 없습니다${scope ? ` (${scope})` : ""}.`,
        `No defects are on record${scope ? ` (${scope})` : ""}.`,
      );
  const top = result.bars
    .slice(0, 3)
    .map((bar) => `${bar.label} ${percent(bar.share)}`)
    .join(", ");
  const shown = result.bars.slice(0, 15);
  return {
    kind: "chart",
    title: say(language, "불량 파레토", "Defect Pareto"),
    text: lines(
      top === "" ? head : `${head} — ${top}`,
      ...shown.map((bar) =>
        say(
          language,
          `${bar.label}: ${formatNumber(bar.defects)}개, ${percent(bar.share)}, 누적 ${percent(bar.cumulative)}`,
          `${bar.label}: ${formatNumber(bar.defects)}, ${percent(bar.share)}, cumulative ${percent(bar.cumulative)}`,
        ),
      ),
      result.bars.length > shown.length &&
        say(
          language,
          `${result.bars.length}가지 중 ${shown.length}가지 표시`,
          `showing ${shown.length} of ${result.bars.length}`,
        ),
      !result.found && (await coverageText(asked.machines, context)),
    ),
    language,
    source: {
      label: say(language, "검사 기록", "inspections"),
      store: "inspections",
      records: [],
      sample: asked.machines?.sample ?? (await anySample(context)),
    },
    trust: "record",
    ...(asked.machines?.one ? { equipmentId: asked.machines.one.id } : {}),
    table: {
      columns: language === "ko" ? ["유형", "불량", "비율", "누적"] : ["type", "defects", "share", "cumulative"],
      rows: shown.map((bar) => [bar.label, bar.defects, percent(bar.share), percent(bar.cumulative)]),
      total: result.bars.length,
    },
    data: result,
  };
}

async function coverageText(machines: Machines | null, { mes, language, ctx }: ToolContext): Promise<string> {
  const { rows, from, to } = await mes.coverage("inspections", machines?.one?.id);
  if (rows === 0 || !from || !to) return say(language, "검사 기록이 없습니다.", "There are no inspections on record.");
  const [first, last] = [formatDay(from, ctx.timeZone), formatDay(to, ctx.timeZone)];
  return say(
    language,
    `검사 기록은 ${first}부터 ${last}까지 ${rows}건입니다.`,
    `On record: ${rows} inspections from ${first} to ${last}.`,
  );
}

/** Without a machine the rows may come from anywhere: marked as a sample as soon as the plant has one. */
async function anySample(context: ToolContext): Promise<boolean> {
  return (await context.directory.load()).all.some((one) => one.sample);
}
