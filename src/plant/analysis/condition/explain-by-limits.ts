// Documented limits of a machine, declared as data: which readings, put together how, beyond which value mean which
// cause. Held by a site file or a machine's knowledge; nothing here knows any machine.

/**
 * A quantity over readings: a tag's name, a number, or an operation on quantities. power: torque (N·m) times angular
 * speed of a speed in 1/min, in W.
 */
export type Quantity =
  | string
  | number
  | { sum: Quantity[] }
  | { product: Quantity[] }
  | { difference: [Quantity, Quantity] }
  | { ratio: [Quantity, Quantity] }
  | { absolute: Quantity }
  | { power: { torque: Quantity; speed: Quantity } };

/** A limit, the same for all or one for each variant ("L": 11000, "M": 12000). */
export type Limit = number | Record<string, number>;
/** Holds where the quantity is beyond the limit; `above` and `below` together: outside of the band. */
export type LimitCondition = { quantity: Quantity; above?: Limit; below?: Limit; unit?: string };
/** A cause whose conditions hold all together; conditions are strict: a value on the limit is within it. */
export type MachineRule = { cause: string; when: LimitCondition[] };

export type ConditionResult = {
  value: number;
  unit: string | null;
  /** The limit that was passed, and the side; null where the value is within. */
  passed: { limit: number; side: "above" | "below" } | null;
};
export type Explanation = {
  cause: string;
  /** unknown: a reading or the variant's limit is missing. */
  holds: boolean | "unknown";
  conditions: ConditionResult[];
  missing: string[];
};

/**
 * What each rule says of one set of readings. `variant` selects a limit of its own (a product type, a tool). A reading
 * that is missing or not a number makes a rule unknown unless another of its conditions already fails. Plain doubles are
 * compared: a value that is the limit but for rounding (310.9 − 302.3 against 8.6) may fall on either side. Never throws.
 */
export function explainByLimits(
  readings: Readonly<Record<string, number | null | undefined>>,
  rules: readonly MachineRule[],
  variant: string | null = null,
): Explanation[] {
  return rules.map(({ cause, when }) => {
    const missing = new Set<string>();
    const conditions = when.map((condition) => check(condition, readings, variant, missing));
    const known = conditions.filter((one) => one !== null);
    const fails = known.some((one) => one.passed === null);
    const holds = fails ? false : when.length === 0 || known.length < when.length ? "unknown" : true;
    return { cause, holds, conditions: known, missing: [...missing] };
  });
}

function check(
  { quantity, above, below, unit }: LimitCondition,
  readings: Readonly<Record<string, number | null | undefined>>,
  variant: string | null,
  missing: Set<string>,
): ConditionResult | null {
  const value = measure(quantity, readings, missing);
  const [high, low] = [limitOf(above, variant, missing), limitOf(below, variant, missing)];
  if (!Number.isFinite(value) || high === null || low === null) return null;
  const passed =
    high !== undefined && value > high
      ? ({ limit: high, side: "above" } as const)
      : low !== undefined && value < low
        ? ({ limit: low, side: "below" } as const)
        : null;
  return { value, unit: unit ?? null, passed };
}

/** Undefined where none is given; null where the variant has none. */
function limitOf(limit: Limit | undefined, variant: string | null, missing: Set<string>): number | null | undefined {
  if (limit === undefined || typeof limit === "number") return limit;
  const own = variant !== null && Object.hasOwn(limit, variant) ? limit[variant] : undefined;
  if (own === undefined) missing.add(variant === null ? "variant" : `limit of ${variant}`);
  return own ?? null;
}

function measure(
  quantity: Quantity,
  readings: Readonly<Record<string, number | null | undefined>>,
  missing: Set<string>,
): number {
  const of = (part: Quantity): number => measure(part, readings, missing);
  if (typeof quantity === "number") return quantity;
  if (typeof quantity === "string") {
    const value = Object.hasOwn(readings, quantity) ? readings[quantity] : undefined;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    missing.add(quantity);
    return NaN;
  }
  if ("sum" in quantity) return quantity.sum.reduce<number>((total, part) => total + of(part), 0);
  if ("product" in quantity) return quantity.product.reduce<number>((total, part) => total * of(part), 1);
  if ("difference" in quantity) return of(quantity.difference[0]) - of(quantity.difference[1]);
  if ("ratio" in quantity) return of(quantity.ratio[0]) / of(quantity.ratio[1]);
  if ("absolute" in quantity) return Math.abs(of(quantity.absolute));
  return of(quantity.power.torque) * ((of(quantity.power.speed) * 2 * Math.PI) / 60);
}
