import type { Language } from "../../../core/context.ts";
import type { Plot, PointUse, RuleName, RuleSet, SignalName, Violation } from "./control-chart.ts";

// Tests for special causes on a control chart. Sources: L. S. Nelson, "The Shewhart control chart: tests for special
// causes", Journal of Quality Technology 16 (1984) 237–239; Western Electric, "Statistical Quality Control Handbook"
// (1956) 25–28. A point on the centre line is on neither side, one on a zone's border is inside it. A window of "k of n"
// needs its n points, and its last point must be one of the k; so the indices are those of qcc 3.0.

/** `length`: the points looked at together, as distances from the centre in sigmas and as they are plotted. */
type Test = {
  rule: RuleName;
  length: number;
  holds: (z: number[], plotted: number[]) => boolean;
  label: Record<Language, string>;
};

const sameSide = (z: number[]) => z.every((value) => value > 0) || z.every((value) => value < 0);
const rising = (z: number[]) => z.every((value, index) => index === 0 || value > (z[index - 1] ?? 0));
const alternating = (z: number[]) =>
  z.every((value, index) => {
    if (index < 2) return value !== z[1 - index];
    const [before, last] = [z[index - 2] ?? 0, z[index - 1] ?? 0];
    return (value - last) * (last - before) < 0;
  });

/** At least `most` of the points beyond `limit` sigma on one side, the last of them among these. */
function beyond(most: number, limit: number): (z: number[]) => boolean {
  return (z) => {
    const side = Math.sign(z.at(-1) ?? 0);
    const outside = (value: number) => value * side > limit;
    return outside(z.at(-1) ?? 0) && z.filter(outside).length >= most;
  };
}

const beyondThree: Omit<Test, "rule"> = {
  length: 1,
  holds: beyond(1, 3),
  label: { ko: "한 점이 3시그마 밖", en: "one point beyond 3 sigma" },
};
const twoOfThree: Omit<Test, "rule"> = {
  length: 3,
  holds: beyond(2, 2),
  label: { ko: "연속 3점 중 2점이 같은 쪽 2시그마 밖", en: "two of three points beyond 2 sigma on one side" },
};
const fourOfFive: Omit<Test, "rule"> = {
  length: 5,
  holds: beyond(4, 1),
  label: { ko: "연속 5점 중 4점이 같은 쪽 1시그마 밖", en: "four of five points beyond 1 sigma on one side" },
};

const tests: Record<RuleSet, Test[]> = {
  nelson: [
    { rule: "nelson_1", ...beyondThree },
    {
      rule: "nelson_2",
      length: 9,
      holds: sameSide,
      label: { ko: "연속 9점이 중심선의 같은 쪽", en: "nine points in a row on one side of the centre" },
    },
    {
      rule: "nelson_3",
      length: 6,
      holds: (_, plotted) => rising(plotted) || rising(plotted.map((value) => -value)),
      label: { ko: "연속 6점이 계속 증가 또는 감소", en: "six points in a row rising or falling" },
    },
    {
      rule: "nelson_4",
      length: 14,
      holds: (_, plotted) => alternating(plotted),
      label: { ko: "연속 14점이 번갈아 오르내림", en: "fourteen points in a row alternating up and down" },
    },
    { rule: "nelson_5", ...twoOfThree },
    { rule: "nelson_6", ...fourOfFive },
    {
      rule: "nelson_7",
      length: 15,
      holds: (z) => z.every((value) => Math.abs(value) <= 1),
      label: { ko: "연속 15점이 1시그마 안", en: "fifteen points in a row within 1 sigma" },
    },
    {
      rule: "nelson_8",
      length: 8,
      holds: (z) => z.every((value) => Math.abs(value) > 1) && !sameSide(z),
      label: {
        ko: "연속 8점이 1시그마 밖에서 양쪽으로 흩어짐",
        en: "eight points in a row beyond 1 sigma on both sides",
      },
    },
  ],
  western_electric: [
    { rule: "western_electric_1", ...beyondThree },
    { rule: "western_electric_2", ...twoOfThree },
    { rule: "western_electric_3", ...fourOfFive },
    {
      rule: "western_electric_4",
      length: 8,
      holds: sameSide,
      label: { ko: "연속 8점이 중심선의 같은 쪽", en: "eight points in a row on one side of the centre" },
    },
  ],
};

const signalLabels: Record<Exclude<SignalName, RuleName>, Record<Language, string>> = {
  ewma_limits: { ko: "지수가중이동평균이 관리한계 밖", en: "the weighted average is beyond its limits" },
  cusum_upper: { ko: "위쪽 누적합이 결정구간 h를 넘음", en: "the upper sum has passed the decision interval h" },
  cusum_lower: { ko: "아래쪽 누적합이 결정구간 h를 넘음", en: "the lower sum has passed the decision interval h" },
};

export const ruleLabels = {
  ...Object.fromEntries(Object.values(tests).flatMap((set) => set.map(({ rule, label }) => [rule, label]))),
  ...signalLabels,
} as Record<SignalName, Record<Language, string>>;

/** Every rule of a set; `first`: only so many, as tests 5 to 8 suppose the symmetry of a normal distribution. */
export function rulesOf(set: RuleSet, first = Infinity): RuleName[] {
  return tests[set].map(({ rule }) => rule).slice(0, first);
}

/**
 * The rules that a chart's judged points break, with where. Distances are in thirds of the limits' width, which are
 * sigmas at width 3; points that are left out are passed over. Nothing where the standard error is 0.
 */
export function findViolations(plot: Plot, use: PointUse[], width: number, rules: RuleName[]): Violation[] {
  const places: number[] = [];
  // Equal means differ in their last bits, which must not make a trend or a side; so both are rounded to 1e-9 sigma.
  const rounded = (value: number) => Math.round(value * 1e9) / 1e9;
  const scale = plot.standardErrors.find((error) => error > 0) ?? 1;
  const plotted: number[] = [];
  const distances: number[] = [];
  for (const [index, point] of plot.points.entries()) {
    const error = plot.standardErrors[index] ?? 0;
    if (point === null || use[index] === "left_out" || !(error > 0)) continue;
    places.push(index);
    plotted.push(rounded(point / scale));
    distances.push(rounded((point - (plot.center[index] ?? 0)) / ((error * width) / 3)));
  }
  const wanted = new Set(rules);
  return [...tests.nelson, ...tests.western_electric].flatMap(({ rule, length, holds }) => {
    if (!wanted.has(rule)) return [];
    const indexes: number[] = [];
    for (let last = length - 1; last < distances.length; last++)
      if (holds(window(distances, last, length), window(plotted, last, length))) indexes.push(places[last] ?? last);
    return indexes.length > 0 ? [{ rule, indexes }] : [];
  });
}

function window(all: number[], last: number, length: number): number[] {
  return all.slice(last - length + 1, last + 1);
}
