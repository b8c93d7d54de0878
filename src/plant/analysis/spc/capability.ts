import { SunbaeError } from "../../core/errors.ts";
import { mean, standardDeviation } from "./mean.ts";

export type Capability = {
  n: number;
  mean: number;
  /** From ranges within subgroups: what the process can do. */
  sigmaWithin: number;
  /** Sample standard deviation of all values: what the customer gets. */
  sigmaOverall: number;
  /** Null where the index needs a limit that is not given, or where the sigma is 0. */
  cp: number | null;
  cpk: number | null;
  pp: number | null;
  ppk: number | null;
  warnings: CapabilityWarning[];
};
/** few_values: AIAG asks for 100 or more. not_in_control: indices of an unstable process foretell nothing. */
export type CapabilityWarning =
  | { code: "few_values"; have: number; want: number }
  | { code: "not_in_control" }
  | { code: "no_variation" };

const wantedValues = 100;

function potential(lsl: number | null, usl: number | null, sigma: number): number | null {
  return lsl === null || usl === null || sigma === 0 ? null : (usl - lsl) / (6 * sigma);
}

function actual(lsl: number | null, usl: number | null, center: number, sigma: number): number | null {
  if (sigma === 0) return null;
  const sides = [...(usl === null ? [] : [usl - center]), ...(lsl === null ? [] : [center - lsl])];
  return Math.min(...sides) / (3 * sigma);
}

/**
 * Cp = (USL − LSL)/6σ, Cpk = min(USL − x̄, x̄ − LSL)/3σ with σ within subgroups; Pp and Ppk the same with σ overall.
 * `sigmaWithin` and `inControl` are a control chart's. Source: AIAG SPC 2nd ed., chapter IV.
 * Throws `invalid_input` without a limit, with LSL ≥ USL, or below two values.
 */
export function capability(
  values: number[],
  { lsl, usl }: { lsl: number | null; usl: number | null },
  { sigmaWithin, inControl }: { sigmaWithin: number; inControl: boolean },
): Capability {
  const sigmaOverall = standardDeviation(values);
  if (sigmaOverall === null || !Number.isFinite(sigmaOverall))
    throw new SunbaeError("invalid_input", "Capability needs at least two numbers.", { fix: "Take a longer period." });
  if ((lsl === null && usl === null) || (lsl !== null && usl !== null && lsl >= usl))
    throw new SunbaeError("invalid_input", "Capability needs a specification: LSL below USL, or one of them.", {
      fix: "Give the characteristic's limits.",
    });
  const center = mean(values);
  const warnings: CapabilityWarning[] = [];
  if (values.length < wantedValues) warnings.push({ code: "few_values", have: values.length, want: wantedValues });
  if (!inControl) warnings.push({ code: "not_in_control" });
  if (sigmaWithin === 0 || sigmaOverall === 0) warnings.push({ code: "no_variation" });
  return {
    n: values.length,
    mean: center,
    sigmaWithin,
    sigmaOverall,
    cp: potential(lsl, usl, sigmaWithin),
    cpk: actual(lsl, usl, center, sigmaWithin),
    pp: potential(lsl, usl, sigmaOverall),
    ppk: actual(lsl, usl, center, sigmaOverall),
    warnings,
  };
}
