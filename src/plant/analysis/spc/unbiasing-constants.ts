import { SunbaeError } from "../../core/errors.ts";

// Range of n values of a normal distribution with sigma 1: d2 its mean, d3 its standard deviation. d2 has the three
// decimals of the published tables (AIAG SPC 2nd ed., appendix E; Montgomery, appendix VI), so that limits agree with
// other programs; d3 is integrated to four.
const d2 = [
  1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.97, 3.078, 3.173, 3.258, 3.336, 3.407, 3.472, 3.532, 3.588, 3.64,
  3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
];
const d3 = [
  0.8525, 0.8884, 0.8798, 0.8641, 0.848, 0.8332, 0.8198, 0.8078, 0.7971, 0.7873, 0.7785, 0.7704, 0.763, 0.7562, 0.7499,
  0.7441, 0.7386, 0.7335, 0.7287, 0.7242, 0.7199, 0.7159, 0.7121, 0.7084,
];

export const largestSubgroup = d2.length + 1;

/** d2, D3 and D4 of a subgroup size of 2 to 25; D3 = max(0, 1 − 3·d3/d2), D4 = 1 + 3·d3/d2. */
export function rangeConstants(size: number): { d2: number; D3: number; D4: number } {
  const [mean, deviation] = [d2[size - 2], d3[size - 2]];
  if (mean === undefined || deviation === undefined)
    throw new SunbaeError("invalid_input", `A range chart needs subgroups of 2 to ${largestSubgroup}, not ${size}.`, {
      fix: "Form smaller subgroups, or chart the values singly.",
    });
  const spread = (3 * deviation) / mean;
  return { d2: mean, D3: Math.max(0, 1 - spread), D4: 1 + spread };
}
