import { capability, type Capability } from "../../plant/analysis/capability.ts";
import { individualsChart, subgroupChart, type ControlChart } from "../../plant/analysis/control-chart.ts";
import { ruleLabels, type RuleSet } from "../../plant/analysis/control-rules.ts";
import { largestSubgroup } from "../../plant/analysis/range-constants.ts";
import type { Language } from "../../core/context.ts";
import type { Row } from "../../plant/records.ts";

// From inspection rows of one characteristic to its control chart. A chart's point is one value, or one subgroup.

export type ChartPoint = {
  index: number;
  at: string | null;
  /** The subgroup, or the inspection's id. */
  label: string;
  value: number;
  /** Range of the subgroup, or moving range; null for the first single value. */
  spread: number | null;
  /** Names of the rules that it breaks. */
  rules: string[];
};
export type InspectionChart = {
  chart: ControlChart;
  points: ChartPoint[];
  violations: { rule: string; label: string; indexes: number[] }[];
  lsl: number | null;
  usl: number | null;
  /** More than one pair of limits stands in the records: the newest is taken. */
  mixedLimits: boolean;
  capability: Capability | null;
  values: number;
  /** Values left out because their subgroup has another size than most. */
  leftOut: number;
  /** Points before the charted ones. */
  older: number;
};

type Item = { rows: Row[]; label: string; at: string | null };

export function chartInspections(
  rows: Row[],
  options: {
    rules: RuleSet | undefined;
    lsl?: number | undefined;
    usl?: number | undefined;
    most: number;
    language: Language;
  },
): InspectionChart {
  const sorted = rows.filter((row) => typeof row["value"] === "number").sort(inOrder);
  const { items, size, leftOut, older } = itemsOf(sorted, options.most);
  const values = items.map((item) => item.rows.map((row) => row["value"] as number));
  const chart = size > 1 ? subgroupChart(values, options.rules) : individualsChart(values.flat(), options.rules);
  const limits = limitsOf(items.flatMap((item) => item.rows));
  const lsl = options.lsl ?? limits.lsl;
  const usl = options.usl ?? limits.usl;
  const violations = chart.violations.map(({ rule, indexes }) => ({
    rule,
    label: ruleLabels[rule][options.language],
    indexes,
  }));
  const plain = values.flat();
  return {
    chart,
    points: chart.points.map((value, index) => ({
      index,
      at: items[index]?.at ?? null,
      label: items[index]?.label ?? String(index + 1),
      value,
      spread: chart.kind === "i_mr" ? (chart.spread.points[index - 1] ?? null) : (chart.spread.points[index] ?? null),
      rules: violations.filter((one) => one.indexes.includes(index)).map((one) => one.rule),
    })),
    violations,
    lsl,
    usl,
    mixedLimits: limits.mixed,
    capability:
      (lsl === null && usl === null) || (lsl !== null && usl !== null && lsl >= usl)
        ? null
        : capability(plain, { lsl, usl }, { sigmaWithin: chart.sigmaWithin, inControl: chart.inControl }),
    values: plain.length,
    leftOut,
    older,
  };
}

/** By time; what has none, or the same, by subgroup and number as people count. */
function inOrder(a: Row, b: Row): number {
  const time = (row: Row): number => (row["inspected_at"] instanceof Date ? row["inspected_at"].getTime() : 0);
  const natural = (field: string): number =>
    String(a[field] ?? "").localeCompare(String(b[field] ?? ""), "en", { numeric: true });
  return time(a) - time(b) || natural("subgroup") || natural("id");
}

/** The newest subgroups of the size that most have; single values where there are no subgroups of one size. */
function itemsOf(rows: Row[], most: number): { items: Item[]; size: number; leftOut: number; older: number } {
  const at = (row: Row | undefined): string | null =>
    row?.["inspected_at"] instanceof Date ? row["inspected_at"].toISOString() : null;
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = typeof row["subgroup"] === "string" ? row["subgroup"] : "";
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const sizes = new Map<number, number>();
  for (const group of groups.values()) sizes.set(group.length, (sizes.get(group.length) ?? 0) + 1);
  const [size = 1, many = 0] = [...sizes].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  if (groups.has("") || size < 2 || size > largestSubgroup || many < 2) {
    const items = rows.map((row) => ({ rows: [row], label: String(row["id"]), at: at(row) }));
    return { items: items.slice(-most), size: 1, leftOut: 0, older: Math.max(0, items.length - most) };
  }
  const whole = [...groups].filter(([, group]) => group.length === size);
  const kept = whole.slice(-most);
  // What was left out before the first charted subgroup is of no concern.
  const since = [...groups.keys()].indexOf(kept[0]?.[0] ?? "");
  const uneven = [...groups.values()].slice(since).filter((group) => group.length !== size);
  return {
    items: kept.map(([label, group]) => ({ rows: group, label, at: at(group[0]) })),
    size,
    leftOut: uneven.reduce((sum, group) => sum + group.length, 0),
    older: whole.length - kept.length,
  };
}

function limitsOf(rows: Row[]): { lsl: number | null; usl: number | null; mixed: boolean } {
  const number = (row: Row, field: string): number | null => (typeof row[field] === "number" ? row[field] : null);
  const pairs = rows
    .map((row) => ({ lsl: number(row, "lsl"), usl: number(row, "usl") }))
    .filter((pair) => pair.lsl !== null || pair.usl !== null);
  const last = pairs.at(-1) ?? { lsl: null, usl: null };
  return { ...last, mixed: new Set(pairs.map((pair) => `${pair.lsl}/${pair.usl}`)).size > 1 };
}
