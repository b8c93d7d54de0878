import { SunbaeError } from "../../../core/errors.ts";
import { chiSquareQuantile, normalCdf, normalQuantile } from "../distributions/distributions.ts";
import { mean, standardDeviation } from "../mean.ts";

export type CapabilityIndex = "cp" | "cpk" | "cpm" | "pp" | "ppk" | "ppm";
export type Specification = { lsl: number | null; usl: number | null; target: number | null };

export type Capability = {
  n: number;
  mean: number;
  /** A control chart's sigma: what the process can do. */
  sigmaWithin: number;
  /** Sample standard deviation of all values: what the customer gets. */
  sigmaOverall: number;
  /** The one given, else the middle of two limits; null where there is neither, and then no Cpm. */
  target: number | null;
  targetGiven: boolean;
  /** Null where the index needs a limit that is not given, or where the sigma is 0. Ppm is Cpm with sigma overall. */
  cp: number | null;
  cpk: number | null;
  cpm: number | null;
  pp: number | null;
  ppk: number | null;
  ppm: number | null;
  /** (mean − LSL)/3σ and (USL − mean)/3σ with sigma within. */
  cpl: number | null;
  cpu: number | null;
  /** Two-sided 95 % confidence intervals. */
  intervals: Record<CapabilityIndex, [low: number, high: number] | null>;
  /** Share of values outside the limits, and the share that a normal distribution with sigma within would have there. */
  outside: { observed: number; expected: number | null };
  warnings: CapabilityWarning[];
};
/** few_values: AIAG asks for 100 or more. not_in_control: indices of an unstable process foretell nothing. */
export type CapabilityWarning =
  | { code: "few_values"; have: number; want: number }
  | { code: "not_in_control" }
  | { code: "no_variation" };

const wantedValues = 100;
const alpha = 0.05;

/**
 * Cp = (USL − LSL)/6σ, Cpk = min(USL − x̄, x̄ − LSL)/3σ with σ within; Pp, Ppk the same with s overall;
 * Cpm = Cp/√(1 + ((x̄ − T)/σ)²). Intervals from n − 1 degrees: Cp·√(χ²(α/2)/ν) … Cp·√(χ²(1−α/2)/ν); Cpm the same
 * with ν = n(1+δ²)²/(1+2δ²), δ = (x̄−T)/σ (qcc 3.0 leaves the square away, so that its interval is wider off target);
 * Cpk ± z·√(1/(9n) + Cpk²/(2(n−1))). With σ from ranges the degrees are somewhat fewer, the interval wider.
 * Sources: AIAG SPC 2nd ed., chapter IV; Montgomery 8.3; Chou, Owen & Borrego, JQT 22 (1990); Bissell, Applied
 * Statistics 39 (1990); Chan, Cheng & Spiring, JQT 20 (1988); Boyles, JQT 23 (1991).
 * Throws `invalid_input` without a limit, with LSL ≥ USL, or below two values.
 */
export function capability(
  values: number[],
  { lsl, usl, target: wanted }: Specification,
  { sigmaWithin, inControl }: { sigmaWithin: number; inControl: boolean },
): Capability {
  const sigmaOverall = standardDeviation(values);
  if (sigmaOverall === null || !Number.isFinite(sigmaOverall))
    throw new SunbaeError("invalid_input", "Capability needs at least two numbers.", { fix: "Take a longer period." });
  if ((lsl === null && usl === null) || (lsl !== null && usl !== null && lsl >= usl))
    throw new SunbaeError("invalid_input", "Capability needs a specification: LSL below USL, or one of them.", {
      fix: "Give the characteristic's limits.",
    });
  const n = values.length;
  const center = mean(values);
  const target = wanted ?? (lsl !== null && usl !== null ? (lsl + usl) / 2 : null);
  const within = family(sigmaWithin);
  const overall = family(sigmaOverall);
  const warnings: CapabilityWarning[] = [];
  if (n < wantedValues) warnings.push({ code: "few_values", have: n, want: wantedValues });
  if (!inControl) warnings.push({ code: "not_in_control" });
  if (sigmaWithin === 0 || sigmaOverall === 0) warnings.push({ code: "no_variation" });
  return {
    n,
    mean: center,
    sigmaWithin,
    sigmaOverall,
    target,
    targetGiven: wanted !== null,
    cp: within.c,
    cpk: within.ck,
    cpm: within.cm,
    pp: overall.c,
    ppk: overall.ck,
    ppm: overall.cm,
    cpl: within.low,
    cpu: within.high,
    intervals: {
      cp: chiSquareInterval(within.c, n - 1),
      cpk: bissellInterval(within.ck, n),
      cpm: chiSquareInterval(within.cm, within.degrees),
      pp: chiSquareInterval(overall.c, n - 1),
      ppk: bissellInterval(overall.ck, n),
      ppm: chiSquareInterval(overall.cm, overall.degrees),
    },
    outside: {
      observed: values.filter((value) => value < (lsl ?? -Infinity) || value > (usl ?? Infinity)).length / n,
      expected: sigmaWithin === 0 ? null : expectedOutside(),
    },
    warnings,
  };

  function family(sigma: number) {
    if (sigma === 0) return { c: null, low: null, high: null, ck: null, cm: null, degrees: n };
    const c = lsl === null || usl === null ? null : (usl - lsl) / (6 * sigma);
    const low = lsl === null ? null : (center - lsl) / (3 * sigma);
    const high = usl === null ? null : (usl - center) / (3 * sigma);
    const ck = Math.min(low ?? Infinity, high ?? Infinity);
    const square = target === null ? 0 : ((center - target) / sigma) ** 2;
    const cm = c === null || target === null ? null : c / Math.sqrt(1 + square);
    return { c, low, high, ck, cm, degrees: (n * (1 + square) ** 2) / (1 + 2 * square) };
  }

  function expectedOutside(): number {
    const tail = (distance: number | null) => (distance === null ? 0 : normalCdf(-3 * distance));
    return tail(within.low) + tail(within.high);
  }
}

function chiSquareInterval(index: number | null, degrees: number): [number, number] | null {
  if (index === null) return null;
  const at = (share: number) => index * Math.sqrt(chiSquareQuantile(share, degrees) / degrees);
  return [at(alpha / 2), at(1 - alpha / 2)];
}

function bissellInterval(index: number | null, n: number): [number, number] | null {
  if (index === null) return null;
  const half = normalQuantile(1 - alpha / 2) * Math.sqrt(1 / (9 * n) + index ** 2 / (2 * (n - 1)));
  return [index - half, index + half];
}
