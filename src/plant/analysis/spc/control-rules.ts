import type { Language } from "../../core/context.ts";

// Tests for special causes on a control chart. Sources: L. S. Nelson, "The Shewhart control chart: tests for special
// causes", Journal of Quality Technology 16 (1984) 237–239; Western Electric, "Statistical Quality Control Handbook"
// (1956) 25–28. A point on the centre line is on neither side.

export type RuleSet = "nelson" | "western_electric";
export type RuleName = `nelson_${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}` | `western_electric_${1 | 2 | 3 | 4}`;
/** `indexes` count from 0 and name the last point of each place where the pattern is complete. */
export type Violation = { rule: RuleName; indexes: number[] };

/** `length`: the points looked at together; `least`: how many of them there must be, all unless told. */
type Test = {
  rule: RuleName;
  length: number;
  least?: number;
  holds: (z: number[]) => boolean;
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
  least: 2,
  holds: beyond(2, 2),
  label: { ko: "연속 3점 중 2점이 같은 쪽 2시그마 밖", en: "two of three points beyond 2 sigma on one side" },
};
const fourOfFive: Omit<Test, "rule"> = {
  length: 5,
  least: 4,
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
      holds: (z) => rising(z) || rising(z.map((value) => -value)),
      label: { ko: "연속 6점이 계속 증가 또는 감소", en: "six points in a row rising or falling" },
    },
    {
      rule: "nelson_4",
      length: 14,
      holds: alternating,
      label: { ko: "연속 14점이 번갈아 오르내림", en: "fourteen points in a row alternating up and down" },
    },
    { rule: "nelson_5", ...twoOfThree },
    { rule: "nelson_6", ...fourOfFive },
    {
      rule: "nelson_7",
      length: 15,
      holds: (z) => z.every((value) => Math.abs(value) < 1),
      label: { ko: "연속 15점이 1시그마 안", en: "fifteen points in a row within 1 sigma" },
    },
    {
      rule: "nelson_8",
      length: 8,
      holds: (z) => z.every((value) => Math.abs(value) > 1),
      label: { ko: "연속 8점이 1시그마 밖(양쪽)", en: "eight points in a row beyond 1 sigma on either side" },
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

export const ruleLabels = Object.fromEntries(
  Object.values(tests).flatMap((set) => set.map(({ rule, label }) => [rule, label])),
) as Record<RuleName, Record<Language, string>>;

/** The rules that the points break, with where; `sigma` is that of the plotted points. None where sigma is 0. */
export function findViolations(
  points: number[],
  { center, sigma }: { center: number; sigma: number },
  set: RuleSet = "nelson",
): Violation[] {
  if (!(sigma > 0)) return [];
  const z = points.map((point) => (point - center) / sigma);
  return tests[set].flatMap(({ rule, length, least, holds }) => {
    const indexes: number[] = [];
    for (let last = (least ?? length) - 1; last < z.length; last++)
      if (holds(z.slice(Math.max(0, last - length + 1), last + 1))) indexes.push(last);
    return indexes.length > 0 ? [{ rule, indexes }] : [];
  });
}
