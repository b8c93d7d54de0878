import type { Language } from "../../../core/context.ts";

// Doubt: a reason not to trust what a sensor says, whatever the machine does. It never changes a value; it is told
// beside it.

/**
 * late: the newest value is old for this tag. future: it is later than now. not_a_number: NaN or infinite values.
 * stuck: the very same value for far longer than ever before. flat: it hardly moves any more though it used to. spiky:
 * single values far off both neighbours. out_of_range: far beyond every limit the tag has. unit_jump: level and scatter
 * changed by the factor of another unit.
 */
export type DoubtKind = "late" | "future" | "not_a_number" | "stuck" | "flat" | "spiky" | "out_of_range" | "unit_jump";

export type Doubt = {
  kind: DoubtKind;
  /** grave: the value can't be used. some: it can, with this said beside it. */
  weight: "grave" | "some";
  /** Since when, where that can be told. */
  since: Date | null;
  /** One clause for a person, without the sensor's name and without a full stop. */
  reason: Record<Language, string>;
};

export type DoubtPoint = { at: Date; value: number };
export type DoubtLimits = Partial<Record<"normalLow" | "normalHigh" | "alarmLow" | "alarmHigh", number | null>>;
