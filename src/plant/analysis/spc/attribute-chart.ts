import { SunbaeError } from "../../../core/errors.ts";
import {
  chartWarnings,
  pick,
  plotWithin,
  requirePoints,
  type ChartOptions,
  type ControlChart,
} from "./control-chart.ts";
import { findViolations } from "./control-rules.ts";

export type AttributeKind = "p" | "np" | "c" | "u";
/** `count` of defective units (p, np) or of defects (c, u) in `size` inspected units. */
export type AttributeSample = { count: number; size: number };

/**
 * p: share of defective units, p̄ = ΣD/Σn, limits p̄ ± width·√(p̄(1−p̄)/n). np: their number, centre n·p̄, limits
 * n·p̄ ± width·√(n·p̄(1−p̄)). c: defects in samples of one size, c̄ ± width·√c̄. u: defects per unit, ū = Σc/Σn, limits
 * ū ± width·√(ū/n). Sizes may differ on p, np and u, and the limits with them. Limits stay between 0 and what is possible.
 * A given centre is p, or u, or c. Source: AIAG SPC 2nd ed., chapter III; Montgomery 7.2, 7.3; NIST e-Handbook 6.3.3.
 * Throws `invalid_input` for negative counts, sizes not above 0, more defectives than units (p, np), sizes that differ (c).
 */
export function attributeChart(samples: AttributeSample[], kind: AttributeKind, options: ChartOptions): ControlChart {
  const { use, width } = options;
  requirePoints(
    samples.flatMap(({ count, size }) => [count, size]),
    use,
    2,
  );
  refuse(samples, kind);
  const base = pick(samples, use, (one) => one === "limits");
  const total = (of: (sample: AttributeSample) => number) => base.reduce((sum, sample) => sum + of(sample), 0);
  const counts = total(({ count }) => count);
  const sizes = samples.map(({ size }) => size);
  const rate = options.center ?? (kind === "c" ? counts / base.length : counts / total(({ size }) => size));
  const plots = {
    p: () => ({
      points: samples.map(({ count, size }) => count / size),
      center: sizes.map(() => rate),
      standardErrors: sizes.map((size) => Math.sqrt((rate * (1 - rate)) / size)),
      most: () => 1,
    }),
    np: () => ({
      points: samples.map(({ count }) => count),
      center: sizes.map((size) => size * rate),
      standardErrors: sizes.map((size) => Math.sqrt(size * rate * (1 - rate))),
      most: (index: number) => sizes[index] ?? Infinity,
    }),
    c: () => ({
      points: samples.map(({ count }) => count),
      center: sizes.map(() => rate),
      standardErrors: sizes.map(() => Math.sqrt(rate)),
      most: () => Infinity,
    }),
    u: () => ({
      points: samples.map(({ count, size }) => count / size),
      center: sizes.map(() => rate),
      standardErrors: sizes.map((size) => Math.sqrt(rate / size)),
      most: () => Infinity,
    }),
  }[kind]();
  const { points, center, standardErrors } = plots;
  const main = plotWithin(kind, points, { center, standardErrors, width, use }, [0, plots.most]);
  const violations = findViolations(main, use, width, options.rules);
  return {
    kind,
    use,
    sizes,
    center: rate,
    sigma: kind === "u" ? sizes.map(() => Math.sqrt(rate)) : standardErrors,
    main,
    spread: null,
    violations,
    inControl: violations.length === 0,
    warnings: chartWarnings(use, standardErrors),
  };
}

function refuse(samples: AttributeSample[], kind: AttributeKind): void {
  const share = kind === "p" || kind === "np";
  if (samples.some(({ count, size }) => count < 0 || size <= 0))
    throw new SunbaeError("invalid_input", "Counts can't be negative, and every sample needs inspected units.", {
      fix: "Correct defects and sample_size in the records.",
    });
  if (share && samples.some(({ count, size }) => count > size))
    throw new SunbaeError(
      "invalid_input",
      "There are more defects than inspected units: these are no defective units.",
      {
        fix: "Use a u or c chart, which counts defects.",
      },
    );
  if (kind === "c" && new Set(samples.map(({ size }) => size)).size > 1)
    throw new SunbaeError("invalid_input", "A c chart needs samples of one size.", { fix: "Use a u chart." });
}
